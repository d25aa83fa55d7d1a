"""The switches of the model: every register entry that names the value at which it is absent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from experiments.runner.replicate import all_entries
from scenarios.assumptions import Entry

USUAL = "price_quality"
LEVERS = "levers"
"""The usual way of buying with money for every lever beside it; see `effects`."""
OPTIONS = "options"
"""The usual way of buying with others assessed beside it; see `effects`."""
AT_HOME = {
    "claim": "social_value",
    "learn.claim_by_doing": "social_value",
    "learn.claim_course": "social_value",
    "option": OPTIONS,
    "subsidy": "incubated_coop",
    "tender.days_social": "social_value",
    "tender.buyer_hours_social": "social_value",
    "delivery": "ethical_framework",
    "law": "cooperative_membership",
    "land": LEVERS,
    "pillars": LEVERS,
    "ownership": LEVERS,
    "coop": "incubated_coop",
}
"""Way of buying in which an entry (or a family of entries) has something to do; else the usual."""


COUNTED = ("switch", "code", "kind", "lots")
"""Units of entries that know no middle between their ends."""


class UnknownSwitchError(Exception):
    """Raised when a name is asked for that is no switch. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Switch:
    """One mechanism: the value that turns it on, the one at which it is absent, and a setting.

    Attributes
    ----------
    entry : Entry
    on : float
        Its central value; the end of its range farther from the null where the two are the same.
    off : float
        Its null.
    policy : str
        Way of buying under which it is tried.
    """

    entry: Entry
    on: float
    off: float
    policy: str

    @property
    def rests(self) -> bool:
        """Whether the model leaves it at its null by default."""
        return self.entry.value == self.off

    @property
    def awake(self) -> float:
        """Its value where nothing rests: the middle between null and far end, if it has one."""
        whole = not self.rests or self.entry.unit in COUNTED
        return self.on if whole else (self.on + self.off) / 2.0


def switches(ways: Iterable[str], only: Iterable[str] = ()) -> list[Switch]:
    """Return the switches of the register and of the ways of buying, in their order.

    Parameters
    ----------
    ways : iterable of str
        Registered ways of buying; an entry whose name begins with one is tried under it.
    only : iterable of str
        Names; all where there are none.

    Raises
    ------
    UnknownSwitchError
        For a name that has no null.
    """
    entries = {name: one for name, one in all_entries().items() if one.null is not None}
    asked = tuple(only)
    unknown = sorted(set(asked) - set(entries))
    if unknown:
        raise UnknownSwitchError(
            f"no switch is called {', '.join(unknown)}; `poundflow assumptions` lists the entries, "
            "and a switch is one with a null."
        )
    homes = {**AT_HOME, **{way: way for way in ways}}
    return [_switch(one, homes) for name, one in entries.items() if not asked or name in asked]


def _switch(entry: Entry, homes: Mapping[str, str]) -> Switch:
    off = float(entry.null or 0.0)
    family = entry.name.partition(".")[0]
    policy = homes.get(entry.name, homes.get(family, USUAL))
    ends = sorted((entry.low, entry.high), key=lambda end: -abs(end - off))
    on = entry.value if entry.value != off else ends[0]
    return Switch(entry, float(on), off, policy)
