"""What an enterprise is founded with: its scale, its capital, its pay, and its rules on surplus.

A way of buying that founds enterprises writes a charter; the model pays the capital in and keeps
the rules. Capital stack and surplus rules after the Evergreen Cooperatives of Cleveland and after
Mondragon; a council's own power to found a company is Localism Act 2011 s. 1 and s. 4.
"""

from typing import NamedTuple

import numpy as np

from simulation.procurement.assembly import PLAIN, Life
from simulation.procurement.council_assets import Assets

NOTHING = Assets()


class Stack(NamedTuple):
    """Where the opening capital comes from, in this order.

    Attributes
    ----------
    months : float
        Capital wanted, in months of full sales.
    equipment : float
        Part of it that is spent at once, along the enterprise's own supply links.
    fund : float
        Part that the fund of earlier enterprises pays, as far as it reaches.
    partner : float
        Part of the rest that a private partner pays for its shares.
    equity : float
        Part of the rest that the council pays for its shares.
    grant : float
        Part of the rest that the council gives.
    grant_limit_pence : int
        What it may give without a subsidy scheme; the council lends what is above.
    loan : float
        Part of the rest that the council lends. A bank lends what is left.
    loan_rate : float
        Interest on the council's loan a year.
    loan_months : float
        Months over which it is repaid.
    assets : Assets
        What the council passes on of its own, beside the money.
    """

    months: float
    equipment: float
    fund: float
    partner: float
    equity: float
    grant: float
    grant_limit_pence: int
    loan: float
    loan_rate: float
    loan_months: float
    assets: Assets = NOTHING


class Sources(NamedTuple):
    """What each source is asked for [pence]; `bank` completes the whole."""

    fund: int
    partner: int
    equity: int
    grant: int
    loan: int

    @property
    def total(self) -> int:
        """What is asked before the bank."""
        return sum(self)


def sources_of(stack: Stack, whole_pence: int, fund_pence: int) -> Sources:
    """Lay out a capital stack.

    Parameters
    ----------
    stack : Stack
    whole_pence : int
        Capital wanted.
    fund_pence : int
        What the fund of earlier enterprises holds.

    Returns
    -------
    Sources
        No more than the whole in sum, each rounded down to the penny.
    """
    fund = min(int(whole_pence * stack.fund), fund_pence)
    rest = whole_pence - fund
    partner, equity = int(rest * stack.partner), int(rest * stack.equity)
    given, lent = int(rest * stack.grant), int(rest * stack.loan)
    grant = min(given, stack.grant_limit_pence, rest - partner - equity)
    loan = min(lent + given - grant, rest - partner - equity - grant)
    return Sources(fund, partner, equity, grant, loan)


class Split(NamedTuple):
    """Parts of a pound of surplus; what is not named stays with the enterprise as its reserve.

    `individual` is credited to members' accounts, a debt payable when they leave; `fund` founds the
    next enterprise; `council` and `partner` are dividends; `workers` is paid out at once.
    """

    individual: float = 0.0
    social: float = 0.0
    fund: float = 0.0
    council: float = 0.0
    partner: float = 0.0
    workers: float = 0.0


class Charter(NamedTuple):
    """The founding document of an enterprise.

    Attributes
    ----------
    share : float
        Part of the buyer's need in the category that it is built to serve.
    least_jobs : float
        Jobs at full size below which it is not founded.
    ramp_months : float
        Months until it has its full capacity.
    founding_hours : float
        Hours of the buyer's staff.
    stack : Stack
    split : Split
    pay : float
        Pay over that of a like firm (1.0 the same).
    quality : float
        Quality over that of a like firm.
    stake_months : float
        Months of pay that a member puts in.
    buy_in : float
        Part of pay that is kept back for it each month.
    redeployment : float
        Part of the staff it would lay off whom a sister enterprise with vacancies takes on.
    buy_out_months : float
        Month after founding in which the council buys the partner out; 0 never.
    asset_lock : bool
        Whether what is left when it is wound up goes to the fund, and not to owners.
    again : bool
        Whether another is founded where one has closed.
    owned : float
        Part that belongs to those who hold shares; the rest belongs to the members together.
    life : Life
        Who the members are, how they vote, and what they aim at.
    """

    share: float
    least_jobs: float
    ramp_months: float
    founding_hours: float
    stack: Stack
    split: Split
    pay: float = 1.0
    quality: float = 1.0
    stake_months: float = 0.0
    buy_in: float = 0.0
    redeployment: float = 0.0
    buy_out_months: float = 0.0
    asset_lock: bool = True
    again: bool = False
    owned: float = 1.0
    life: Life = PLAIN


def ramp(age_months: int, ramp_months: float) -> float:
    """Return the part of its full capacity that an enterprise has at an age."""
    return min((age_months + 1.0) / max(ramp_months, 1.0), 1.0)


def taper(age_months: int, held_months: float, taper_months: float) -> float:
    """Return the part of the guarantee that is left: whole at first, then less month by month."""
    late = age_months - held_months
    if late < 0.0:
        return 1.0
    return float(np.clip(1.0 - (late + 1.0) / max(taper_months, 1.0), 0.0, 1.0))


def capped_pay(cap: float, usual: float, managers: float, effect: float) -> tuple[float, float]:
    """Return what a cap on the highest pay saves and costs, as factors of pay and of quality.

    Parameters
    ----------
    cap, usual : float
        Highest over lowest pay, allowed and usual. A cap at or above the usual does nothing.
    managers : float
        Managers' share of the payroll.
    effect : float
        Quality lost where managers are paid nothing above the others [share].
    """
    cut = 1.0 - min(cap / max(usual, 1e-9), 1.0)
    return 1.0 - managers * cut, 1.0 - effect * cut
