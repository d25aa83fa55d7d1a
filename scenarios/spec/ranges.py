"""How little is known about a number, where a scenario says it in place of the register."""

from pydantic import Field

from scenarios.spec.base import Number, Row


class Range(Row):
    """Lowest, central and highest value of an assumption, in the entry's own unit."""

    low: Number = Field(description="Lowest value that a future may draw, in the entry's unit.")
    central: Number = Field(
        description="Value of runs that draw nothing, and peak of a triangle, in the entry's unit."
    )
    high: Number = Field(description="Highest value that a future may draw, in the entry's unit.")
