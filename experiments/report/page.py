"""From the folder of a comparison to one page that a committee can read.

The page holds everything: no script, no font, no address to fetch. What a scenario calls things
(names may hold markup) is escaped by the templates; only our own pictures pass as they are.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

    from experiments.report.folder import Results
    from experiments.report.pictures import Picture
    from experiments.report.saved import Saver

PAGE = "report.html"
SUMMARY = "summary.html"

_AMOUNT = re.compile(r"([▲▼] )?[+−]£?[\d.,]*\d[a-z%]*")

_CONTENTS = (
    ("answer", "The answer"),
    ("ways", "The ways of buying"),
    ("compared", "Policies by measures"),
    ("often", "How often it came out better"),
    ("pound", "Where the pound goes"),
    ("stays", "How long money stays"),
    ("spread", "The spread over futures"),
    ("gains", "Who gains and who loses"),
    ("map", "The place and its neighbours"),
    ("service", "Cost, quality and unmet need"),
    ("tradeoff", "What is gained against what it costs"),
    ("doughnut", "The Doughnut"),
    ("budget", "Budget by year"),
    ("transition", "What changes hands, and when"),
    ("staff", "Days of work"),
    ("law", "The legal route"),
    ("ranking", "What would change the ranking"),
    ("assumptions", "Assumptions"),
    ("start", "The start: built and published"),
    ("limits", "What the model cannot say"),
    ("method", "How this was done"),
)


_AS_WRITTEN = re.compile(
    r'(<h2 id="assumptions">.*?</section>|<pre\b.*?</pre>|href="data:[^"]*")', re.DOTALL
)
"""What is shown in the words it was written in: sources of the register, the scenario's text, and
the files in links, which have the words of the place already."""


def _let(results: "Results") -> str:
    """Write the pounds of treated spending that were let anew; empty where not known."""
    from experiments.report.words import pounds

    value = results.manifest.get("treated_pounds")
    return pounds(float(value)) if isinstance(value, int | float) else ""


def _question(results: "Results", place: str) -> str:
    worth = _let(results)
    months = int(results.summary.get("months", 0))
    spent = f"services worth {worth} in {months} months" if worth else "services"
    return (
        f"Suppose the councils and other public bodies of {place} bought {spent} in another way. "
        "How much of each pound would become income of people here? What would the services cost? "
        "Who would gain or lose?"
    )


def _facts(results: "Results", place: str) -> list[tuple[str, str]]:
    from experiments.report.place import year_name
    from experiments.report.shocks import befalls
    from experiments.report.treated import treated_told

    months = int(results.summary.get("months", 0))
    let = _let(results)
    many = "" if results.replicates == 1 else "s"
    drawn = f"future{many} tried" if results.drawn else f"run{many}, luck only"
    facts = [
        ("Place", place),
        ("First year", year_name(results, 1)),
        ("Time simulated", f"{months} months"),
        ("Ways compared", str(len(results.policies))),
        ("For each way", f"{results.replicates} {drawn}"),
        ("Spending treated", treated_told(results.summary)),
        ("Let anew, of that", let and f"{let} in {months} months"),
        ("What befalls it", befalls(results)),
    ]
    return [(name, fact) for name, fact in facts if fact]


def _versions(results: "Results") -> list[tuple[str, str]]:
    found = results.manifest.get("versions", {})
    machine = results.manifest.get("machine", {})
    rows = [(str(name), str(version)) for name, version in found.items()]
    if isinstance(machine, dict):
        rows += [(f"machine, {name}", str(value)) for name, value in machine.items()]
    return rows


def _context(results: "Results", pictures: dict[str, Any]) -> dict[str, Any]:
    from experiments.report import answer, doughnut, limits, size, tables, treated
    from experiments.report.place import period, place_name
    from experiments.report.saved import JSON, data_link
    from experiments.store.manifest import json_bytes

    place = place_name(results)
    manifest = results.manifest
    digest = manifest.get("scenario_sha256")
    return {
        "title": str(manifest.get("title") or results.summary.get("scenario", "")),
        "question": _question(results, place),
        "place": place,
        "facts": _facts(results, place),
        "counterfactual": bool(manifest.get("counterfactual")),
        "contents": _CONTENTS,
        "sentences": answer.three_sentences(results, place),
        "sureness": answer.how_sure(results),
        "few": answer.few(results),
        "size_rule": size.rule(),
        "luck_runs": max((len(runs) for runs in results.luck.values()), default=0),
        "baseline": results.baseline,
        "policies": [(policy, tables.symbol(policy)) for policy in results.policies],
        "treated": treated.treated_table(results),
        "reach": treated.reach_table(results),
        "blocks": tables.blocks(results),
        "groups": tables.main_table(results),
        "every": tables.every_measure(results),
        "closure": limits.closure(results),
        "lenses": doughnut.portraits(results),
        "period": period(results),
        "budget": tables.budget_table(results),
        "capital": treated.capital_table(results),
        "capital_note": treated.capital_note(results),
        "budget_link": data_link(results.budget),
        "manifest_link": data_link(json_bytes(manifest), JSON),
        "assumptions": tables.assumptions_table(results),
        "grades": tables.grades(results),
        "start": tables.start_table(results),
        "rest": tables.rest_table(results),
        "limits": limits.limits(results),
        "accounts": limits.accounts(results),
        "command": limits.command(results),
        "hash": f"Hash of the scenario: {digest}." if digest else "",
        "versions": _versions(results),
        "months": results.summary.get("months", 0),
        "scenario_text": str(manifest.get("scenario_text", "")),
        "made": f"Computed by poundflow on {manifest['time']}." if manifest.get("time") else "",
        "theme": theme(),
        **_added(results),
        **pictures,
    }


def _added(results: "Results") -> dict[str, Any]:
    """Tables of the sections that have a template of their own."""
    from experiments.analysis.facts import HOURS
    from experiments.report import displaced, legal, often, ranking, transition
    from scenarios.assumptions import register

    return {
        "often": often.often_table(results),
        "counted_futures": bool(results.drawn),
        "hours_a_day": register()[HOURS].value,
        "moved": transition.moved_table(results),
        "hands": transition.hands_table(results),
        "days": transition.days_table(results),
        "days_gap": transition.days_gap_table(results),
        "law": legal.law_table(results),
        "adopters": legal.adopters_table(results),
        "thresholds": legal.limits_table(results),
        "decides": ranking.decides_table(results),
        "regret": ranking.regret_table(results),
        "displaced": displaced.displaced_table(results),
    }


def _pictures(results: "Results") -> dict[str, Any]:
    from experiments.report import gains, pictures, place_map, tradeoff, transition

    return {
        "pounds": pictures.pound_pictures(results),
        "pound_note": pictures.pound_note(results),
        "retention": pictures.retention_picture(results),
        "spreads": pictures.spread_pictures(results),
        "gains": gains.gain_pictures(results),
        "services": gains.service_pictures(results),
        "maps": place_map.map_pictures(results),
        "tradeoffs": tradeoff.tradeoff_pictures(results),
        "expiring": transition.expiry_picture(results),
    }


def _whole(text: str) -> "Markup":
    """Keep an amount on one line: a sign or an arrow never stands alone; `points` may wrap."""
    from markupsafe import Markup, escape

    return Markup(_AMOUNT.sub(r'<span class="nb">\g<0></span>', str(escape(text))))


def templates(saver: "Saver | None" = None) -> "Environment":
    """Give the shelf of templates that every page is set from; names in them are escaped.

    Parameters
    ----------
    saver : Saver, optional
        Keeps the files that the page offers; without it they are in its links alone.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    from experiments.report.saved import Saver

    shelf = Environment(
        loader=PackageLoader("experiments.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    shelf.filters["whole"] = _whole
    shelf.filters["link"] = (saver or Saver()).link
    return shelf


def theme() -> list[tuple[str, str, str]]:
    """Give each role of a colour with its light and its dark one, for the style of a page."""
    from experiments.figures.palette import THEME

    return [(role, light, dark) for light, (role, dark) in THEME.items()]


def in_words(text: str, say: Callable[[str], str]) -> str:
    """Say a page in the words of its place, but for what is shown as it was written."""
    parts = _AS_WRITTEN.split(text)
    parts[::2] = [say(part) for part in parts[::2]]
    return "".join(parts)


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    from experiments.store.aside import write_aside

    write_aside(path, text.encode())


def _flat(pictures: dict[str, Any]) -> list["Picture"]:
    found: list[Picture] = []
    for entry in pictures.values():
        if not isinstance(entry, str):
            found.extend(entry if isinstance(entry, list) else [entry])
    return found


@dataclass(frozen=True)
class Report:
    """A comparison as it is handed on.

    Attributes
    ----------
    page : str
        The whole, as HTML.
    summary : str
        The question, the answer, a table, a picture and the limits on one page, as HTML.
    pictures : dict of str to str
        Name -> picture as SVG.
    data : dict of str to bytes
        Name of a file -> the numbers of a table or picture as CSV.
    """

    page: str
    summary: str
    pictures: dict[str, str]
    data: dict[str, bytes]


def read_report(result_dir: Path) -> Report:
    """Set the report of a comparison; nothing is written.

    Parameters
    ----------
    result_dir : Path
        The folder that `poundflow compare --out` wrote.

    Returns
    -------
    Report
        The same folder gives the same text.

    Raises
    ------
    experiments.store.errors.FolderError
        When the folder holds no comparison, or a file of it cannot be read.
    """
    from experiments.report.folder import read_results
    from experiments.report.one_page import summary_context
    from experiments.report.place import nation_of, written_by_others
    from experiments.report.saved import Saver

    results = read_results(result_dir)
    pictures = _pictures(results)
    say = partial(nation_of(results).say, kept=tuple(written_by_others(results)))
    saver = Saver(say)
    context, shelf = _context(results, pictures), templates(saver)
    page = in_words(shelf.get_template("page.html.j2").render(context), say)
    short = shelf.get_template("summary.html.j2").render(summary_context(results, context))
    drawn = {one.name: say(one.alone) for one in _flat(pictures) if one.alone}
    return Report(page, in_words(short, say), drawn, saver.files)


def write_report(result_dir: Path, report: Report | None = None) -> Path:
    """Write report.html, summary.html, figures/*.svg and data/*.csv into the folder.

    Parameters
    ----------
    result_dir : Path
        The folder that `poundflow compare --out` wrote.
    report : Report, optional
        What `read_report` gave of it, where that is at hand.

    Returns
    -------
    Path
        The page. The same folder gives the same bytes.

    Raises
    ------
    experiments.store.errors.FolderError
        When the folder holds no comparison, or a file of it cannot be read.
    """
    from experiments.report.saved import FOLDER
    from experiments.store.aside import write_aside

    report = report or read_report(result_dir)
    folder, data = result_dir / "figures", result_dir / FOLDER
    folder.mkdir(exist_ok=True)
    data.mkdir(exist_ok=True)
    for name, content in report.data.items():
        write_aside(data / name, content)
    for name, drawn in report.pictures.items():
        _write(folder / f"{name}.svg", drawn)
    _write(result_dir / SUMMARY, report.summary)
    page = result_dir / PAGE
    _write(page, report.page)
    return page
