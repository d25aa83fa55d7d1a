"""What a number in a scenario file may be: pounds, shares, counts, names.

Values are strict: text is not a number, true is not 1, nan and infinity are refused. A whole
number may stand for a fractional one. Unknown keys are refused. What was read cannot be changed.
"""

from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
)

MOST_MONTHS = 1200
"""Longest run, latest shock [months]."""

SLUG = r"^[a-z0-9]([a-z0-9_-]*[a-z0-9])?$"
"""Ids are lower-case words joined by hyphens, so that they can stand in a `--set` path."""

Id = Annotated[StrictStr, Field(pattern=SLUG, max_length=80)]
Text = Annotated[StrictStr, Field(min_length=1, max_length=2000)]
Flag = StrictBool
Count = Annotated[StrictInt, Field(ge=0, le=2_000_000_000)]
Number = Annotated[StrictFloat, Field(ge=-1e12, le=1e12)]
Positive = Annotated[StrictFloat, Field(gt=0, le=1e12)]
Amount = Annotated[StrictFloat, Field(ge=0, le=1e12)]
Pounds = Annotated[StrictFloat, Field(ge=0, le=1e12)]
Share = Annotated[StrictFloat, Field(ge=0, le=1)]
SignedShare = Annotated[StrictFloat, Field(ge=-1, le=1)]


def name_or_more(value: Any) -> str:
    """Tell a bare name from a table or list written in its place (a pydantic discriminator)."""
    return "name" if isinstance(value, str | int | float) else "more"


def _plain(value: Any) -> Any:
    values = value if isinstance(value, list) else [value]
    if not all(isinstance(one, bool | int | float | str) for one in values):
        raise ValueError("a number, true or false, text, or a list of these")
    return value


Parameter = Annotated[Any, AfterValidator(_plain)]
"""A regime's parameter; its own type and bounds are the registry's business."""


class Row(BaseModel):
    """A table of the scenario file: frozen, strict, no unknown keys."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        str_strip_whitespace=False,
        ser_json_inf_nan="null",
        serialize_by_alias=True,
    )


class Month(Row):
    """A calendar month."""

    year: Annotated[StrictInt, Field(ge=1980, le=2100, description="Calendar year.")]
    month: Annotated[StrictInt, Field(ge=1, le=12, description="Calendar month, 1 to 12.")]

    @property
    def serial(self) -> int:
        """Months since year 0, for comparing dates."""
        return self.year * 12 + self.month - 1
