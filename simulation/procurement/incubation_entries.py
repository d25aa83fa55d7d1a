"""The numbers and the legal routes of incubated co-operatives, each with its range and source."""

from functools import partial
from typing import Final

from simulation.procurement.enterprise_entries import EVERGREEN, enterprise_entries, given_and_lent
from simulation.procurement.entries import NO_FIGURE, entry
from simulation.procurement.life_entries import life_entries
from simulation.procurement.routes import (
    COUNCILS,
    GENERAL_COMPETENCE,
    NO_COUNCILS,
    OWN_POWERS,
    Route,
)

NAME: Final = "incubated_coop"
MONDRAGON: Final = "Mondragon: 45 % collective reserve, 45 % individual accounts, 10 % social"

COOP_ROUTES: Final = (
    Route(
        power=f"{GENERAL_COMPETENCE}, with a light-touch contract "
        "reserved for organisations under Public Contracts Regulations 2015, reg. 77",
        since=(2015, 3),
        until=(2025, 3),
        classes=("light_touch",),
        note="Reservation for employee-owned organisations, three years at most.",
        longest_months=36,
        buyers=COUNCILS,
    ),
    Route(
        power="Procurement Act 2023, s. 33: contract reserved for a public service mutual",
        since=(2025, 3),
        classes=("light_touch",),
        note="Light-touch services, five years at most, no comparable contract in three years.",
        longest_months=60,
        buyers=COUNCILS,
    ),
    Route(
        power=f"{GENERAL_COMPETENCE}: founding, and a direct award of the guaranteed part",
        since=(2012, 3),
        contested=True,
        note="A direct award above the threshold is contested; what is "
        "given is held to the subsidy control of the date.",
        buyers=COUNCILS,
    ),
    Route(
        power=f"{OWN_POWERS}: founding, and a direct award of the guaranteed part",
        since=(2012, 3),
        contested=True,
        note="Whether its purposes reach to founding an enterprise is contested, and so is a "
        "direct award above the threshold.",
        buyers=NO_COUNCILS,
    ),
)


_own = partial(entry, NAME, null=0.0, fixed=True, source=EVERGREEN)

COOP_ENTRIES: Final = (
    *enterprise_entries(NAME),
    *given_and_lent(NAME, EVERGREEN, "co-ops", 0.4),
    *life_entries(NAME),
    _own("wage_premium", 0.05, 0.0, 0.3, "share of pay",
        "How much more it pays than a firm of its kind.",
         source="Evergreen pays $3 to $4 above the minimum wage; others $1 to $2"),
    _own("pay_ratio", 5.0, 3.0, 20.0, "times lowest pay",
        "The highest pay that is allowed, next to the lowest.",
         null=20.0, source="Mondragon: 3:1 to 9:1, about 5:1 on average"),
    _own("usual_pay_ratio", 10.0, 4.0, 20.0, "times lowest pay",
         "The highest pay in a firm of this kind, next to the lowest.", null=None, fixed=False,
         source="No UK figure found for firms of this size"),
    _own("managers_pay", 0.1, 0.02, 0.2, "share of payroll",
         "Part of all pay that managers get above what others are paid.", fixed=False,
         source=NO_FIGURE),
    _own("manager_effect", 0.1, 0.0, 0.3, "share of quality",
         "Quality lost where managers are paid no more than others.", fixed=False,
         source=NO_FIGURE),
    _own("stake_months", 1.7, 0.5, 6.0, "months of pay",
        "What a member has to pay in (the stake).",
         source="Evergreen: $3,000, about 1.7 months of its pay"),
    _own("buy_in", 0.045, 0.0, 0.1, "share of pay",
         "Part of pay that is kept back each month until a member has paid its stake.",
         source="Evergreen: 50 cents an hour"),
    _own("individual_share", 0.4, 0.0, 0.7, "share of surplus",
         "Part that is put into members' own accounts and paid when they leave.", source=MONDRAGON),
    _own("social_share", 0.1, 0.0, 0.3, "share of surplus",
         "Part that is paid to a charity or group of the place.", source=MONDRAGON),
    _own("intercooperation", 0.1, 0.0, 0.4, "share of surplus",
         "Part that is paid into the fund which sets up the buyer's next co-op.",
         source="Mondragon: 10 % of profit (from memory, unverified)"),
    _own("demutualise", 0.0, 0.0, 1.0, "switch",
         "1: there is no lock on the assets, and members may sell to an owner elsewhere by a "
         "special vote.",
         source="Co-operative and Community Benefit Societies Act 2014 ss. 112-113"),
    _own("redeployment", 0.5, 0.0, 1.0, "share of staff",
         "Part of those whom a co-op would let go whom another one with free jobs takes on.",
         source="Mondragon: redeployment before lay-off; no rate found"),
)  # fmt: skip
