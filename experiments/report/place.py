"""Names of places and years in a report, from the scenario itself."""

from collections.abc import Iterator

from experiments.report.folder import Results
from scenarios.tables import HOME, Country, country

_PLAIN = {
    "district": "the district",
    "county": "the county",
    "region": "the region",
    "uk": "the UK",
    "neighbours": "neighbouring areas",
    "all": "everywhere",
}


def nation_of(results: Results) -> Country:
    """Give the nation whose law, money and words the comparison has."""
    return country(str(results.scenario.get("nation", HOME)))


def written_by_others(results: Results) -> Iterator[str]:
    """Give the texts of a comparison that are its scenario's and not ours: they stay as written."""
    yield str(results.manifest.get("title", ""))
    yield from (area["name"] for area in _areas(results).values() if "name" in area)
    own = results.scenario.get("policies", {})
    for policy in results.policies:
        if policy.name in own:
            yield from (policy.name, policy.title)
    yield from _texts(results.scenario)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _areas(results: Results) -> dict[str, dict[str, str]]:
    """The areas by id: those that the label names, since a place may be made from tables."""
    rows = results.manifest.get("areas") or results.scenario.get("areas", [])
    return {row["id"]: row for row in rows if isinstance(row, dict) and "id" in row}


def tier_names(results: Results) -> dict[str, str]:
    """Name each tier as the focus sees it.

    Parameters
    ----------
    results : Results
        A comparison.

    Returns
    -------
    dict of str to str
        For instance district -> "Preston", county -> "Lancashire", all -> "everywhere".
    """
    names = dict(_PLAIN)
    for area in _around(results):
        names[str(area.get("tier", ""))] = str(area.get("name", area["id"]))
    return names


def _around(results: Results) -> list[dict[str, str]]:
    """The focus and the areas that it lies in, from within."""
    areas = _areas(results)
    here = areas.get(str(results.scenario.get("focus", "")))
    found: dict[str, dict[str, str]] = {}
    while here is not None and here["id"] not in found:
        found[here["id"]] = here
        here = areas.get(str(here.get("parent", "")))
    return list(found.values())


def law_elsewhere(results: Results) -> list[str]:
    """Warn where the place lies in a nation whose own law or tax is not on file.

    Parameters
    ----------
    results : Results
        A comparison.

    Returns
    -------
    list of str
        Sentences; none in England, nor in another country.
    """
    from scenarios.from_tables.marks import notes_of_nation

    if nation_of(results).id != HOME:
        return []
    return [note for area in _around(results) for note in notes_of_nation(area["id"])]


def place_name(results: Results) -> str:
    """Give the name of the place that the comparison is about."""
    area = _areas(results).get(str(results.scenario.get("focus", "")))
    if area is not None and area.get("name"):
        return str(area["name"])
    return "the place"


def year_name(results: Results, month: int) -> str:
    """Name the financial year (April to March) that a month of the run lies in.

    Parameters
    ----------
    results : Results
        A comparison, whose scenario tells when month 1 was.
    month : int
        Month of the run, from 1.

    Returns
    -------
    str
        For instance "2012/13"; "to month 12" where the start is not known.
    """
    start = results.scenario.get("start")
    if not isinstance(start, dict) or "year" not in start:
        return f"to month {month}"
    passed = int(start.get("month", 4)) - 1 + month - 1
    year, index = int(start["year"]) + passed // 12, passed % 12
    first = year if index >= 3 else year - 1
    return f"{first}/{(first + 1) % 100:02d}"


def year_told(results: Results, name: str) -> str:
    """Add to the name of a financial year how many months of it were lived, where not all were."""
    lived = range(1, int(results.summary.get("months", 0)) + 1)
    held = sum(year_name(results, month) == name for month in lived) if "/" in name else 0
    many = "1 month" if held == 1 else f"{held} months"
    return name if held in (0, 12) else f"{name} ({many} only)"


def period(results: Results) -> str:
    """Name the months that yearly and monthly amounts are averages over; empty where not known."""
    window = results.summary.get("window")
    if not isinstance(window, list) or len(window) != 2:
        return ""
    first, last = (int(month) for month in window)
    years = list(dict.fromkeys(year_name(results, month) for month in (first, last)))
    return f"months {first} to {last} ({' to '.join(years)})"
