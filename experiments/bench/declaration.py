"""The reference month, so told that a stranger can write it anew and come to the same penny.

**Rows.** F firms, A councils (one an area), the government, outside, the bank, the pension fund,
then H = 10 F homes. The area of firm f is f A // F, of home h is h A // H. Money is whole pence.
The government and outside may go below zero, nobody else. The fund takes no part.

**Classes.** Firms of area a are class a; councils are class A; government, outside, bank and fund
A + 1 to A + 4; homes A + 5.

**Shares.** A budget B goes along the links of its payer, whose cumulative shares c in 65,536ths
rise to 65,536 at the last: link e gets floor(B c_e / 65536) - floor(B c_(e-1) / 65536). A payment
of 0 pence is no payment. A share s of an amount is floor(amount s / 65536).

**Phases.** In each act everybody decides on the money held as the act opens, and has what it
receives once the act closes. The order of payers therefore cannot matter. M is what the payer in
hand holds.

1. *grants* (GRANT): the government pays each council its `grant`.
2. *contracts* (PURCHASE): each council pays all that it holds along its links.
3. *inputs* (INTERMEDIATE): each firm pays the share `INPUTS` of what it holds along its links.
4. *wages* (WAGES, PAYE): home h has one worker, with monthly pay `wage[h]` from `employer[h]`. Of
   its payroll D, the sum of the pay of its workers, a firm can pay the share
   r = min(floor(65536 M / max(D, 1)), 65536); each worker's gross pay is the share r of `wage`.
   Tax is banded: b the highest band whose floor the gross pay has reached, it is `below[b]` plus
   the share `rates[b]` of what lies above `floors[b]`. The home gets gross less tax, the
   government the tax. Nobody changes work or pay, so a form may add payrolls up once.
5. *corporation tax* (CORPORATION_TAX): a firm keeps one payroll D in hand; of the surplus
   max(M - D, 0) it pays the government the share `PROFIT_TAX`.
6. *dividends* (DIVIDEND): of the surplus max(M - D, 0) that is then left a firm pays home
   `owner[f]` the share `PAID_OUT`.
7. *council tax* (COUNCIL_TAX): home h pays the council of its area min(`council_tax[h]`, M).
8. *shopping* (CONSUMPTION): the income I of a home is what it has received since its last
   shopping, council tax not taken off; it means to spend trunc(max(I - `council_tax`, 0)
   `propensity`), the product in IEEE double precision, and pays min(that, M) along its links.
9. *saving* (SAVING): a home moves max(M - `BUFFER_MONTHS` I, 0) from its account to its savings
   at the bank. The bank's own account does not change; nobody draws on savings.

Then the month is closed. Kept are all accounts and savings, and pence and number of payments by
kind, class of the payer and class of the payee. There is no benefit, no pension, no rent, no loan.

**Links.** Each firm has 5 suppliers and each home 4 shops; each council buys from every second
firm of the country that falls to it in turn, F / 2 links in all. Supplier, shop and employer are
drawn from the buyer's own area with chance 0.75, else from the country, with chances as the firms'
sizes; a shop is outside with chance 0.3. An owner lives in the firm's own area with chance 0.75,
else anywhere. How wages, taxes and opening balances are drawn is said in `world.build_world`.
"""

import numpy as np

from simulation.kernels.labour import Law

SEED = 20261127
SUPPLIERS, SHOPS, HOMES_PER_FIRM, AREAS = 5, 4, 10, 100
OWN_AREA, OUTSIDE_SHOPS = 0.75, 0.3
WHOLE = 65_536
INPUTS = 22_938
"""Share of its money that a firm spends on inputs: 35 % [1/65536]."""
PROFIT_TAX, PAID_OUT = 13_107, 32_768
"""Shares of the surplus that go in tax and in dividends: 20 % and 50 % [1/65536]."""

BUFFER_MONTHS = 12.0
"""Months of income that a home keeps at hand before it puts anything aside."""

LAW = Law(
    floors=np.array([0, 67_500, 250_000], dtype=np.int64),
    rates=np.array([0, 13_107, 26_214], dtype=np.int64),
    below=np.array([0, 0, (250_000 - 67_500) * 13_107 >> 16], dtype=np.int64),
)
"""Bands of tax on a month's pay: nothing below 675 pounds, 20 % above, 40 % above 2,500 pounds."""
