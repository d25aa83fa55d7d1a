"""A county of three districts whose people and firms are all agents, for tests of many areas."""

from functools import cache

from scenarios.read import draft_from_text
from scenarios.spec import Scenario

HOUSEHOLDS = {"north": 220, "middle": 400, "south": 150}
EASTING = {"north": 400.0, "middle": 412.0, "south": 420.0}
COMMUTERS = (("north", "middle", 60), ("south", "middle", 50), ("middle", "north", 20))

HEAD = """
schema_version = 1
name = "three-districts"
title = "Three districts"
currency = "GBP"
start = { year = 2024, month = 4 }
focus = "middle"
neighbours = ["north", "south"]
counterfactual = true
technology = "uk_2019"
objectives = [{ id = "services", text = "Services on time.", weight = 1.0 }]

[compare]
regimes = ["price_quality", "cooperative_membership"]
baseline = "price_quality"
months = 14

[measure]
from = 1
dye_buyers = "all"
dye_months = [2]

[closure]
savings = "spend"
need_fixed = false

[[areas]]
id = "world"
name = "World"
tier = "world"

[[areas]]
id = "uk"
name = "United Kingdom"
tier = "uk"
parent = "world"

[[areas]]
id = "region"
name = "Region"
tier = "region"
parent = "uk"

[[areas]]
id = "county"
name = "County"
tier = "county"
parent = "region"

[[areas]]
id = "elsewhere"
name = "Rest of the country"
tier = "uk"
parent = "uk"
easting_km = 500.0
northing_km = 250.0
resolution = "accounts"
population = 60000
households = 25000
enterprises = { micro = 2200, small = 220, medium = 40, large = 9 }
jobs = 28000
workers = 28000
sector_mix = "rest-of-uk"
income = { median = 25000, mean = 33000 }
tenure = { owned = 0.3, mortgaged = 0.32, social = 0.18, private = 0.2 }
"""

DISTRICT = """
[[areas]]
id = "{name}"
name = "{name}"
tier = "district"
parent = "county"
easting_km = {east}
northing_km = 300.0
resolution = "agents"
population = {people}
households = {homes}
enterprises = {{ micro = {micro}, small = {small}, medium = 2, large = 1 }}
jobs = {jobs}
workers = {jobs}
sector_mix = "preston"
income = {{ median = 25000, mean = 33000 }}
tenure = {{ owned = 0.3, mortgaged = 0.32, social = 0.18, private = 0.2 }}
coops = 2
vcse = 2

[[buyers]]
id = "{name}-council"
name = "{name} council"
kind = "district_council"
area = "{name}"
monitoring = 0.2
engagement = 0.2
payment_days = 30
payroll = {payroll}
budget = {{ waste_services = {payroll}, ict = 90000, leisure_culture = 60000 }}
"""

COUNTY = """
[[buyers]]
id = "county-council"
name = "County council"
kind = "county_council"
area = "middle"
serves = ["north", "middle", "south"]
monitoring = 0.2
engagement = 0.2
payment_days = 30
payroll = 900000
budget = { homecare = 700000, highways = 500000, construction_works = 300000 }
"""


@cache
def three_districts() -> Scenario:
    """Read the scenario."""
    parts = [HEAD]
    for name, homes in HOUSEHOLDS.items():
        parts.append(
            DISTRICT.format(
                name=name,
                east=EASTING[name],
                people=int(homes * 2.35),
                homes=homes,
                micro=homes // 12,
                small=homes // 100,
                jobs=int(homes * 1.1),
                payroll=homes * 700,
            )
        )
    parts.append(COUNTY)
    parts += [
        f'[[commuting]]\nhome = "{home}"\nwork = "{work}"\npeople = {many}\n'
        for home, work, many in COMMUTERS
    ]
    return draft_from_text("".join(parts)).require()
