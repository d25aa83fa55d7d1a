"""The months of the village, act by act, with paper and pencil: plain integers and one rule.

The rule of splitting: of a sum S, payees with rising shares c (in 65,536ths) get
floor(S c / 65536) less what those before them got, so no penny is lost. A share of a sum in
other places is cut to whole pence. Receipts of an act can be spent in the next act only.

Every firm's price is 1 and nobody is hired, laid off or closed: `QUIET` lists the registered
switches that say so, because who leaves and who fails is decided by lot and not by arithmetic.
"""

from collections import Counter
from collections.abc import Mapping

from scenarios import tables
from tests.model.village_positions import Q16, Firm, Links, Positions

Key = tuple[int, str, str, str]


class Sheet:
    """The accounts of the village on paper.

    Parameters
    ----------
    start : Positions
        Opening positions; they are written on.
    register : Mapping of str to float
        Values of the assumptions register.
    """

    def __init__(self, start: Positions, register: Mapping[str, float]) -> None:
        self.start = start
        self.a = register
        self.law = tables.tax_year("2012-13")  # the latest in the tables by April 2019
        self.month = 0
        self.deposits = start.deposits
        self.savings = start.savings
        self.loans: Counter[str] = Counter()
        self.inbox: Counter[str] = Counter()
        self.received: Counter[str] = Counter()
        self.sold: Counter[str] = Counter()
        self.flows: Counter[Key] = Counter()
        self.paid_by: Counter[tuple[int, str, str, str]] = Counter()
        self.bills: dict[int, list[tuple[str, int]]] = {}
        self.owed: Counter[str] = Counter()
        self.profit: dict[tuple[int, str], int] = {}
        self.duties: Counter[str] = Counter()
        self.bands = self._bands()

    # --- the pencil ----------------------------------------------------------------------

    def pay(self, kind: str, payer: str, payee: str, pence: int) -> None:
        """Make one payment: the payer's account falls now, the payee's when the act ends."""
        if pence <= 0:
            return
        self.deposits[payer] -= pence
        self.inbox[payee] += pence
        self.enter(kind, payer, payee, pence)

    def enter(self, kind: str, payer: str, payee: str, pence: int) -> None:
        """Write a flow down by classes, and by payer and area of payee."""
        label, area = self.start.label, self.start.area
        if pence > 0:
            self.flows[self.month, kind, label[payer], label[payee]] += pence
            self.paid_by[self.month, payer, kind, area[payee]] += pence

    def split(self, kind: str, payer: str, links: Links, whole: int) -> None:
        """Pay a sum along rising shares."""
        before = 0
        for payee, share in links:
            upto = whole * share // Q16
            self.pay(kind, payer, payee, upto - before)
            before = upto

    def end_act(self, sale: bool = False) -> None:
        """Let receipts become balances."""
        for name, pence in self.inbox.items():
            self.deposits[name] += pence
            self.received[name] += pence
            if sale and name in self.start.firms:
                self.sold[name] += pence
        self.inbox.clear()

    def move_to_savings(self, name: str, pence: int) -> None:
        """Put own money aside, or draw on it where negative."""
        self.deposits[name] -= pence
        self.savings[name] += pence
        if pence > 0:
            self.enter("SAVING", name, "bank", pence)
        else:
            self.enter("DISSAVING", "bank", name, -pence)

    # --- the month -----------------------------------------------------------------------

    def live(self) -> None:
        """Live one month."""
        self.month += 1
        self.received.clear()
        self.sold.clear()
        self.duties.clear()
        self.reckon_payroll()
        self.public_income()
        self.council_buys()
        self.firms_trade()
        self.firms_pay_staff()
        self.firms_divide_surplus()
        self.households_spend()
        self.firms_learn()

    def reckon_payroll(self) -> None:
        """Gross pay, National Insurance above the floor a head, and pension, by employer."""
        self.gross: Counter[str] = Counter()
        self.heads: Counter[str] = Counter()
        for _, employer, wage in self.start.workers:
            self.gross[employer] += wage
            self.heads[employer] += 1
        self.residents = Counter(self.heads)
        for name, firm in self.start.firms.items():
            self.gross[name] += firm.commuter_pay
            self.heads[name] += firm.commuters
        floor = self._monthly("ni_employer_from")
        self.insurance, self.pension, self.payroll = {}, {}, {}
        for name, gross in self.gross.items():
            above = max(gross - self.heads[name] * floor, 0)
            self.insurance[name] = int(above * self.law["ni_employer_rate"])
            self.pension[name] = int(gross * self.a["labour.pension_rate"])
            self.payroll[name] = gross + self.insurance[name] + self.pension[name]

    def public_income(self) -> None:
        """Grant, benefits tapered by last month's pay, pensions; then taxes to the council."""
        homes, firms, a = self.start.homes, self.start.firms, self.a
        focus = [name for name in homes if self.start.area[name] == "village"]
        tax = sum(homes[name].council_tax for name in focus)
        rates = sum(f.rates for n, f in firms.items() if self.start.area[n] == "village")
        own = int(tax * a["government.council_tax_district"] + rates * a["government.rates_kept"])
        outlay = sum(self.start.budget.values()) + self.start.own_payroll
        self.pay("GRANT", "government", "village-council", outlay - own)
        taper = round(a["government.benefit_taper"] * Q16)
        for name, home in homes.items():
            counted = max(home.earned - round(a["government.work_allowance_pence"]), 0)
            cut = counted * taper // Q16 if home.units == 1 else 0
            benefit = max(home.benefit - cut, 0)
            benefit += home.seekers * round(a["government.jobseeker_pence"])
            self.pay("BENEFIT", "government", name, benefit)
            self.pay("STATE_PENSION", "government", name, home.pension)
            self.pay("OCCUPATIONAL_PENSION", "pension_fund", name, home.occupational)
        self.end_act()
        for name, home in homes.items():
            due = min(home.council_tax, self.deposits[name])
            self.split("COUNCIL_TAX", name, self._to_council(name, "council_tax_district"), due)
        for name, firm in firms.items():
            due = min(firm.rates, self.deposits[name])
            self.split("BUSINESS_RATES", name, self._to_council(name, "rates_kept"), due)
            self.duties[name] += due
        self.end_act()

    def _to_council(self, name: str, share: str) -> Links:
        """The council keeps its share of its own place's taxes; the rest is the government's."""
        kept = round(self.a[f"government.{share}"] * Q16)
        if self.start.area[name] != "village" or not kept:
            return [("government", Q16)]
        return [("village-council", kept), ("government", Q16)]

    def council_buys(self) -> None:
        """Work of this month is billed, last month's bills are paid, checks cost both sides.

        A category's budget less what its checks cost last month is divided as the contracts are.
        """
        a = self.a
        watched = self.start.file["buyers"][0]["monitoring"]
        hour = a["tender.buyer_hour_pence"]
        checking = round(a["delivery.monitoring_hours"] * watched * hour)
        reporting = round(a["delivery.reporting_hours"] * watched * hour)
        work: list[tuple[str, int]] = []
        charged = {}
        for category, budget in self.start.budget.items():
            most = budget * a["closure.process_smoothing"]
            charged[category] = min(self.owed[category], most)
            self.owed[category] -= charged[category]
        for category, supplier, value in self.start.contracts:
            budget = self.start.budget[category]
            work.append((supplier, round(value * (budget - charged[category]) / budget)))
            self.owed[category] += checking
        self.bills[self.month + 1] = work
        for supplier, value in self.bills.get(self.month, []):
            self.pay("PURCHASE", "village-council", supplier, value)
        self.end_act(sale=True)
        for _, supplier, _ in self.start.contracts:
            self.pay("PROCESS_COST", "village-council", "government", checking)
            self.pay("PROCESS_COST", supplier, "government", reporting)
        self.end_act()

    def firms_trade(self) -> None:
        """Sales outside, overdrafts, inputs along the suppliers, then premises, VAT, interest."""
        firms, a = self.start.firms, self.a
        for name, firm in firms.items():
            self.pay("EXPORT", "outside_demand", name, firm.exports)
        self.end_act(sale=True)
        wanted = {n: int(f.sales * (f.inputs * (1.0 - f.vat))) for n, f in firms.items()}
        duties = {name: self._due(name) for name in firms}
        for name, firm in firms.items():
            bills = wanted[name] + self.payroll.get(name, 0) + sum(duties[name])
            short = max(bills - self.deposits[name], 0)
            room = max(int(firm.sales * a["finance.overdraft_months"]) - self.loans[name], 0)
            lent = min(short, room)
            self.loans[name] += lent
            self.inbox[name] += lent
            self.enter("LOAN_DRAWN", "bank", name, lent)
        self.end_act()
        self.inputs = {name: min(wanted[name], self.deposits[name]) for name in firms}
        for name, firm in firms.items():
            self.split("INTERMEDIATE", name, firm.supply, self.inputs[name])
        self.end_act(sale=True)
        for name, firm in firms.items():
            rent, vat, interest = duties[name]
            rent = min(rent, self.deposits[name])
            self.pay("COMMERCIAL_RENT", name, firm.landlord, rent)
            vat = min(vat, self.deposits[name])
            self.pay("VAT", name, "government", vat)
            interest = min(interest, self.deposits[name])
            self.pay("INTEREST", name, "bank", interest)
            self.duties[name] += rent + vat + interest
        self.end_act()

    def _due(self, name: str) -> tuple[int, int, int]:
        """Rent, VAT on last month's sales and interest on what is owed already."""
        firm = self.start.firms[name]
        rent = firm.rent if firm.landlord else 0
        interest = int(self.loans[name] * (self.a["finance.loan_rate"] / 12.0))
        return rent, int(firm.last_sales * firm.vat), interest

    def firms_pay_staff(self) -> None:
        """Pay net of tax and insurance; remit what is withheld, the employer's part, pensions."""
        homes = self.start.homes
        for home in homes.values():
            home.earned = 0
        self.net: Counter[str] = Counter()
        for name, due in self.payroll.items():
            assert self.deposits[name] >= due, f"{name} cannot pay its staff"
        for worker, employer, wage in self.start.workers:
            tax = self._tax(wage)
            self.pay("WAGES", employer, worker, wage - tax)
            self.pay("PAYE", employer, "government", tax)
            homes[worker].earned += wage - tax
            self.net[employer] += wage - tax
        for name, firm in self.start.firms.items():
            each = firm.commuter_pay // max(firm.commuters, 1)
            tax = self._tax(each) * firm.commuters
            self.split("WAGES", name, firm.payroll, firm.commuter_pay - tax)
            self.pay("PAYE", name, "government", tax)
            self.net[name] += firm.commuter_pay - tax
        for name in self.payroll:
            self.pay("PAYE", name, "government", self.insurance[name])
            self.pay("PENSION_CONTRIBUTION", name, "pension_fund", self.pension[name])
        self.end_act()

    def firms_divide_surplus(self) -> None:
        """Repay, pay corporation tax, pool a branch's cash, divide what lies above a month."""
        firms, a = self.start.firms, self.a
        for name, firm in firms.items():
            above = max(self.deposits[name] - self._float(firm), 0)
            paid = min(self.loans[name], int(above * a["finance.repayment_share"]))
            self.loans[name] -= paid
            self.deposits[name] -= paid
            self.enter("LOAN_REPAID", name, "bank", paid)
        for name, firm in firms.items():
            costs = self.inputs[name] + self.payroll.get(name, 0) + self.duties[name]
            before = firm.last_sales - costs
            taxed = 0 if firm.owner_kind == "public" else max(before - firm.loss, 0)
            firm.loss = max(firm.loss - before, 0)
            tax = min(int(taxed * self.law["corporation_tax_small"]), self.deposits[name])
            self.profit[self.month, name] = before - tax
            self.pay("CORPORATION_TAX", name, "government", tax)
        self.end_act()
        for name, firm in firms.items():
            if firm.head != name:
                pooled = int(self._spare(name) * a["firms.cash_pooling"])
                self.pay("GROUP_TRANSFER", name, firm.head, pooled)
        self.end_act()
        aside = {}
        for name, firm in firms.items():
            spare = self._spare(name) if firm.head == name else 0
            if firm.owner_kind == "coop":
                aside[name] = self._divide_among_members(name, spare)
            elif firm.owner:
                paid_out = {"outside": a["firms.payout_outside"], "public": 1.0}
                share = paid_out.get(firm.owner_kind, a["firms.payout_local"])
                self.pay("DIVIDEND", name, firm.owner, int(spare * share))
        self.end_act()
        for name, kept in aside.items():
            self.move_to_savings(name, min(kept, self.deposits[name]))

    def _divide_among_members(self, name: str, spare: int) -> int:
        """Pay each member of a co-op the same; return what the full reserve has room for."""
        each = int(spare * self.a["firms.coop_members"]) // max(self.heads[name], 1)
        assert self.start.firms[name].commuters == 0
        for worker, employer, _ in self.start.workers:
            if employer == name:
                self.pay("DIVIDEND", name, worker, each)
        full = int(self.start.firms[name].sales * self.a["firms.reserve_months"])
        room = max(full - self.savings[name], 0)
        return min(int(spare * self.a["firms.coop_reserve"]), room)

    def households_spend(self) -> None:
        """Rent or mortgage, then shops, then savings. Rents received now count next month."""
        homes, a = self.start.homes, self.a
        counted = {name: self.received[name] for name in homes}
        income = {name: counted[name] + home.late for name, home in homes.items()}
        for name, home in homes.items():
            kind = "MORTGAGE_INTEREST" if home.mortgaged else "RENT"
            if home.landlord:
                self.pay(kind, name, home.landlord, min(home.housing, self.deposits[name]))
        self.end_act()
        for name, home in homes.items():
            free = max(income[name] - home.housing - home.council_tax, 0)
            wealth = self.deposits[name] + self.savings[name] - free
            spare = max(wealth - int(free * home.buffer_months), 0)
            from_wealth = spare * (a["households.wealth_propensity"] / 12.0)
            wanted = int(free * home.propensity + from_wealth)
            short = max(wanted - self.deposits[name], 0)
            self.move_to_savings(name, -min(short, self.savings[name]))
            self.split("CONSUMPTION", name, home.shops, min(wanted, self.deposits[name]))
        self.end_act(sale=True)
        for name, home in homes.items():
            home.late = self.received[name] - counted[name]
            keep = int(income[name] * home.buffer_months)
            self.move_to_savings(name, max(self.deposits[name] - keep, 0))

    def firms_learn(self) -> None:
        """Expected sales move a part of the way to what was sold."""
        for name, firm in self.start.firms.items():
            gap = self.sold[name] - firm.sales
            firm.sales = max(firm.sales + int(gap * self.a["firms.expectation_speed"]), 0)
            firm.last_sales = self.sold[name]

    # --- law and habit -------------------------------------------------------------------

    def _float(self, firm: Firm) -> int:
        return int(firm.sales * self.a["firms.working_balance_months"])

    def _spare(self, name: str) -> int:
        if self.loans[name]:
            return 0
        return max(self.deposits[name] - self._float(self.start.firms[name]), 0)

    def _monthly(self, parameter: str) -> int:
        return round(self.law[parameter] * 100 / 12)

    def _bands(self) -> list[tuple[int, int]]:
        """Where each band of monthly pay begins, and tax plus insurance there in 65,536ths."""
        law = self.law
        free, basic = law["personal_allowance"], law["basic_rate_band"]
        steps = [
            (round(free * 100 / 12), law["basic_rate"]),
            (round((free + basic) * 100 / 12), law["higher_rate"] - law["basic_rate"]),
            (self._monthly("additional_rate_from"), law["additional_rate"] - law["higher_rate"]),
            (self._monthly("ni_employee_from"), law["ni_employee_rate"]),
            (
                self._monthly("ni_employee_upper"),
                law["ni_employee_upper_rate"] - law["ni_employee_rate"],
            ),
        ]
        floors = sorted(floor for floor, _ in steps)
        return [
            (floor, round(sum(rate for begins, rate in steps if begins <= floor) * Q16))
            for floor in floors
        ]

    def _tax(self, wage: int) -> int:
        tops = [floor for floor, _ in self.bands[1:]] + [wage]
        return sum(
            (min(wage, top) - floor) * rate // Q16
            for (floor, rate), top in zip(self.bands, tops, strict=True)
            if wage > floor
        )
