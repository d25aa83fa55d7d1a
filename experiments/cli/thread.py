"""`poundflow thread`: one award of a run, from mission to decision, as the books tell it."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.table import Table

from experiments.analysis.thread import TABLES, thread_of
from experiments.cli import screen
from experiments.store.errors import FolderError
from experiments.store.manifest import read_manifest
from scenarios.errors import ExitCode
from scenarios.tables import symbol_of


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
        count = int(books.tables["arrangements"]["arrangement"].size)
        told = {"awards": [thread_of(books, manifest, one) for one in range(count)]}
    else:
        told = thread_of(books, manifest, award)
    if as_json:
        screen.stdout().file.write(json.dumps(told, indent=2, allow_nan=False) + "\n")
    elif award is None:
        _print_awards(told["awards"])
    else:
        _print_thread(told, str(manifest.get("title", "")))
    return ExitCode.DONE


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
            _money(one["value_pence"], one["currency"]),
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
    tender = told["tender"]
    if tender is None:
        console.print("No procedure is on the books: none was held, or it is older than they are.")
        return
    if tender["led_by"] != told["buyer"] or tender["value_pence"] != told["value_pence"]:
        whole = _money(tender["value_pence"], told["currency"])
        console.print(f"Let jointly: {whole} in all, led by {_named(tender['led_by'])}.")
    for line in _procedure(tender, told["currency"]):
        console.print(line, markup=False)
    if tender["bids"]:
        console.print(_bids(tender, told["currency"]))


def _facts(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    term, unit = told["term"], told["currency"]
    policy = f"policy {told['policy']}" + ("" if told["treated"] else ", the baseline")
    value = told["social_value_pence"]
    claimed, verified, delivered = (
        _money(value[key], unit) for key in ("claimed", "verified", "delivered")
    )
    facts = [
        ("bought by", f"{told['regime']} as a {_words(told['form'])} ({policy})"),
        ("buyer", _named(told["buyer"])),
        *(("supplier", f"{_named(one)}: {_described(one)}") for one in _suppliers(told)),
        ("term", f"{term['first']} to {term['last']} ({term['months']} months)"),
        ("value", f"{_money(told['value_pence'], unit)} at the opening price"),
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
    months = f"{one['months']} months" if one["months"] != 1 else "1 month"
    return f"{_money(one['pence'], unit)} to {_named(one['supplier'])} in {months}"


def _procedure(tender: Mapping[str, Any], unit: str) -> list[str]:
    many = len(tender["bids"])
    said = [
        f"Procedure {tender['tender']} of {tender['date']}, for {tender['area']}: "
        f"{tender['could_serve']} could serve, {many} bid. Money for {tender['months']} months.",
        f"It cost the buyer {_money(tender['buyer_cost_pence'], unit)} and bidders "
        f"{_money(tender['bidder_cost_pence'], unit)}."
        + (" It was challenged in court." if tender["challenged"] else ""),
    ]
    if tender["cheapest_true_cost_pence"] is not None:
        cost = _money(tender["cheapest_true_cost_pence"], unit)
        said.append(f"The cheapest firm able to serve would have spent {cost}, as no buyer knows.")
    return said


def _bids(tender: Mapping[str, Any], unit: str) -> Table:
    table = Table("bidder", "who that is", title="Bids, the winning first", title_justify="left")
    for column in ("price", "quality", "social value claimed", "marks"):
        table.add_column(column, justify="right")
    table.add_column("won")
    for one in tender["bids"]:
        table.add_row(
            _named(one["bidder"]), _described(one["bidder"]), _money(one["price_pence"], unit),
            f"{one['quality']:.3f}", _money(one["claimed_pence"], unit), f"{one['marks']:.4f}",
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


def _money(pence: int, unit: str) -> str:
    """Write pence to the penny: an auditor adds them up."""
    sign = symbol_of(unit) or f"{unit} "
    return f"{'-' if pence < 0 else ''}{sign}{abs(pence) // 100:,}.{abs(pence) % 100:02d}"


def _words(name: str) -> str:
    return name.replace("_", " ")
