"""`poundflow thread`: one award of a run, from mission to decision, as the books tell it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.table import Table

from experiments.analysis.thread import TABLES, thread_of, threads_of
from experiments.cli import screen
from experiments.cli.appraisal import print_appraisal
from experiments.cli.wording import money
from experiments.store.errors import BrokenFileError, FolderError
from experiments.store.manifest import read_manifest
from scenarios.errors import ExitCode

FEW = 3
"""Who took part in a settlement is named up to this number."""


class NoRunError(FolderError):
    """Raised for a folder that `poundflow run` did not fill."""

    def __init__(self, folder: Path, found: str) -> None:
        super().__init__(
            f"{folder}: found {found}; wanted the folder of one run. "
            "Make one with poundflow run SCENARIO --regime NAME --out DIR."
        )
        self.folder = folder
        self.found = found


def thread_command(folder: Path, award: int | None, *, as_json: bool) -> int:
    """Print the thread of one award; without one, what awards there are.

    Raises
    ------
    FolderError, BooksFileError or UnknownAwardError
        Where there is no such run, or no such award in it.
    """
    manifest = manifest_of_run(folder)
    from simulation.accounting.books_io import read_books

    books = read_books(folder, TABLES)
    lacking = [name for name in TABLES if name not in books.tables]
    if lacking:
        raise NoRunError(folder, f"books without the table {lacking[0]}")
    told: dict[str, Any]
    if award is None:
        told = {"awards": threads_of(books, manifest)}
    else:
        told = thread_of(books, manifest, award, _decisions(folder))
    if as_json:
        screen.print_document(told)
    elif award is None:
        _print_awards(told["awards"])
    else:
        _print_thread(told, str(manifest.get("title", "")))
    return ExitCode.DONE


def _decisions(folder: Path) -> Iterator[Mapping[str, Any]] | None:
    """Read the decisions of a run's journal, line by line; None where none was kept."""
    path = folder / "journal" / "decisions.jsonl"
    if not path.is_file():
        return None
    return _lines(path)


def _lines(path: Path) -> Iterator[Mapping[str, Any]]:
    """Yield the lines that name an award; hires, pay and prices name none."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            if '"arrangement"' in line:
                try:
                    yield json.loads(line)
                except ValueError as fault:
                    raise BrokenFileError(path, str(fault)) from fault


def _print_awards(awards: Sequence[Mapping[str, Any]]) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0))
    for head in ("award", "category", "buyer", "bought by", "term", "value"):
        table.add_column(head, justify="right" if head in ("award", "value") else "left")
    for one in awards:
        table.add_row(
            str(one["award"]),
            _words(one["category"]),
            _named(one["buyer"]),
            one["regime"],
            f"{one['term']['first']} to {one['term']['last']}",
            money(one["value_pence"], one["currency"]),
        )
    screen.stdout().print(table)


def manifest_of_run(folder: Path) -> Mapping[str, Any]:
    """Return the label of the folder of one run.

    Raises
    ------
    NoRunError
        Where it is no such folder, or its run is not whole.
    """
    if not folder.is_dir():
        raise NoRunError(folder, "a file" if folder.exists() else "no such folder")
    manifest = read_manifest(folder)
    if manifest is None:
        raise NoRunError(folder, "no manifest.json of poundflow")
    if manifest.get("command") != "run":
        said = f"the results of `poundflow {manifest.get('command')}`, which keep no books of a run"
        raise NoRunError(folder, said)
    if manifest.get("status") != "finished":
        raise NoRunError(folder, f"a run that is {manifest.get('status')}")
    return manifest


def _print_thread(told: Mapping[str, Any], title: str) -> None:
    console = screen.stdout()
    console.print(f"Award {told['award']}: {_words(told['category'])}, {title}", markup=False)
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column()
    for key, said in (*told["thread"].items(), *_facts(told)):
        table.add_row(key, said)
    console.print(table)
    if told["appraisal"] is not None:
        print_appraisal(told["appraisal"], told["currency"])
    if told["course"] is not None:
        for line in _course(told["course"], told["currency"]):
            console.print(line, markup=False)
    elif len(_suppliers(told)) > 1:
        console.print(
            "Who joined and left, and what was reviewed and settled, is told where the run kept "
            "its journal: poundflow run ... --journal."
        )
    tender = told["tender"]
    if tender is None:
        console.print("No procedure is on the books: none was held, or it is older than they are.")
        return
    whole = money(tender["value_pence"], told["currency"])
    if tender["led_by"] != told["buyer"] or tender["value_pence"] > told["value_pence"]:
        console.print(f"Let jointly: {whole} in all, led by {_named(tender['led_by'])}.")
    elif tender["value_pence"] < told["value_pence"]:
        console.print(f"The procedure was for {whole}; other lots have joined since.")
    for line in _procedure(tender, told["currency"]):
        console.print(line, markup=False)
    if tender["bids"]:
        console.print(_bids(tender, told["currency"]))


def _facts(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    term, unit = told["term"], told["currency"]
    policy = f"policy {told['policy']}" + ("" if told["treated"] else ", the baseline")
    value = told["social_value_pence"]
    claimed, verified, delivered = (
        money(value[key], unit) for key in ("claimed", "verified", "delivered")
    )
    facts = [
        ("bought by", f"{told['regime']} as {_one(told['form'])} ({policy})"),
        ("buyer", _named(told["buyer"])),
        *(("supplier", f"{_named(one)}: {_described(one)}") for one in _suppliers(told)),
        ("term", f"{term['first']} to {term['last']} ({term['months']} months)"),
        ("value", f"{money(told['value_pence'], unit)} at the opening price"),
        *(("paid", _payment(one, unit)) for one in told["paid"]),
        (
            "social value",
            f"claimed {claimed}, verified {verified}, delivered {delivered}; until "
            f"{told['told_until']}",
        ),
    ]
    if not told["paid"]:
        facts.insert(-1, ("paid", f"nothing by {told['told_until']}"))
    return facts


def _suppliers(told: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Who was awarded work and who was paid for it, each once."""
    everyone = [*told["suppliers"], *(one["supplier"] for one in told["paid"])]
    return list({one["party"]: one for one in everyone}.values())


