"""What an officer has chosen: policies to compare, and ranges of what nobody knows."""

import re
from collections.abc import Collection
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from experiments.web.case import Section

FEWEST, MOST = 2, 8
"""How many policies a question may compare, the baseline counted."""

LONGEST_NAME = 60
"""Letters in the name of a policy."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Choice(_Part):
    """How a kind of spending is bought.

    `settings` are those parameters that are not as usual; `begins` is the number of months after
    the start in which the first contract that runs out is bought so.
    """

    way: str
    settings: dict[str, float] = {}
    begins: int = 0


class Made(_Part):
    """A policy: a choice for each category of spending, and yearly sums for the levers beside."""

    key: str
    name: str
    choices: dict[str, Choice]
    pillars: dict[str, float] = {}
    adopters: str = "all"


class Policies(Section):
    """The policies of a case; `what_if` says that some are outside the law of place and date."""

    FILE: ClassVar[str] = "policies.json"

    policies: tuple[Made, ...]
    baseline: str
    what_if: bool = False

    def named(self, key: str) -> Made | None:
        """Give the policy of a key."""
        return next((one for one in self.policies if one.key == key), None)

    @property
    def base(self) -> Made:
        """The policy that the others are compared with."""
        return self.named(self.baseline) or self.policies[0]

    def with_policy(self, made: Made) -> "Policies":
        """Put a policy in the place of the one with its key, or behind all."""
        if self.named(made.key) is None:
            return self.model_copy(update={"policies": (*self.policies, made)})
        changed = tuple(made if one.key == made.key else one for one in self.policies)
        return self.model_copy(update={"policies": changed})

    def without(self, key: str) -> "Policies":
        """Leave a policy out."""
        kept = tuple(one for one in self.policies if one.key != key)
        return self.model_copy(update={"policies": kept})

    @property
    def ways(self) -> dict[str, set[str]]:
        """Ways of buying in use beside the baseline's own choices, each with what is set of it."""
        found: dict[str, set[str]] = {}
        for made in self.policies:
            for category, choice in made.choices.items():
                if made.key == self.baseline or choice != self.base.choices.get(category):
                    found.setdefault(choice.way, set()).update(choice.settings)
        return found


class Said(_Part):
    """A range as an officer said it, in the unit of the register."""

    low: float
    central: float
    high: float


class Uncertain(Section):
    """Ranges in place of the register's, by name of the assumption."""

    FILE: ClassVar[str] = "uncertain.json"

    ranges: dict[str, Said] = Field(default_factory=dict)


def key_for(name: str, reserved: Collection[str], taken: Collection[str]) -> str:
    """Make the key of a policy from its name: short words and hyphens.

    Parameters
    ----------
    name : str
        As typed; it may hold no letter that a key can have.
    reserved : collection of str
        Ways of buying: a policy of such a name begins with `our`.
    taken : collection of str
        Keys of the other policies.
    """
    words = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60].strip("-") or "policy"
    stem = f"our-{words}" if words in reserved else words
    key, number = stem, 2
    while key in taken:
        key, number = f"{stem}-{number}", number + 1
    return key
