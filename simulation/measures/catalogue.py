"""Everything that is measured, in one list, and the two questions that one may put to it.

`evaluate` asks about one run, `evaluate_paired` about a run against its baseline on the same luck.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from scenarios.tables import HOME, country
from simulation.accounting.books import Books
from simulation.measures import (
    cost,
    doughnut,
    firms,
    lm3,
    local_income,
    marginal,
    net,
    people,
    pillars,
    portrait,
    procurement,
    resilience,
    retention,
    sam,
    social_value,
    traced,
    value_added,
    wealth,
)
from simulation.measures.measure import (
    BUILT_STATE,
    TIERS,
    WHOLE_WINDOW,
    Measure,
    Outcome,
    Pair,
    Undefined,
)
from simulation.measures.view import View

Seen = TypeVar("Seen")

FAMILIES = (
    local_income, traced, lm3, sam, retention, marginal, net, procurement, cost, social_value,
    people, wealth, portrait, pillars, resilience, doughnut, firms,
    value_added,
)  # fmt: skip
CATALOGUE: tuple[Measure, ...] = tuple(one for family in FAMILIES for one in family.MEASURES)
"""Every measure, by family, in the order of the tables."""
BY_NAME: Mapping[str, Measure] = {one.name: one for one in CATALOGUE}


WRITTEN_IN = country(HOME).currency
"""Money of the units in the catalogue."""


def evaluate(
    books: Books | View,
    tiers: Iterable[str] = TIERS,
    window: tuple[int, int] | None = None,
    *,
    built: bool = True,
    like: View | None = None,
) -> list[Outcome]:
    """Measure one run.

    Parameters
    ----------
    books : Books or View
        What is measured; a view that was made before keeps its sums, and its window.
    tiers : iterable of str
        Places to answer for; a measure in which place does not enter is always answered.
    window : (int, int) or None
        First and last month measured; by default `meta.window`, else the whole run.
    built : bool
        Whether the built state is told too; runs that share theirs need it once.
    like : View or None
        A run measured before that has the same built state: its sums of it are not made again.

    Returns
    -------
    list of Outcome
        Of the window (month 0), of months for the few measures told by month, and of the built
        state (month -1) where the books hold rows of month 0 or earlier and the measure is
        defined on them. Measures that do not apply, such as those of a shock where none was set,
        are left out.
    """
    asked = tuple(tiers)
    view = books if isinstance(books, View) else view_of(books, window)
    before, told = _built_view(view) if built else (view, frozenset())
    if built and like is not None:
        before.share(_built_view(like)[0])
    outcomes: list[Outcome] = []
    for measure in CATALOGUE:
        if measure.of_run is None or not (measure.applies is None or measure.applies(view)):
            continue
        for tier in _tiers(measure, asked):
            outcomes.append(_ask(measure, tier, measure.of_run, view))
            if measure.nature in told:
                then = _ask(measure, tier, measure.of_run, before)
                if then.value is not None:
                    outcomes.append(then._replace(month=BUILT_STATE))
            if measure.by_month is not None:
                outcomes += _months(measure, tier, measure.by_month, view)
    return _in_money_of(view.books, outcomes)


def evaluate_paired(
    books: Books | View,
    baseline_books: Books | View,
    twin_books: Books | View | None = None,
    tiers: Iterable[str] = TIERS,
    window: tuple[int, int] | None = None,
) -> list[Outcome]:
    """Measure a run against its baseline, and against its twin with extra spending.

    Parameters
    ----------
    books, baseline_books : Books or View
        The policy's run and the baseline's, on the same luck.
    twin_books : Books, View or None
        The policy once more with extra spending; without it the marginal multiplier is undefined.
    tiers, window
        As for `evaluate`.

    Returns
    -------
    list of Outcome
        Of the window (month 0).
    """
    asked = tuple(tiers)
    run, baseline, twin = (
        one if one is None or isinstance(one, View) else view_of(one, window)
        for one in (books, baseline_books, twin_books)
    )
    if run is None or baseline is None:
        raise TypeError("a run and a baseline are needed")
    pair = Pair(run, baseline, twin)
    outcomes = [
        _ask(measure, tier, measure.of_pair, pair)
        for measure in CATALOGUE
        if measure.of_pair is not None
        for tier in _tiers(measure, asked)
    ]
    return _in_money_of(run.books, outcomes)


def evaluate_alone(books: Books | View, why: str, tiers: Iterable[str] = TIERS) -> list[Outcome]:
    """Say of a run without a baseline that what is measured against one is undefined.

    Parameters
    ----------
    books : Books or View
        The policy's run.
    why : str
        Why there is no baseline.
    tiers : iterable of str
        As for `evaluate`.

    Returns
    -------
    list of Outcome
        The outcomes of `evaluate_paired`, each without a value.
    """
    asked = tuple(tiers)
    outcomes = [
        Outcome(measure.name, tier, WHOLE_WINDOW, None, measure.unit, why)
        for measure in CATALOGUE
        if measure.of_pair is not None
        for tier in _tiers(measure, asked)
    ]
    return _in_money_of(books.books if isinstance(books, View) else books, outcomes)


def _in_money_of(books: Books, outcomes: list[Outcome]) -> list[Outcome]:
    """Write units in the money of the books; the catalogue writes GBP."""
    money = books.meta.currency
    if money == WRITTEN_IN:
        return outcomes
    return [one._replace(unit=one.unit.replace(WRITTEN_IN, money)) for one in outcomes]


def view_of(books: Books, window: tuple[int, int] | None = None) -> View:
    """Open books at a window of months, by default `meta.window`, else the whole run."""
    first, last = window or books.meta.window
    if first < 1 or last < first:
        return View(books)
    return View(books, first, last)


def _built_view(view: View) -> tuple[View, frozenset[str]]:
    """View of the months before the story opens, and which natures can be told of it."""
    return view.keep("built state", lambda: _opening(view))


def _opening(view: View) -> tuple[View, frozenset[str]]:
    earliest = 1
    for name in ("flows", "purchases", "needs"):
        if view.covers(name) and view.books.tables[name]["month"].size:
            earliest = min(earliest, int(view.books.tables[name]["month"].min()))
    told = frozenset({"stock", "flow"} if earliest < 1 else {"stock"})
    return View(view.books, min(earliest, 0), 0), told


def _tiers(measure: Measure, asked: tuple[str, ...]) -> tuple[str, ...]:
    if len(measure.tiers) == 1:
        return measure.tiers
    return tuple(tier for tier in measure.tiers if tier in asked)


def _ask(measure: Measure, tier: str, answer: Callable[[Seen, str], float], seen: Seen) -> Outcome:
    try:
        value = answer(seen, tier)
    except Undefined as why:
        return Outcome(measure.name, tier, WHOLE_WINDOW, None, measure.unit, str(why))
    return Outcome(measure.name, tier, WHOLE_WINDOW, float(value), measure.unit, "")


def _months(
    measure: Measure, tier: str, answer: Callable[[View, str], Mapping[int, float]], view: View
) -> list[Outcome]:
    try:
        by_month = answer(view, tier)
    except Undefined:
        return []
    return [
        Outcome(measure.name, tier, month, value, measure.unit, "")
        for month, value in by_month.items()
    ]