def _payment(one: Mapping[str, Any], unit: str) -> str:
    many = one["months"]
    when = f"{many} months, {one['first']} to {one['last']}" if many != 1 else one["first"]
    return f"{money(one['pence'], unit)} to {_named(one['supplier'])} in {when}"


def _course(course: Mapping[str, Any], unit: str) -> list[str]:
    """Say who served when, who came and went, and what was settled."""
    said = []
    for one in course["served"] if len(course["served"]) > 1 else ():
        notes = [word for word, key in (("joined later", "joined"), ("left", "left")) if one[key]]
        noted = f" ({', '.join(notes)})" if notes else ""
        said.append(f"{_named(one['supplier'])} served {one['first']} to {one['last']}{noted}.")
    for one in course["settled"]:
        moved = money(one["pence"], unit)
        share = f", {money(one['pence_of_buyer'], unit)} of it by the buyer"
        when = f"in {one['months']} months"
        if one["dates"]:
            when = ", ".join(one["dates"])
        by = ""
        if one["by"] and len(one["by"]) <= FEW:
            by = f"; with {', '.join(_named(party) for party in one['by'])}"
        said.append(f"{one['reason'].capitalize()}: {when}; {moved}{share}{by}.")
    return said


def _procedure(tender: Mapping[str, Any], unit: str) -> list[str]:
    many, able = len(tender["bids"]), tender["could_serve"]
    small = ", the enterprise by its guarantee" if many > able else ""
    said = [
        f"Procedure {tender['tender']} of {tender['date']}, for {tender['area']}: "
        f"{able} could serve as asked, {many} bid{small}. "
        f"Money for {tender['months']} months.",
        f"It cost the buyer {money(tender['buyer_cost_pence'], unit)} and bidders "
        f"{money(tender['bidder_cost_pence'], unit)}."
        + (" It was challenged in court." if tender["challenged"] else ""),
    ]
    if tender["cheapest_true_cost_pence"] is not None:
        cost = money(tender["cheapest_true_cost_pence"], unit)
        said.append(f"The cheapest firm able to serve would have spent {cost}, as no buyer knows.")
    return said


def _bids(tender: Mapping[str, Any], unit: str) -> Table:
    table = Table("bidder", "who that is", title="Bids, the winning first", title_justify="left")
    for column in ("price", "quality", "social value claimed", "marks"):
        table.add_column(column, justify="right")
    table.add_column("won")
    for one in tender["bids"]:
        table.add_row(
            _named(one["bidder"]), _described(one["bidder"]), money(one["price_pence"], unit),
            f"{one['quality']:.3f}", money(one["claimed_pence"], unit), f"{one['marks']:.4f}",
            "yes" if one["won"] else "",
        )  # fmt: skip
    return table


def _named(party: Mapping[str, Any]) -> str:
    kind = "account" if party["size"] == "none" else "firm"
    made = f"{_words(party['sector'] or party['institution'])} {kind}"
    return f"{party['name'] or made} (party {party['party']})"


def _described(party: Mapping[str, Any]) -> str:
    trade = f"{_words(party['sector'])}, " if party["name"] and party["sector"] else ""
    size = "stands for many" if party["size"] == "none" else party["size"]
    owner = f"{_words(party['owner'])} owner in {party['owner_in']}"
    return f"{trade}{size}, based in {party['based_in']}, {owner}"


def _one(form: str) -> str:
    """Write a form with its article: a contract, an alliance, an enterprise."""
    return f"{'an' if form[0] in 'aeiou' else 'a'} {_words(form)}"


def _words(name: str) -> str:
    return name.replace("_", " ")
