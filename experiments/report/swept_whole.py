"""All that a sweep answers as one page: what was swept, then a section for each question."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.report.swept import Answer, Known, many, number_told
from experiments.report.tables import Grid

if TYPE_CHECKING:
    from experiments.store.relations import Store
    from experiments.store.standing import Standing

TITLES: Mapping[str, str] = {
    "compare": "How the policies differ",
    "sensitivity": "Which assumptions the answer hangs on",
    "robustness": "Which policy to choose where nobody knows the future",
    "discovery": "In which region of the assumptions a policy fails",
    "pareto": "Which policies no other one beats on every count",
}
"""Each question where there is no answer to name it."""
WANTED: Mapping[str, str] = {
    "compare": "A plan whose policies are the baseline and one more at least, and a run of each "
    "that is finished.",
    "sensitivity": 'A plan whose [design] has kind = "morris", or kind = "sobol" with more points; '
    "and two replicates or more, to tell what is luck.",
    "robustness": "Any plan, with all policies of a future finished in all its replicates, and a "
    "measure that has a better way.",
    "discovery": 'A plan whose [design] varies assumptions, such as kind = "latin_hypercube" with '
    'names = "all" and a few hundred points.',
    "pareto": "A plan whose [keep] holds two measures at least that have a better way, such as "
    "quality and unmet_need.",
}
"""What plan would answer it."""
MORE: Mapping[str, str] = {
    "compare": "poundflow analyse DIR compare --measure NAME --half-width X",
    "sensitivity": "poundflow analyse DIR sensitivity --measure NAME --policy NAME",
    "robustness": "poundflow analyse DIR robustness --measure NAME --threshold X",
    "discovery": "poundflow analyse DIR discovery --policy NAME --find better",
    "pareto": "poundflow analyse DIR pareto --measure NAME --measure NAME",
}
"""How to ask on, of the same folder."""


@dataclass(frozen=True, slots=True)
class Account:
    """What was swept, and how far it is.

    Attributes
    ----------
    label : mapping
        `manifest.json`.
    standing : Standing
        Runs done, failed and missing, of the whole folder.
    plan_text : str
        The plan as given.
    kind : str
        Of its design.
    places : tuple of str
        Those that the answers are of.
    baseline : str
        What differences are taken from.
    ranges : sequence of (str, float, float, int)
        Each assumption that is varied: name, lowest, highest, and how many values.
    """

    label: Mapping[str, Any]
    standing: "Standing"
    plan_text: str
    kind: str
    places: tuple[str, ...]
    baseline: str
    ranges: Sequence[tuple[str, float, float, int]]

    @property
    def name(self) -> str:
        """Of the sweep."""
        return str(self.label["name"])

    @property
    def document(self) -> dict[str, Any]:
        """The same as plain data."""
        told = ("places", "policies", "points", "replicates", "seed", "paired", "plan_sha256",
                "code", "packages", "versions", "status", "started", "finished")  # fmt: skip
        counted = ("planned", "done", "failed", "under_way", "missing", "tries")
        return {
            **{key: self.label.get(key) for key in told},
            "design": self.kind,
            "scenarios": [
                {key: value for key, value in one.items() if key != "text"}
                for one in self.label["scenarios"]
            ],
            "assumptions": [
                {"name": name, "low": low, "high": high, "values": values}
                for name, low, high, values in self.ranges
            ],
            "runs": {key: getattr(self.standing, key) for key in counted},
            "failures": [
                {"status": one.status, "error": one.error, "runs": one.runs}
                for one in self.standing.failures
            ],
        }


@dataclass(frozen=True, slots=True)
class Section:
    """One question on the page: its answer, or why there is none."""

    kind: str
    answer: Answer | None
    refused: str

    @property
    def title(self) -> str:
        """The answer's, else the question's."""
        return self.answer.title if self.answer else TITLES[self.kind]

    @property
    def wanted(self) -> str:
        """What plan would answer it."""
        return WANTED[self.kind]

    @property
    def more(self) -> str:
        """The command that asks on."""
        return MORE[self.kind]


def account_of(store: "Store", places: tuple[str, ...], baseline: str) -> Account:
    """Tell what a sweep is.

    Parameters
    ----------
    store : Store
        Opened.
    places : tuple of str
        Those that are asked of.
    baseline : str
        What differences are taken from.
    """
    from experiments.design.sweep import sweep_from_text
    from experiments.store.standing import standing
    from experiments.store.sweep_tables import PLAN_FILE

    file = store.path / PLAN_FILE
    text = file.read_text(encoding="utf-8")
    ranges = store.sql(
        "SELECT name, min(value), max(value), count(DISTINCT value) FROM design "
        "GROUP BY name ORDER BY name"
    ).fetchall()
    kind = sweep_from_text(text, PLAN_FILE).require().design.kind
    return Account(store.label, standing(store.path), text, kind, places, baseline, ranges)


def write_whole(
    account: Account, sections: Sequence[Section], path: Path, say: Callable[[str], str]
) -> None:
    """Write the page; it holds everything, no script and no address to fetch.

    Parameters
    ----------
    account : Account
        What was swept.
    sections : sequence of Section
        In their order.
    path : Path
        The file; written whole or not at all.
    say : callable
        Says a text in the money and words of the places; what is in the words of a file is kept.
    """
    from experiments.report.page import in_words, templates, theme
    from experiments.runner.replicate import all_entries
    from experiments.store.aside import write_aside

    known = {name: Known(one.what, one.unit) for name, one in all_entries().items()}
    label = account.label
    text = templates().get_template("swept_whole.html.j2").render(
        account=account,
        facts=_facts(account),
        standing=_standing(account),
        grids=_grids(account, known),
        texts=list(dict.fromkeys((one["scenario"], one["text"]) for one in label["scenarios"])),
        versions=list(label["versions"].items()),
        sections=sections,
        theme=theme(),
    )  # fmt: skip
    write_aside(path, in_words(text, say).encode())


def _facts(account: Account) -> list[tuple[str, str]]:
    label, found = account.label, account.standing
    gone = [
        (name, f"{count:,}")
        for name, count in (
            ("Runs failed", found.failed),
            ("Runs under way", found.under_way),
            ("Runs missing", found.missing),
        )
    ]
    return [
        ("Places", ", ".join(account.places)),
        ("Policies", f"{len(label['policies']):,}"),
        ("Points of the design", f"{label['points']:,} ({account.kind})"),
        ("Replicates of each", f"{label['replicates']:,}"),
        ("Runs finished", f"{found.done:,} of {found.planned:,}"),
        *[(name, count) for name, count in gone if count != "0"],
    ]


def _standing(account: Account) -> list[str]:
    """What a reader has to know of runs that are not there; empty where all are."""
    found = account.standing
    said = []
    if found.missing or found.under_way:
        lacking = found.missing + found.under_way
        said.append(
            f"The sweep is not complete: {many(lacking, 'run')} not lived yet. Each answer tells "
            "what it left out; the same sweep command lives the rest."
        )
    if found.failed:
        said.append(f"{many(found.failed, 'run')} failed, and no answer counts what hangs on them.")
    return said


def _grids(account: Account, known: Mapping[str, Known]) -> list[Grid]:
    label = account.label
    places = [
        [one["place"], one["scenario"], f"{one['months']:,}", one["sha256"][:12]]
        for one in label["scenarios"]
        if one["place"] in account.places
    ]
    policies = [
        [name, "baseline" if name == account.baseline else f"compared with {account.baseline}"]
        for name in label["policies"]
    ]
    ranges = [
        [
            name,
            number_told(name, low, known),
            number_told(name, high, known),
            f"{values:,}",
            known[name].what if name in known else "",
        ]
        for name, low, high, values in account.ranges
    ]
    failures = [[one.status, f"{one.runs:,}", one.error or ""] for one in account.standing.failures]
    grids = [
        Grid("Places", ["Place", "Scenario", "Months", "Hash of the scenario"], places),
        Grid("Policies", ["Policy", "Part"], policies),
        Grid(
            "Assumptions that the design varies",
            ["Assumption", "Lowest", "Highest", "Values", "What it is"],
            ranges,
        ),
        Grid("Runs that failed, by reason", ["How", "Runs", "Why"], failures),
    ]
    return [grid for grid in grids if grid.rows]
