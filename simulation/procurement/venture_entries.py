"""The numbers and the legal routes of joint ventures, each with its range and source."""

from functools import partial
from typing import Final

from simulation.procurement.enterprise_entries import enterprise_entries
from simulation.procurement.entries import entry
from simulation.procurement.routes import competent

NAME: Final = "joint_venture"

VENTURE_ROUTES: Final = competent(
    ", and a company (of a council: s. 4, commercial purpose)",
    since=(2012, 3),
    contested=True,
    note="Work given to a company with private shares is a public contract; it is contested "
    "unless the partner was chosen in a competition for it (no exemption for controlled "
    "persons where private capital takes part: Public Contracts Regulations 2015, reg. 12; "
    "Procurement Act 2023, Sch. 2).",
)


_own = partial(entry, NAME, fixed=True, source="No UK figure found; a lever")

VENTURE_ENTRIES: Final = (
    *enterprise_entries(NAME),
    _own("equity_part", 0.6, 0.1, 1.0, "share of capital",
         "Part of the money to begin with that the owners pay for shares."),
    _own("council_shares", 0.5, 0.0, 0.99, "share",
         "The council's part of the shares, and of the profit that is paid out."),
    _own("loan_share", 0.2, 0.0, 1.0, "share of capital",
         "Part of the money to begin with that the council lends; a bank lends what is left.",
         null=0.0),
    _own("payout", 0.7, 0.0, 1.0, "share of surplus",
         "Part that is paid out to the owners; the rest is kept.", null=0.0),
    _own("control", 0.5, 0.0, 1.0, "share",
         "How far the council decides on the profit (the margin); the partner decides on the rest.",
         null=1.0),
    _own("partner_margin", 0.12, 0.0, 0.4, "share of cost",
         "Profit that the partner would set (its margin); the council would set `margin`."),
    _own("buy_out_months", 60.0, 0.0, 240.0, "months",
         "Month from the start in which the council buys out its partner; 0 means never.",
         null=0.0),
)  # fmt: skip
