"""What a pattern is: a question, the runs that answer it, how they are read, and what is known.

Nothing here says what is to come out. A published figure stands beside what was measured; no
number of the model is set by it here. Where one was used to set the register it is said so.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scenarios.spec import Policy, Scenario

if TYPE_CHECKING:
    from experiments.patterns.trail import Trail
    from simulation.accounting.books import Books

USUAL = "price_quality"
"""Way of buying of the burn-in, and of arms that name no other."""


@dataclass(frozen=True, slots=True)
class Life:
    """One run as a measure sees it: its books, and what was seen month by month.

    `trail` is None where the pattern asked for none.
    """

    books: "Books"
    trail: "Trail | None" = None


Lives = Mapping[str, Life]
"""Runs on the same luck by name of the arm, after the number of the place where there are more."""
Measured = Mapping[str, float | None]
"""By name of the figure; None where a run has no answer."""


@dataclass(frozen=True, slots=True)
class Published:
    """What is known of a figure from outside the model.

    Attributes
    ----------
    low, high : float
        Range that is published, both the same where it is one number.
    text, source : str
        What it is of, and who says so.
    calibrated : bool
        Whether the register was set by it; then it is no test of the model.
    """

    low: float
    high: float
    text: str
    source: str
    calibrated: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that a pattern is told by.

    Attributes
    ----------
    name, what, unit : str
        Short name, meaning, unit.
    published : Published or None
        What is known of it; None where no figure was found.
    """

    name: str
    what: str
    unit: str
    published: Published | None = None


@dataclass(frozen=True, slots=True)
class Arm:
    """One run of an economy: the policy that it lives under.

    Attributes
    ----------
    name : str
        By which the measure finds it.
    policy : callable
        Makes the policy for a scenario, since its months are counted from the start.
    """

    name: str
    policy: Callable[[Scenario], Policy]


def usual(scenario: Scenario) -> Policy:
    """Buy everything in the usual way, by price and quality."""
    return Policy(regime=USUAL)


AS_EVER = (Arm("usual", usual),)


@dataclass(frozen=True, slots=True)
class Ablation:
    """A mechanism that may make the pattern so.

    Attributes
    ----------
    switches : tuple of str
        Entries of the register, set to their null all at once.
    what : str
        What is then absent.
    places : tuple of Place
        Where it is lived instead, where what is taken away is a difference between places.
    """

    switches: tuple[str, ...]
    what: str
    places: tuple["Place", ...] = ()


EVEN_NOTICES = Ablation(("tender.reach_spread",), "every notice reaches as many firms as any other")
NO_CHANCE_CLOSURES = Ablation(
    ("firms.closure_micro", "firms.closure_small", "firms.closure_medium", "firms.closure_large"),
    "nobody closes but who cannot pay",
)
"""Mechanisms that more than one pattern is lived without."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pattern is lived by default: a scenario, and what is changed in it."""

    scenario: str
    sets: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join((self.scenario, *(f"--set {one}" for one in self.sets)))


def in_words(places: Iterable[Place]) -> str:
    """Name places, each once."""
    return "; ".join(map(str, dict.fromkeys(places)))


VILLAGE = Place("village")
ISLES = Place("wigan", ("focus=isles-of-scilly", "name=isles-of-scilly", "counterfactual=true"))
"""The smallest district of England, with the firms around it that bid for public work."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A named experiment.

    Attributes
    ----------
    name, question : str
        As typed, and what it asks in one line.
    known, source : str
        The regularity in the world, and who says so.
    place : Place
        Where it is lived.
    seconds : float
        What one seed takes, all its arms, without an ablation, on one core [s]; so that one may be
        told beforehand.
    months, seeds : int
        How long, and how often.
    arms : tuple of Arm
        Runs that are held against each other on the same luck.
    figures : tuple of Figure
        What is told.
    measure : callable
        Reads the figures off the runs of one seed.
    ablations : tuple of Ablation
        What is set to its null, one after the other.
    held : mapping of str to float
        Register values at which there is something to see.
    watched : bool
        Whether the measure needs to see the economy month by month.
    others : tuple of Place
        Places that are lived besides, each on luck of its own.
    """

    name: str
    question: str
    known: str
    source: str
    place: Place
    months: int
    seconds: float
    figures: tuple[Figure, ...]
    measure: Callable[[Lives], Measured]
    ablations: tuple[Ablation, ...]
    arms: tuple[Arm, ...] = AS_EVER
    seeds: int = 20
    held: Mapping[str, float] = field(default_factory=dict)
    watched: bool = False
    others: tuple[Place, ...] = ()

    @property
    def places(self) -> tuple[Place, ...]:
        """All places that a seed lives."""
        return self.place, *self.others
