"""A scenario: one place, one date, and the question asked of it, as one frozen object.

The object that `scenarios.read.read_scenario` returns, and the only thing that the simulation
knows of the file. Money stays GBP as written; the builder turns it into pence.
"""

import math
from collections.abc import Sequence
from typing import Annotated

from pydantic import Discriminator, Field, PrivateAttr, StrictInt, Tag

from scenarios.errors import Fault
from scenarios.locate import Positions
from scenarios.origin import Origin
from scenarios.regime_files import RegimeFile
from scenarios.spec.base import Flag, Id, Month, Number, Row, Share, Text, name_or_more
from scenarios.spec.organisations import Buyer, Chain, Firm
from scenarios.spec.people import Household
from scenarios.spec.place import Area, CommutingMatrix
from scenarios.spec.policies import Closure, Compare, Contracts, Measure, Objective, Policy
from scenarios.spec.ranges import Range
from scenarios.spec.shocks import Shock
from scenarios.spec.tables import Tables
from scenarios.spec.technology import InlineTechnology
from scenarios.technology_file import TechnologyFile

SCHEMA_VERSION = 1
"""The newest layout of scenario files that this version can read."""


class Scenario(Row):
    """One place at one date, checked."""

    schema_version: Annotated[StrictInt, Field(ge=1, le=SCHEMA_VERSION)] = Field(
        description="Layout of the file; this version knows 1."
    )
    name: Id = Field(description="Short name, as on the shelf.")
    title: Text = Field(description="Title for reports.")
    question: Text | None = Field(None, description="The question asked, for the report's head.")
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] = Field(
        description="ISO 4217 code of the nation's money."
    )
    nation: Id = Field(
        "uk",
        description="Whose law, taxes and words apply: an id of scenarios/tables/countries.csv; "
        "the tier `uk` then means this nation.",
    )
    start: Month = Field(description="First month; decides law, prices and thresholds.")
    focus: Id = Field(description="Leaf area that the story is about.")
    neighbours: tuple[Id, ...] = Field((), description="Leaf areas that gains may be taken from.")
    counterfactual: Flag = Field(
        False, description="Whether ways of buying may run outside their law and dates."
    )
    technology: Annotated[
        Annotated[Text, Tag("name")] | Annotated[InlineTechnology, Tag("more")],
        Discriminator(name_or_more),
    ] = Field(
        description="Name of a table in scenarios/tables, of a technology file beside the scenario "
        "(.csv), or the table itself."
    )
    objectives: tuple[Objective, ...] = Field(
        description="What the council wants; weights sum to 1.", min_length=1
    )
    say: dict[Id, Share] = Field(
        {},
        description="Say of communities and partners in the weights of objectives, by voice; what "
        "is left of 1 is the council's [share].",
    )
    areas: tuple[Area, ...] = Field(description="The area tree.", min_length=1)
    tables: Tables | None = Field(
        None, description="Areas and councils made from scenarios/tables, beside those written."
    )
    commuting: CommutingMatrix = Field(
        (), description="Home x work matrix, sparse, or the name of a rule that makes it."
    )
    buyers: tuple[Buyer, ...] = Field(description="Councils and other anchors.", min_length=1)
    chains: tuple[Chain, ...] = Field((), description="Large outside-owned groups.")
    firms: tuple[Firm, ...] = Field((), description="Firms one by one; else made from areas.")
    households: tuple[Household, ...] = Field(
        (), description="Households one by one; else made from areas."
    )
    contracts: Contracts = Field(Contracts(), description="Start state of public contracts.")
    regime_files: tuple[Text, ...] = Field(
        (), description="Files of code with ways of buying of one's own, beside the scenario."
    )
    policies: dict[Id, Policy] = Field({}, description="Ways of buying by name.")
    compare: Compare = Field(description="Defaults of a comparison.")
    measure: Measure = Field(Measure(), description="Window and dye of the measures.")
    closure: Closure = Field(Closure(), description="What becomes of a saving.")
    shocks: tuple[Shock, ...] = Field(
        (), description="What befalls the place while the story runs, under every way of buying."
    )
    assumptions: dict[str, Number] = Field(
        {}, description="Values in place of the register's, by entry name."
    )
    ranges: dict[str, Range] = Field(
        {},
        description="Ranges in place of the register's, by entry name: each future draws from them "
        "(evenly where the register draws nothing). What stands here cannot be held, too.",
    )

    _origin: Origin | None = PrivateAttr(None)
    _sets: tuple[str, ...] = PrivateAttr(())
    _digest: str = PrivateAttr("")
    _regime_files: tuple[RegimeFile, ...] = PrivateAttr(())
    _technology_file: TechnologyFile | None = PrivateAttr(None)

    @property
    def origin(self) -> Origin:
        """File, text and plain data; a scenario made without a file has empty ones."""
        return self._origin or Origin("", "", {})

    @property
    def source(self) -> str:
        """Text of the file as read, line ends as newlines."""
        return self.origin.source

    @property
    def file(self) -> str:
        """The file as it was named."""
        return self.origin.file

    @property
    def positions(self) -> Positions:
        """Key path -> (line, column) of every key and array member of the file, from 1."""
        return self.origin.positions

    @property
    def digest(self) -> str:
        """SHA-256 of the text, the `--set` overrides and the files of code, in hexadecimal."""
        return self._digest

    @property
    def sets(self) -> tuple[str, ...]:
        """The overrides applied, each as `key.path=value`, in order of path."""
        return self._sets

    @property
    def code(self) -> tuple[RegimeFile, ...]:
        """Files of `regime_files` as they were read; they are in the digest, too."""
        return self._regime_files

    @property
    def technology_file(self) -> TechnologyFile | None:
        """The file that `technology` names, as it was read; it is in the digest, too."""
        return self._technology_file

    @property
    def technology_source(self) -> str | InlineTechnology | TechnologyFile:
        """What `scenarios.tables.technology` takes: the file where there is one."""
        return self._technology_file or self.technology

    def fault(self, path: Sequence[str | int], found: str, wanted: str, hint: str = "") -> Fault:
        """Make a fault with its place in the file, or the `--set`; see `Origin.fault`."""
        return self.origin.fault(path, found, wanted, hint)

    def window(self, months: int | None = None) -> tuple[int, int]:
        """First and last month of the flow measures, within a horizon.

        Parameters
        ----------
        months : int, optional
            Horizon [months]; default that of `[compare]`.

        Returns
        -------
        (int, int)
            Both inclusive. A horizon shorter than the file's window cuts it.
        """
        horizon = months or self.compare.months
        last = min(self.measure.to_month or horizon, horizon)
        return min(self.measure.from_month, last), last

    def dye_months(self, months: int | None = None) -> tuple[int, ...]:
        """Months whose outlays are dyed, those beyond a horizon [months] left out."""
        horizon = months or self.compare.months
        return tuple(month for month in self.measure.dye_months if month <= horizon)

    def objective_weights(self) -> tuple[float, ...]:
        """Weights of the objectives with everybody's say in them; where nobody has one, as written.

        An objective's weight is the council's own times what is left of the say, plus each voice's
        weight times its say.
        """
        own = 1.0 - math.fsum(self.say.values())
        return tuple(
            own * one.weight
            + math.fsum(say * one.weights.get(voice, 0.0) for voice, say in self.say.items())
            for one in self.objectives
        )

    def leaves(self) -> tuple[Area, ...]:
        """Areas that carry data, in file order: those without children, and the world."""
        parents = {area.parent for area in self.areas}
        return tuple(a for a in self.areas if a.id not in parents or a.tier == "world")
