"""Imported contracts as a page: sizes, SMEs, bids, routes and ends, each with what is not known."""

from collections.abc import Sequence
from pathlib import Path

from experiments.figures.bars import Bar, bars_figure
from experiments.report.pictures import Picture, absent, picture
from experiments.report.swept import Answer, many, write_answer
from experiments.report.tables import Grid
from experiments.report.words import listed, pounds
from scenarios.sources.contract_profile import UNKNOWN, Profile, Tally

PAGE = "profile.html"


def write_contracts_page(
    found: Profile, facts: Sequence[tuple[str, str]], left: Sequence[str], folder: Path
) -> Path:
    """Write the page of an import.

    Parameters
    ----------
    found : Profile
        Counts.
    facts : sequence of (str, str)
        What was imported: name and content.
    left : sequence of str
        What was set aside, in sentences.
    folder : Path
        Gets profile.html.

    Returns
    -------
    Path
        The page.
    """
    path = folder / PAGE
    write_answer(contracts_answer(found, left), facts, path, lambda text: text)
    return path


def contracts_answer(found: Profile, left: Sequence[str]) -> Answer:
    """Tell a profile in words, pictures and tables."""
    return Answer(
        title="Contracts, as published",
        paragraph=_paragraph(found),
        left=left,
        pictures=_pictures(found),
        grids=[
            _grid("Contracts by size", "Size", found.sizes, found),
            _grid("Contracts by SME", "Supplier", found.sme, found),
            _grid("Contracts by VCSE", "Supplier", found.vcse, found),
            _grid("Contracts by route", "Route, as published", found.routes, found),
            _grid("Contracts by the year they end", "Year", found.ends, found),
            _grid("Contracts by how their value is stated", "Value", found.kinds, found),
            _bids_grid(found),
        ],
        method=[
            "A contract counts once, however many suppliers share it; it is an SME's only where "
            "all that share it are said to be SMEs. The flags are the publishers' own.",
            "Sums hold contracts with a single value in pounds. A range, an upper limit, a penny "
            "in a field that may not be blank, and another currency count in numbers only: nothing "
            "is put in their place.",
            "Ends are those stated for the contract itself; a later end with extensions is kept "
            "beside it in the tables. Bids are counted where they are stated.",
        ],
    )


def _share(tally: Tally | None, whole: int, of: str) -> float:
    worth = (tally.pence if of == "pence" else tally.count) if tally else 0
    return worth / whole if whole else 0.0


def _of(tallies: Sequence[Tally], name: str) -> Tally | None:
    return next((tally for tally in tallies if tally.name == name), None)


def _paragraph(found: Profile) -> list[str]:
    if not found.contracts:
        return ["There is no contract in what was read."]
    said = [f"{many(found.contracts, 'contract')}, {found.valued:,} of them with a single value in "
            f"pounds: {pounds(found.pence / 100)} together."]  # fmt: skip
    if found.median_pence is not None:
        said.append(f"Half of these are worth {pounds(found.median_pence / 100)} or less.")
    low, high = _between(found, found.contracts, "count")
    said.append(
        f"SMEs hold {_percent(low)} of the contracts."
        if low == high
        else f"SMEs hold between {_percent(low)} and {_percent(high)} of the contracts: the gap is "
        "those of which nobody says."
    )
    if found.pence:
        low, high = _between(found, found.pence, "pence")
        said.append(
            f"By value that is {_percent(low)}."
            if low == high
            else f"By value that is between {_percent(low)} and {_percent(high)}."
        )
    stated = [tally for tally in found.bids if tally.name != UNKNOWN]
    if not stated:
        said.append("No number of bids is stated.")
    return said


def _between(found: Profile, whole: int, of: str) -> tuple[float, float]:
    """Give the lowest and the highest share that SMEs can have."""
    low = _share(_of(found.sme, "SME"), whole, of)
    return low, low + _share(_of(found.sme, UNKNOWN), whole, of)


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%" if share in (0.0, 1.0) or share >= 0.005 else "under 1%"


def _bars(tallies: Sequence[Tally], whole: int, of: str = "count") -> list[Bar]:
    bars = []
    for tally in tallies:
        share = _share(tally, whole, of)
        worth = f"{tally.count:,}" if of == "count" else pounds(tally.pence / 100)
        bars.append(Bar(tally.name, share, f"{worth} ({_percent(share)})"))
    return bars


def _pictures(found: Profile) -> list[Picture]:
    if not found.contracts:
        return [absent("sizes", "How large the contracts are", "no contract was read")]
    sme = _grid("Contracts by SME", "Supplier", found.sme, found)
    counted = sum(tally.count for tally in found.bids)
    stated = any(tally.name != UNKNOWN for tally in found.bids)
    return [
        _drawn("sizes", "How large the contracts are", _bars(found.sizes, found.contracts),
               _grid("Contracts by size", "Size", found.sizes, found)),
        _drawn("sme", "Who holds them, by number", _bars(found.sme, found.contracts), sme),
        _drawn("worth", "Who holds them, by value", _bars(found.sme, found.pence, "pence"), sme)
        if found.pence
        else absent("worth", "Who holds them, by value", "no single value in pounds"),
        _drawn("routes", "How they were bought", _bars(found.routes, found.contracts),
               _grid("Contracts by route", "Route", found.routes, found)),
        _drawn("ends", "When they end", _bars(found.ends, found.contracts),
               _grid("Contracts by the year they end", "Year", found.ends, found)),
        _drawn("bids", "How many bid", _bars(found.bids, counted), _bids_grid(found))
        if stated
        else absent("bids", "How many bid", "no number of bids is stated"),
    ]  # fmt: skip


def _drawn(name: str, heading: str, bars: Sequence[Bar], data: Grid) -> Picture:
    told = f"{heading}: " + listed([f"{bar.label} {bar.said}" for bar in bars]) + "."
    return picture(name, heading, told, bars_figure(bars), data)


def _grid(caption: str, head: str, tallies: Sequence[Tally], found: Profile) -> Grid:
    rows = [
        [
            tally.name,
            f"{tally.count:,}",
            _percent(_share(tally, found.contracts, "count")),
            pounds(tally.pence / 100),
            _percent(_share(tally, found.pence, "pence")),
        ]
        for tally in tallies
    ]
    return Grid(caption, [head, "Contracts", "Share", "Value where known", "Share of it"], rows)


def _bids_grid(found: Profile) -> Grid:
    whole = sum(tally.count for tally in found.bids)
    rows = [[t.name, f"{t.count:,}", _percent(_share(t, whole, "count"))] for t in found.bids]
    return Grid(f"Bids for each {found.bids_of}", ["Bids", "Number", "Share"], rows)
