"""A ledger of twenty accounts, and one way to make each kind of payment through its own door."""

from collections.abc import Callable

import numpy as np

from scenarios.vocabulary import Kind
from simulation.accounting.home_ledger import HomeLedger
from simulation.accounting.ledger import Ledger
from simulation.accounting.network import Network, build_network, single_links
from simulation.kernels.homes import Claims, Purse, Taper
from simulation.kernels.labour import Law, Staff

GOVERNMENT, WORLD, OUTSIDE, BANK, PENSION_FUND = 5, 6, 7, 8, 9
SHOP, MILL = 0, 3
BUYERS = (10, 11)
HOME, HOMES = 12, 8
FIRM_CLASS, MILL_CLASS, HOME_CLASS = 0, 1, 9
KLASS = np.array([0, 0, 1, 1, 1, 2, 3, 4, 5, 6, 7, 8, *[9] * HOMES], dtype=np.int32)
TWO_CLASSES = np.array([*KLASS[: HOME + 5], *[10] * 3], dtype=np.int32)
"""Five homes of one class and three of another: two blocks."""
CELL = np.array([0, 0, 1, 1, 1, 2, 3, 4, 5, 6, 7, 7, *[8] * 4, *[9] * 4], dtype=np.int32)
UNLIMITED = (GOVERNMENT, WORLD, OUTSIDE, PENSION_FUND)


def rows(*numbers: int) -> np.ndarray:
    """Row numbers as the ledger takes them."""
    return np.array(numbers, dtype=np.int32)


def pounds(*amounts: int) -> np.ndarray:
    """Amounts in pence."""
    return np.array(amounts, dtype=np.int64) * 100


def open_accounts(deposit: int) -> tuple[np.ndarray, np.ndarray]:
    """Open the twenty accounts with the same deposits and half as much in savings [pence]."""
    deposits = np.full(KLASS.size, deposit, dtype=np.int64)
    savings = deposits // 2
    deposits[list(UNLIMITED)] = 0
    savings[:HOME] = 0
    return deposits, savings


def open_ledger(tags: int = 0, deposit: int = 100_000) -> Ledger:
    """Open a ledger in which every account pays and receives alike."""
    ledger = Ledger(*open_accounts(deposit), KLASS, CELL, UNLIMITED, UNLIMITED)
    begin(ledger, tags)
    return ledger


def open_home_ledger(
    tags: int = 0, deposit: int = 100_000, klass: np.ndarray = KLASS
) -> HomeLedger:
    """Open a ledger in which homes pay through doors of their own."""
    homes = slice(HOME, HOME + HOMES)
    ledger = HomeLedger(*open_accounts(deposit), klass, CELL, UNLIMITED, UNLIMITED, homes)
    begin(ledger, tags)
    return ledger


def begin(ledger: Ledger, tags: int) -> None:
    """Begin the first month, with dye where tags are asked for."""
    ledger.month = 1
    if tags:
        ledger.start_dye(tags)


def one_link(kind: Kind, payer: int, payee: int) -> Network:
    """Let one row pay one other."""
    start, cum = rows(0, 1), np.array([65536], dtype=np.int32)
    return build_network(kind, payer, start, rows(payee), cum, KLASS)


Door = Callable[..., None]


def along(ledger: Ledger, kind: Kind) -> None:
    """The shop pays the mill 70 pounds along a standing link."""
    ledger.along(one_link(kind, SHOP, MILL), pounds(70))


def listed(ledger: Ledger, kind: Kind) -> None:
    """The shop pays the mill 70 pounds by a list."""
    ledger.listed(kind, rows(SHOP), rows(MILL), pounds(70))


def from_one(ledger: Ledger, kind: Kind) -> None:
    """The government pays the mill 70 pounds and its neighbour nothing."""
    ledger.from_one(kind, GOVERNMENT, MILL, pounds(70, 0))


def to_one(ledger: Ledger, kind: Kind) -> None:
    """The shop pays the mill 70 pounds, its neighbour nothing."""
    ledger.to_one(kind, SHOP, pounds(70, 0), MILL)


