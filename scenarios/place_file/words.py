"""Sentences and defaults of the scenario file of a place, which stand in every one."""

REGIMES = (
    "lowest_price", "price_quality", "social_value", "ethical_framework", "cooperative_membership",
)  # fmt: skip
BASELINE = "price_quality"
MONTHS, REPLICATES, LUCK, TWINS = 36, 4, 1, 1
OBJECTIVES = (
    ("services", "Residents get the services they need, in good quality and on time.", 0.35),
    ("local-wealth",
     "More of what the council spends becomes income and wealth of people nearby.", 0.25),
    ("fair-work",
     "Work paid for with public money is secure and pays at least a Living Wage.", 0.2),
    ("value-for-money",
     "Each pound buys as much as it can, and small organisations can afford to bid.", 0.2),
)  # fmt: skip
MARKS = (
    ("published", "an official figure of this place, as its publisher prints it"),
    ("derived", "worked out from official figures by the step named, in parts by judgement"),
    ("inherited", "that of a wider area (region, nation), for want of the place's own"),
    ("distance", "worked out from how far places are apart"),
    ("judgement", "ours, without a source: change it and see"),
    ("payments", "from the council's own payments, as imported"),
    ("register", "from a register of contracts, as imported"),
)
HEAD = (
    "{name}: a scenario made by `poundflow build-place {code}`, to be read and put right. A figure "
    "that you change takes effect as it stands; nothing makes this file anew. Then `poundflow "
    "check` and `poundflow compare` on it."
)
BESIDE = "Beside each figure stands what it is, and above it where it comes from:"
WANTED = "What the council wants, in words; write your own. Weights sum to 1."
SURROUNDS = (
    "What surrounds {name} is not written out: its county, its neighbours, the rest of its region "
    "and the rest of the United Kingdom are made from the tables of the package when this file is "
    "read, with the same marks as here (docs/build_place.md). Districts of the county and "
    "neighbours have the firms that may bid; all else is sums. A row [[areas]] with the id of one "
    "of these takes its place, and so does `--set areas.ID.households=60000`."
)
HABITS_TOLD = "Chance that a contract is checked in a year; effort of making tenders known."
SHARES_TAKEN = (
    "Taken is the middle of what is known: it holds if suppliers that nobody could place are like "
    "the others. The low end would count each of them as from elsewhere."
)
SHARES_LEFT = "Left to the model. What the payments say:"
LOTS_ELSE = "A category that is not here has the model's usual size."
STRUCTURE = {
    "parent": "what stands above it, made by [tables]",
    "resolution": "every firm and every household by itself",
}
GROUPS = {
    "enterprises": "by staff: micro to 9, small to 49, medium to 249, large from 250",
    "income": "of taxpayers before tax, GBP a year",
    "tenure": "shares of households",
    "sector_mix": "shares of the jobs in it; they sum to 1",
}
COMPARISON = f"""
[compare]
regimes = [
    "{'", "'.join(REGIMES[:3])}",
    "{'", "'.join(REGIMES[3:])}",
]
baseline = "{BASELINE}"              # what the others are measured from
months = {MONTHS}                             # short, for a first answer; 60 or 120 for a report
replicates = {REPLICATES}                          # paired futures; ten or more for a report
luck_replicates = {LUCK}
twin_replicates = {TWINS}
"""
CLOSING = """
[measure]
from = 1
dye_buyers = "focus"                    # whose pounds are dyed and followed: the buyers seated here

[closure]                               # what becomes of a saving decides every comparison
savings = "spend"                       # more of the same; or "reserve", or "tax" for lower taxes
need_fixed = false"""
