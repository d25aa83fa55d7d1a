"""Policies of a scenario held against the law of their dates, before anything runs.

What a way of buying may not do at a date, and what a policy asks of it that the law never allows;
each fault names the article. After the routes that the ways of buying declare.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import ValidationError

from scenarios.checks.loose import number, rows, table, word
from scenarios.errors import Problem
from scenarios.spec import Policy, Rule
from scenarios.spec.base import Month
from scenarios.tables import HOME, categories, countries, disposal_law, thresholds
from simulation.economy.tax_law import law_of
from simulation.model.policies import all_categories
from simulation.model.powers import power_problems
from simulation.procurement.interface import Intent, Regime
from simulation.procurement.law import Legality, legality
from simulation.procurement.registry import get
from simulation.procurement.routes import COUNCILS

Path = tuple[str | int, ...]

YEARS_AHEAD = 12
"""Years after a first month in which a threshold may still rise."""


class Place(NamedTuple):
    """Whose law binds there, and what sorts of buyers are judged by it, by id."""

    nation: str
    buyers: Mapping[str, str]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Place":
        """Read it from a scenario that may be faulty; an unknown nation is told elsewhere."""
        nation = word(data, "nation") or HOME
        told = [(word(row, "id"), word(row, "kind")) for _, row in rows(data, "buyers")]
        kinds = {name: kind for name, kind in told if name is not None and kind is not None}
        return cls(nation if nation in countries() else HOME, kinds)

    def kinds(self, buyers: Collection[str]) -> list[str]:
        """Sorts of some buyers (none named: all), each once, councils first."""
        some = {kind for name, kind in self.buyers.items() if not buyers or name in buyers}
        return sorted(some, key=lambda kind: (kind not in COUNCILS, kind))


class Row(NamedTuple):
    """A way of buying within a policy: where it stands, for what, and from what value and month."""

    path: Path
    name: str
    parameters: Mapping[str, float]
    categories: frozenset[str]
    from_pounds: float
    begins: Month | None
    buyers: tuple[str, ...] = ()
    named: frozenset[str] = frozenset()

    @property
    def regime(self) -> type[Regime]:
        """Its class."""
        return get(self.name)


def _rows_of(name: str, policy: Policy) -> Iterator[Row]:
    """Yield a policy's own way of buying, then those of its rules."""
    top: Path = ("policies", name)
    said: list[tuple[Path, Policy | Rule]] = [(top, policy)]
    said += [((*top, "rules", k), rule) for k, rule in enumerate(policy.rules)]
    whole = frozenset(all_categories())
    for path, one in said:
        named, value, begins = frozenset[str](), 0.0, None
        buyers: tuple[str, ...] = ()
        if isinstance(one, Rule):
            named, value, begins = frozenset(one.categories), one.from_value, one.from_month
            buyers = one.buyers
        others = [((*path, "options", k), option) for k, option in enumerate(one.options)]
        for at, way in [(path, one), *others]:
            chosen = _known(way.regime, way.parameters)
            eligible = frozenset(get(way.regime).eligible(chosen) or whole)
            reach = (named or eligible) & eligible
            yield Row(at, way.regime, chosen, reach, value, begins, buyers, named)


def _known(regime: str, parameters: Mapping[str, Any]) -> dict[str, float]:
    """Return those parameters that a way of buying declares and that are numbers."""
    names = {entry.name[len(regime) + 1 :] for entry in get(regime).parameters}
    amounts = {key: number(value) for key, value in parameters.items() if key in names}
    return {key: value for key, value in amounts.items() if value is not None}


def intent_problems(data: Mapping[str, Any], policies: Mapping[str, Policy]) -> Iterator[Problem]:
    """Find policies and rules that contradict their way of buying, and levers without a power.

    Parameters
    ----------
    data : mapping
        The scenario as read; it may be faulty.
    policies : mapping of str to Policy
        Those of it that can be read.

    Yields
    ------
    Problem
    """
    start, nation = _month(data.get("start")), Place.of(data).nation
    consented = bool(number(table(data, "assumptions").get("land.consent")))
    yield from power_problems(data, policies, start, nation)
    for name, policy in policies.items():
        for row in _rows_of(name, policy):
            if not any(route.nation == nation for route in row.regime.lawful) and nation != HOME:
                continue
            begins = _opens(row, start)
            limits, law = {}, None
            if begins is not None:
                limits = _limits(row.categories, begins, nation)
                law = disposal_law(begins.year, begins.month, nation)
            date = None if begins is None else (begins.year, begins.month)
            intent = Intent(
                row.parameters, row.from_pounds, limits, law, consented, row.named, date,
                data.get("counterfactual", False) is not False,
            )  # fmt: skip
            for one in row.regime.problems(intent):
                yield one._replace(path=(*row.path, *one.path))


def _opens(row: Row, start: Month | None) -> Month | None:
    """Return the first month in which a row can decide, where one is known."""
    known = [one for one in (row.begins, start) if one is not None]
    return max(known, key=lambda one: one.serial, default=None)