LAW = Law(*np.array([[0, 3_000], [0, 32_768], [0, 0]], dtype=np.int64))
"""Half of what is above 30 pounds a month."""


def staff(*jobs: tuple[int, int, int]) -> Staff:
    """Workers: employing row (-1 where none), number of the home, monthly pay [pounds]."""
    employer, home, wage = np.array(jobs, dtype=np.int64).reshape(-1, 3).T
    status = np.where(employer >= 0, 2, 1).astype(np.int8)
    return Staff(employer.astype(np.int32), home.astype(np.int32), wage * 100, status)


def pay(
    ledger: HomeLedger, workers: Staff, law: Law = LAW, office: int = GOVERNMENT
) -> tuple[np.ndarray, np.ndarray]:
    """Pay workers in full; return what homes have earned and what employers have paid net."""
    earned, net = np.zeros(HOMES, dtype=np.int64), np.zeros(KLASS.size, dtype=np.int64)
    ratio = np.full(GOVERNMENT, 65_536, dtype=np.int64)
    ledger.wages(workers, law, ratio, office, earned, net)
    return earned, net


def wages(ledger: HomeLedger, kind: Kind) -> None:
    """The shop pays two workers 90 pounds and remits 15 of them in tax."""
    pay(ledger, staff((SHOP, 0, 50), (SHOP, 1, 40)))


def of_homes(*amounts: int) -> np.ndarray:
    """Amounts of the first homes, nothing for the others [pounds]."""
    return pounds(*amounts, *[0] * (HOMES - len(amounts)))


def home_links(kind: Kind, *payees: int) -> Network:
    """Let each of the first homes pay one row, and the others nobody."""
    return single_links(kind, HOME, rows(*payees, *[-1] * (HOMES - len(payees))), KLASS)


def claims(council_tax: int = 25) -> Claims:
    """What a home is due from government and fund, and owes its council [pounds]."""
    due = of_homes(30), of_homes(), of_homes(20), of_homes(10), of_homes(council_tax)
    return Claims(*due, in_row=np.ones(HOMES, dtype=np.int32), seekers=of_homes())


def be_taxed(ledger: HomeLedger, kind: Kind) -> None:
    """A home gets 60 pounds in benefits and pensions, and pays 25 in council tax to the mill."""
    tax, old_money = home_links(Kind.COUNCIL_TAX, MILL), of_homes()
    payers = GOVERNMENT, PENSION_FUND
    ledger.receive_and_be_taxed(claims(), Taper(0, 0, 0), tax, old_money, payers)


def pay_for_home(ledger: HomeLedger, kind: Kind) -> None:
    """A home pays the mill 70 pounds."""
    ledger.pay_for_homes(home_links(kind, MILL), of_homes(70))


def purse(ledger: HomeLedger, *incomes: int) -> Purse:
    """Homes that spend their incomes [pounds] in shops, and keep ten of them at hand."""
    income, nothing = of_homes(*incomes), of_homes()
    propensity, buffer = np.ones(HOMES), np.full(HOMES, 10.0)
    savings = ledger.savings[ledger.homes]
    money = of_homes(), income.copy()
    return Purse(nothing, nothing, income, propensity, buffer, savings, *money)


def shop(ledger: HomeLedger, kind: Kind) -> None:
    """A home shops for 70 pounds and puts the rest aside; another's 1,200 need its savings."""
    shops = home_links(Kind.CONSUMPTION, MILL, SHOP)
    ledger.spend_and_save(purse(ledger, 70, 1_200), 0.0, shops, BANK)


def lend(ledger: Ledger, kind: Kind) -> None:
    """The bank lends the mill 70 pounds."""
    ledger.lend(BANK, rows(MILL), pounds(70))


def repay(ledger: Ledger, kind: Kind) -> None:
    """The shop repays 70 pounds of a loan."""
    ledger.repay(BANK, rows(SHOP), pounds(70))


