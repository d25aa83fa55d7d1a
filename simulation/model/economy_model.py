"""The Mesa model: an economy, its public buyers, and what is written down about their months."""

from collections.abc import Sequence

import mesa

from simulation import streams
from simulation.economy.town import Town
from simulation.model import portraits
from simulation.model.agents import PublicBuyer, Supplier, supplier_type
from simulation.model.at_risk import MoneyAtRisk
from simulation.model.dues import Dues
from simulation.model.month import live_one_month
from simulation.model.recorder import Recorder
from simulation.model.shocks import NO_SHOCKS, Shocks
from simulation.model.staff import note_payroll
from simulation.model.staff_changes import StaffBefore, note_changes, staff_of
from simulation.model.stewardship import Stewardship
from simulation.model.workplaces import note_jobs

YEAR = 12


class EconomyModel(mesa.Model):  # type: ignore[misc]  # Mesa ships no types
    """A local economy with its public buyers; one step is one month.

    Used as a context it is let go at the end, also where a month raises.

    Parameters
    ----------
    town : Town
        Columns and ledger.
    stewardship : Stewardship
        Arrangements of all public buyers.
    recorder : Recorder
        What Books will need.
    """

    def __init__(self, town: Town, stewardship: Stewardship, recorder: Recorder) -> None:
        super().__init__(rng=streams.key(town.seed, "mesa") & 0xFFFFFFFF)
        self.town = town
        self.stewardship = stewardship
        self.recorder = recorder
        self.dues = Dues()
        self.at_risk = MoneyAtRisk()
        self.shocks: Shocks = NO_SHOCKS
        self.portrait_months: frozenset[int] = frozenset()
        self.buyers: Sequence[PublicBuyer] = [
            PublicBuyer(self, index) for index in range(len(town.economy.buyers.ids))
        ]

    def step(self) -> None:
        """Live one month."""
        town = self.town
        town.month += 1
        town.calendar += 1
        self.stewardship.drop_failed(town)
        self.stewardship.dyer.begin(town)
        live_one_month(self)

    def supplier(self, row: int) -> Supplier:
        """Return a view of a trading row; call its `remove` when done."""
        economy = self.town.economy
        kind = supplier_type(
            int(economy.parties.owner_kind[row]), int(economy.firms.size_band[row])
        )
        return kind(self, row)

    def pull_levers(self) -> None:
        """Let the councils of the focus spend on the pillars beside buying."""
        self.stewardship.levers.pull(self.town)

    def widen_support(self) -> None:
        """Let them raise pay at more employers, suppliers of public buyers first."""
        stewardship = self.stewardship
        stewardship.levers.widen(self.town, stewardship.accruals.suppliers())

    def note_payroll(self) -> None:
        """Note what public buyers' own staff cost and where they live."""
        note_payroll(self.recorder.rows["payroll"], self.town, self.stewardship.own.cost)

    def note_month(self) -> None:
        """Note what the month's flows alone do not tell."""
        town = self.town
        self.dues.note_profit(self.recorder.rows["dues"], town)
        self.recorder.note_outflows(town, self.stewardship.accruals.suppliers())
        stewardship = self.stewardship
        codes = stewardship.policy_codes()
        stewardship.accruals.close_month(town, stewardship.need_units(), codes)
        if town.month in self.portrait_months:
            self.portrait()

    def note_standing(self, act: str) -> None:
        """Write how the place stands as an act opens, if a journal is kept."""
        if self.stewardship.journal is not None:
            self.stewardship.journal.stand(self.town, self.stewardship, act)

    def staff(self) -> StaffBefore | None:
        """Remember who works where for what pay, if a journal is kept."""
        return None if self.stewardship.journal is None else staff_of(self.town)

    def note_staff(self, before: StaffBefore | None) -> None:
        """Write hires, lay-offs and changes of pay, and the prices that firms ask."""
        journal = self.stewardship.journal
        if journal is not None and before is not None:
            note_changes(journal, self.town, before)

    def portrait(self) -> None:
        """Write down the state of the place: stocks, wealth, incomes, jobs."""
        rows = self.recorder.rows
        portraits.note_homes(rows["wealth"], rows["people"], self.town)
        note_jobs(rows["jobs"], self.town, self.stewardship.own.departments)

    def file_month(self) -> None:
        """Take the month's filed flows for what depends on them."""
        filed, dues = self.town.ledger.filed[-1], self.recorder.rows["dues"]
        self.dues.note_rent_and_rates(dues, self.town, filed)
        self.at_risk.note(self.recorder.rows["capital"], self.town)
        self.stewardship.levers.note_hours(self.recorder.rows["hours"], self.town)
        if self.stewardship.journal is not None:
            self.stewardship.journal.close_month(self.town)
        if self.town.month in self.portrait_months:
            portraits.note_stocks(self.recorder.rows["stocks"], self.town)

    def forget(self) -> None:
        """Drop what was written down so far: burn-in months are lived, not kept."""
        self.town.ledger.filed.clear()
        self.recorder = Recorder()
        self.stewardship.forget()

    def turn_back(self, months: int) -> None:
        """Count the months just lived as not told: the calendar returns, agreements keep pace."""
        self.town.month -= months
        self.town.calendar -= months
        self.stewardship.turn_back(months)

    def __enter__(self) -> "EconomyModel":
        return self

    def __exit__(self, *_: object) -> None:
        self.let_go()

    def let_go(self) -> None:
        """Release what Mesa keeps of a finished model (Mesa 3.3 numbers agents per model)."""
        self.remove_all_agents()
        numbers = getattr(mesa.Agent, "_ids", None)
        if numbers is not None:
            numbers.pop(self, None)