def _limits(some: Collection[str], begins: Month, nation: str) -> dict[str, float]:
    """Return each category's highest threshold from a month on, without VAT [pounds]."""
    vat = round(law_of(begins.serial, nation)["vat_standard_rate"] * 100.0)
    dates = [(begins.year, begins.month), *((begins.year + k, 12) for k in range(YEARS_AHEAD))]
    laws = [thresholds(*date, nation) for date in dates]
    return {
        one.id: max(law.of(one.threshold_class, vat) for law in laws) / 100.0
        for one in categories()
        if one.id in some
    }


def law_problems(
    data: Mapping[str, Any],
    judged: Sequence[tuple[str, Path]],
    policies: Mapping[str, Policy],
    treated: frozenset[str],
    baseline: str | None,
    *,
    certain: bool,
) -> Iterator[Problem]:
    """Find ways of buying that the law of their first month does not know.

    Parameters
    ----------
    data : mapping
        The scenario as read; it may be faulty.
    judged : sequence of (str, path)
        Policies compared that can be judged, and where each was asked for.
    policies : mapping of str to Policy
        Those of the file that can be read.
    treated : frozenset of str
        Categories that all of them may buy.
    baseline : str or None
        Which of them buys what the others may not.
    certain : bool
        Whether no other policy could make those fewer.

    Yields
    ------
    Problem
    """
    start = _month(data.get("start"))
    if start is None:
        return
    strict = data.get("counterfactual", False) is False
    bought, place = _bought(data), Place.of(data)
    for name, path in judged:
        policy = policies.get(name, Policy(regime=name))
        for row in _rows_of(name, policy):
            where = row.path if name in policies else path
            if strict:
                some = treated & bought
                yield from _date_problems(row, where, some, start, place, certain=certain)
            if name == baseline and row.path == ("policies", name):
                yield from _baseline_problems(row, where, bought, start, place)


def _bought(data: Mapping[str, Any]) -> frozenset[str]:
    """Return the categories that somebody spends on; all, where no budget can be read."""
    lines = [
        category
        for _, buyer in rows(data, "buyers")
        for category, pounds in table(buyer, "budget").items()
        if number(pounds)
    ]
    return frozenset(lines or all_categories()) & frozenset(all_categories())


def _verdicts(
    row: Row, some: Collection[str], date: Month, place: Place
) -> dict[str, list[list[Legality]]]:
    """Judge each category for each sort of buyer, below its threshold and above."""
    regime = row.regime(row.parameters)
    classes = {category.id: category.threshold_class for category in categories()}
    kinds = place.kinds(row.buyers) or [""]
    return {
        one: [
            [
                legality(
                    regime, one, classes[one], above, date.year, date.month, place.nation, kind
                )
                for above in (False, True)
            ]
            for kind in kinds
        ]
        for one in sorted(some)
    }


def _without_a_route(by_kind: Sequence[Sequence[Legality]]) -> list[Sequence[Legality]]:
    """Return the verdicts of the sorts of buyer that may not go on; none where all may.

    Who may never buy so is left to the baseline, as long as somebody may.
    """
    shut = [judged for judged in by_kind if not any(verdict.lawful for verdict in judged)]
    early = [judged for judged in shut if not all(verdict.beyond for verdict in judged)]
    return shut if len(shut) == len(by_kind) else early


def _date_problems(
    row: Row, where: Path, treated: frozenset[str], start: Month, place: Place, *, certain: bool
) -> Iterator[Problem]:
    """Find what has no route at its first month on either side of the threshold, for any buyer."""
    date = _opens(row, start) or start
    verdicts = _verdicts(row, treated & row.categories, date, place)
    refused = [
        (one, judged[0])
        for one, by_kind in verdicts.items()
        for judged in _without_a_route(by_kind)[:1]
    ]
    if refused and (certain or len(refused) == len(verdicts)):
        category, verdict = refused[0]
        yield Problem(
            where,
            f"`{row.name}` for {category}: {verdict.reason}",
            f"a way of buying that the law of {date.year}-{date.month:02d} knows",
            "Choose another, begin it later by a rule with `from`, or write counterfactual = true "
            "at the top of the file.",
        )


def _baseline_problems(
    row: Row, where: Path, bought: frozenset[str], start: Month, place: Place
) -> Iterator[Problem]:
    """Find what a baseline may never buy, though it is to buy whatever the others may not."""
    for category, verdicts in _verdicts(row, bought, start, place).items():
        for verdict in (one for judged in verdicts for one in judged):
            if verdict.beyond:
                yield Problem(
                    where,
                    f"the baseline `{row.name}`, which for {category} has {verdict.reason}",
                    "a baseline that may buy everything, since it buys what other ways may not",
                    "Name another baseline.",
                )
                return


def _month(row: Any) -> Month | None:
    try:
        return Month.model_validate(row)
    except ValidationError:
        return None