def write_off(ledger: Ledger, kind: Kind) -> None:
    """The bank gives up 70 pounds that the shop owes."""
    ledger.write_off(BANK, rows(SHOP), pounds(70))


def save(ledger: Ledger, kind: Kind) -> None:
    """A household puts 70 pounds aside."""
    ledger.save(BANK, HOME, pounds(70))


def draw(ledger: Ledger, kind: Kind) -> None:
    """A household draws 70 pounds from its savings."""
    ledger.save(BANK, HOME, pounds(-70))


GENERAL = (along, listed, from_one, to_one)
DOORS_OF: dict[Kind, tuple[Door, ...]] = {
    Kind.WAGES: (wages, along),
    Kind.PAYE: (wages, along),
    Kind.LOAN_DRAWN: (lend,),
    Kind.LOAN_REPAID: (repay,),
    Kind.WRITE_OFF: (write_off,),
    Kind.SAVING: (save, shop),
    Kind.DISSAVING: (draw, shop),
    Kind.BENEFIT: (*GENERAL, be_taxed),
    Kind.STATE_PENSION: (*GENERAL, be_taxed),
    Kind.OCCUPATIONAL_PENSION: (*GENERAL, be_taxed),
    Kind.COUNCIL_TAX: (*GENERAL, be_taxed),
    Kind.RENT: (*GENERAL, pay_for_home),
    Kind.MORTGAGE_INTEREST: (*GENERAL, pay_for_home),
    Kind.CONSUMPTION: (*GENERAL, shop),
}
"""The doors of some kinds; every other kind may go along, listed, from one or to one."""
DOORS = [(kind, door) for kind in Kind for door in DOORS_OF.get(kind, GENERAL)]


def too_much_along(ledger: Ledger) -> None:
    """A link that asks a penny more than there is."""
    ledger.along(one_link(Kind.INTERMEDIATE, SHOP, MILL), ledger.deposits[SHOP : SHOP + 1] + 1)


def too_much_listed(ledger: Ledger) -> None:
    """A list that asks a penny more than there is."""
    ledger.listed(Kind.RENT, rows(SHOP), rows(MILL), ledger.deposits[SHOP : SHOP + 1] + 1)


def too_much_in_two_lists(ledger: Ledger) -> None:
    """Two lists, each within the balance, not both."""
    listed(ledger, Kind.RENT)
    ledger.listed(Kind.INTEREST, rows(SHOP), rows(BANK), ledger.deposits[SHOP : SHOP + 1] + 1)


def too_much_in_wages(ledger: HomeLedger) -> None:
    """A payroll that the employer cannot meet."""
    pay(ledger, staff((SHOP, 0, 1_001)))


def too_much_to_one(ledger: Ledger) -> None:
    """A tax that asks a penny more than there is."""
    ledger.to_one(Kind.CORPORATION_TAX, SHOP, ledger.deposits[SHOP : SHOP + 1] + 1, GOVERNMENT)


def too_much_from_one(ledger: Ledger) -> None:
    """A pension paid by a row that must not owe."""
    ledger.from_one(Kind.BENEFIT, BANK, HOME, pounds(1_001))


def too_much_repaid(ledger: Ledger) -> None:
    """More repaid than there is."""
    ledger.repay(BANK, rows(SHOP), pounds(1_001))


def too_much_saved(ledger: Ledger) -> None:
    """More put aside than there is."""
    ledger.save(BANK, HOME, pounds(1_001))


OVERDRAFTS = (
    too_much_along, too_much_listed, too_much_in_two_lists, too_much_in_wages,
    too_much_from_one, too_much_to_one, too_much_repaid, too_much_saved,
)  # fmt: skip
"""One way through each door to pay more than there is, but for those of homes alone."""

OF_HOMES = (wages, be_taxed, pay_for_home, shop, too_much_in_wages)


def ledger_for(way: Callable[..., None], tags: int = 0) -> Ledger:
    """Open a ledger that has the door used."""
    return open_home_ledger(tags) if way in OF_HOMES else open_ledger(tags)
