"""LM3 and the income multiplier of one month of the village, from the sheet worked by hand.

Plain sums over who paid whom; the rounds of spending are solved by elimination, as on paper.
"""

from collections import Counter
from dataclasses import dataclass

from tests.model.village_sheet import Sheet

HERE = "village"
PAY, PROFIT = ("WAGES",), ("DIVIDEND",)
SUPPLIES = ("INTERMEDIATE", "COMMERCIAL_RENT")
"""What a supplier pays others who may spend again; its taxes, interest and the rest are not."""
NOTED = (*PAY, *PROFIT, *SUPPLIES, "PAYE", "PENSION_CONTRIBUTION", "VAT", "CORPORATION_TAX",
         "BUSINESS_RATES", "INTEREST", "GROUP_TRANSFER")  # fmt: skip
OWN_MONEY = ("SAVING", "DISSAVING")
NO_RESPENDING = ("PAYE", "VAT", "GROUP_TRANSFER", "LOAN_REPAID", "LOAN_DRAWN")


@dataclass(frozen=True)
class Rounds:
    """Three rounds of money [pence]."""

    r1: float
    r2: float
    r3: float

    @property
    def lm3(self) -> float:
        """(R1 + R2 + R3) / R1."""
        return (self.r1 + self.r2 + self.r3) / self.r1


