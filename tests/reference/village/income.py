"""Money arrives: grants, benefits, pensions; council tax and business rates are taken."""

from collections import Counter

from scenarios.vocabulary import Kind
from tests.reference.village.accounts import WHOLE
from tests.reference.village.adjustment import wind_up_firms
from tests.reference.village.ledger import Payroll, Village, cut, staff_by_row

DISTRICT, COUNTY, UNITARY, POLICE = (
    "district_council",
    "county_council",
    "unitary_council",
    "police",
)


def open_month(village: Village) -> None:
    """Begin the month's sums, wind up whom a shock fells, and reckon what employers will owe."""
    village.duties = [0] * village.place.firms
    if village.told.closes:
        wind_up_firms(village, village.told.closes)
    if village.told.moved is not None:
        village.told = village.told.moved
    reckon(village)


def reckon(village: Village) -> None:
    """Reckon what each employer owes its staff, the state and the pension fund for the month."""
    village.payrolls = {row: owed(village, row) for row in range(village.place.employers)}


def owed(village: Village, row: int) -> Payroll:
    """Return an employer's pay, insurance above a floor a head, and pension contributions."""
    law, staff = village.law, staff_by_row(village.told).get(row, [])
    commuters = village.told.commuters.get(row)
    closed = row in village.rows() and not village.firm(row).open
    more = 0 if commuters is None or closed else commuters.pay
    heads = len(staff) + (0 if commuters is None else commuters.jobs)
    gross = sum(staff) + more
    insurance = cut(max(gross - heads * law.employer_from, 0), law.employer_rate)
    pension = cut(gross, village.number("labour.pension_rate"))
    return Payroll(gross + insurance + pension, insurance, pension)


def public_income(village: Village) -> None:
    """Pay grants, take business rates, pay homes and tax them; public buyers wait for the end."""
    for buyer in village.place.buyers:
        grant = village.told.grants[buyer.row]
        village.accounts.pay(Kind.GRANT, village.place.government, buyer.row, grant)
    _business_rates(village)
    seekers = Counter(one.home for one in village.told.workers if one.seeks)
    for home in range(len(village.place.homes)):
        _receive(village, home, seekers[home])
        _council_tax(village, home)


def _business_rates(village: Village) -> None:
    kept = [((DISTRICT, UNITARY), village.number("government.rates_kept"))]
    for row in village.rows():
        firm = village.firm(row)
        paid = min(firm.rates if firm.open else 0, village.has(row))
        shares = village.shared_by(firm.area, kept)
        village.accounts.split(Kind.BUSINESS_RATES, row, shares, paid)
        village.duties[row] += paid


def _receive(village: Village, home: int, seekers: int) -> None:
    """Pay benefits, which fall with last month's earnings, and pensions."""
    place, one, row = village.place, village.place.homes[home], village.home_row(home)
    above = max(village.earned[home] - round(village.number("government.work_allowance_pence")), 0)
    taper = round(village.number("government.benefit_taper") * WHOLE)
    tapered = max(one.benefit - above * taper // WHOLE, 0)
    benefit = one.benefit if one.households > 1 else tapered
    benefit += seekers * round(village.number("government.jobseeker_pence"))
    village.accounts.pay(Kind.BENEFIT, place.government, row, benefit)
    village.accounts.pay(Kind.STATE_PENSION, place.government, row, one.pension)
    village.accounts.pay(Kind.OCCUPATIONAL_PENSION, place.fund, row, one.occupational)


def _council_tax(village: Village, home: int) -> None:
    own = village.number("government.council_tax_district")
    upper = village.number("government.council_tax_county")
    police = village.number("government.council_tax_police")
    parts = [
        ((DISTRICT,), own), ((COUNTY,), upper), ((UNITARY,), own + upper), ((POLICE,), police),
    ]  # fmt: skip
    one, row = village.place.homes[home], village.home_row(home)
    had = village.has(row)
    due = min(one.council_tax, had)
    shares = village.shared_by(one.area, parts)
    paid = village.accounts.from_home(Kind.COUNCIL_TAX, row, shares, due, had)
    village.accounts.dye.trim(row, village.has(row))
    village.counted[home] -= paid


def close_public_income(village: Village) -> None:
    """Let public buyers have what came."""
    village.accounts.end_act()
