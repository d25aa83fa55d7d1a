"""The months of a whole place once more, slowly: plain whole numbers, one payment at a time.

The model decides; the twin pays. It is told what was decided (who serves whom for how much, who
works where for what pay, what a firm expects to sell, who closes and who opens) and works out every
payment that follows, act by act, on accounts of its own that are never read again once they are
opened.

Covered, to the penny and payment by payment:

- public income: grants, benefits with their taper, pensions, council tax, business rates;
- delivery: capital of founded enterprises, redundancy and the payroll of services in house,
  invoices on their way, what a buyer that is short can pay, remedies, and what ways of buying ask
  to be paid, in order and cut to what the payer has;
- trade: sales outside, overdrafts, inputs along the supply links, rent of premises, VAT, interest;
- wages: pay as far as an employer has money, tax by bands, employer's insurance, pensions;
- surplus: loans repaid, corporation tax after losses, cash of branches, owners, members, the social
  fund and the reserve; enterprises' stakes, leavers, loans, buy-outs and division by charter;
- households: rent and mortgages, shopping, savings;
- adjustment: what closing firms and enterprises pay back, write off and leave, what opening firms
  borrow;
- the dye of every payment, by account and tag; from it and the purchases the traced multiplier, its
  rounds, retention, idle dye, local share and concentration, in exact fractions.

Not covered: what the other pillars pay (levers, community lender, credit union, succession),
enterprises that members vote in or sell, whose patrons share, or that have premises of their
council's, the secondary co-operative, gifts that a court takes back, shocks, and savings that are
given back by council tax. How much a way of buying asks (cost of checking, fees,
contributions, remedies) is told, not worked out.
"""