class MonthOfMoney:
    """One month of the sheet, seen as money that goes round in the village."""

    def __init__(self, sheet: Sheet, month: int) -> None:
        self.sheet, self.month = sheet, month
        self.label = sheet.start.label
        self.flows = {key[1:]: pence for key, pence in sheet.flows.items() if key[0] == month}
        self.bought: Counter[str] = Counter()
        for supplier, pence in sheet.bills[month]:
            self.bought[supplier] += pence
        self.payroll = sheet.payroll["village-council"]
        self.take_home = sheet.net["village-council"]

    def paid(self, supplier: str, kinds: tuple[str, ...], area: str | None = None) -> int:
        """Sum what a supplier paid for these things, in one area or anywhere."""
        return sum(
            pence
            for (month, payer, kind, where), pence in self.sheet.paid_by.items()
            if month == self.month and payer == supplier and kind in kinds
            and area in (None, where)
        )  # fmt: skip

    def outlay(self, supplier: str) -> int:
        """Everything a supplier paid, and the profit after tax that it kept."""
        profit = self.sheet.profit[self.month, supplier]
        kept = profit - self.paid(supplier, ("DIVIDEND", "GROUP_TRANSFER"))
        return self.paid(supplier, NOTED) + max(kept, 0)

    def share_here(self, supplier: str, kinds: tuple[str, ...]) -> float:
        """Share of a supplier's outlay paid in the village for these things."""
        return self.paid(supplier, kinds, HERE) / self.outlay(supplier)

    def class_outlay(self, label: str) -> int:
        """Everything a class paid; own money moved to savings counts net."""
        spent = saved = 0
        for (kind, payer, payee), pence in self.flows.items():
            if kind == "SAVING" and payer == label:
                saved += pence
            elif kind == "DISSAVING" and payee == label:
                saved -= pence
            elif kind not in OWN_MONEY and payer == label:
                spent += pence
        return spent + max(saved, 0)

    @property
    def members(self) -> list[str]:
        """Firms and households of the village, by class."""
        labels = {
            label for name, label in self.label.items() if self.sheet.start.area[name] == HERE
        }
        return sorted(label for label in labels if label.split()[0] in ("firm", "household"))

    def respent(self, label: str) -> float:
        """Share of a class's outlays paid to others in the village."""
        here = sum(
            pence
            for (kind, payer, payee), pence in self.flows.items()
            if payer == label and payee in self.members
            and kind not in (*OWN_MONEY, *NO_RESPENDING)
        )  # fmt: skip
        return here / self.class_outlay(label)

    def council(self) -> Rounds:
        """R1 all outlay, R2 what stays of it, R3 what of that is spent here again."""
        local = [name for name in self.bought if self.sheet.start.area[name] == HERE]
        r1 = sum(self.bought.values()) + self.payroll
        r2 = sum(self.bought[name] for name in local) + self.take_home
        kinds = (*PAY, *SUPPLIES, *PROFIT)
        r3 = sum(self.bought[name] * self.share_here(name, kinds) for name in local)
        r3 += self.take_home * self.respent("household village")
        return Rounds(r1, r2, r3)

    def arrivals(self, more: tuple[str, ...] = ()) -> dict[str, float]:
        """What suppliers, wherever they are, bring to each class of the village.

        Pay and profit go to households. What they buy goes to the classes as all that firms of
        the country buy in the village does.
        """
        out = dict.fromkeys(self.members, 0.0)
        roles = [(PAY, PAY), (PROFIT, PROFIT), (SUPPLIES, (*SUPPLIES, "PROCESS_COST"))]
        for kinds, like in [*roles, *[((kind,), (kind,)) for kind in more]]:
            money = sum(self.bought[name] * self.share_here(name, kinds) for name in self.bought)
            weight = {
                label: sum(
                    pence
                    for (kind, payer, payee), pence in self.flows.items()
                    if kind in like and payee == label and payer.split()[0] == "firm"
                )
                for label in self.members
            }
            for label in self.members:
                if money:
                    out[label] += money * weight[label] / sum(weight.values())
        return out

    def contract(self) -> Rounds:
        """R1 what suppliers are paid, R2 their pay, purchases and dividends here."""
        r2 = sum(
            self.bought[name] * self.share_here(name, (*PAY, *SUPPLIES, *PROFIT))
            for name in self.bought
        )
        r3 = sum(money * self.respent(label) for label, money in self.arrivals().items())
        return Rounds(sum(self.bought.values()), r2, r3)

    def dues(self, label: str) -> int:
        """Profit, rent and rates that a class owes to owners, landlords and council here."""
        start = self.sheet.start
        due = 0
        for name, firm in start.firms.items():
            mine = firm.owner_kind == "coop" or start.area.get(firm.owner) == HERE
            if self.label[name] == label and mine:
                due += self.sheet.profit[self.month, name]
        for (kind, payer, payee), pence in self.flows.items():
            if payer == label and kind in ("RENT", "COMMERCIAL_RENT"):
                due += pence if payee in self.members else 0
            if payer == label and kind == "BUSINESS_RATES" and payee == "buyer village":
                due += pence
        return due

    def income_multiplier(self) -> float:
        """Residents' income over all rounds per pound of outlay."""
        members = self.members
        at = {label: k for k, label in enumerate(members)}
        outlay = [self.class_outlay(label) for label in members]
        income = [self.dues(label) / spent for label, spent in zip(members, outlay, strict=True)]
        share = [[0.0] * len(members) for _ in members]
        for (kind, payer, payee), pence in self.flows.items():
            if payer in at and payee in at and kind not in OWN_MONEY:
                share[at[payer]][at[payee]] += pence / outlay[at[payer]]
                if kind == "WAGES":
                    income[at[payer]] += pence / outlay[at[payer]]
        worth = _solve(share, income)
        first = self.arrivals(more=("GROUP_TRANSFER",))
        first["household village"] += self.take_home
        total = self.take_home + sum(first[label] * worth[at[label]] for label in members)
        for name, pence in self.bought.items():
            label = self.label[name]
            rate = self.dues(label) / self.class_outlay(label)
            total += pence * (self.share_here(name, PAY) + rate)
        return total / (sum(self.bought.values()) + self.payroll)


def _solve(share: list[list[float]], wanted: list[float]) -> list[float]:
    """Solve x = wanted + share x by elimination."""
    n = len(wanted)
    rows = [[float(i == j) - share[i][j] for j in range(n)] + [wanted[i]] for i in range(n)]
    for i in range(n):
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for j in range(n):
            if j != i:
                factor = rows[j][i]
                rows[j] = [x - factor * y for x, y in zip(rows[j], rows[i], strict=True)]
    return [row[n] for row in rows]
