"""What a user meets at the door: mistakes told once, where they stand, with advice that works."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from experiments.cli import entry
from experiments.cli.tables import _at_risk, _local_preference
from scenarios import shelf
from scenarios.tables import HOME, country
from tests.experiments.pressed import ROOT, SLOWEST, comparing, on_unix
from tests.experiments.said import Poundflow

MIX = """
[policies.local-mix]
regime = "price_quality"
rules = [
    { regime = "lowest_price", to_value = 50_000 },
    { regime = "social_value", to_value = 20_000, categories = ["homecare"] },
    { regime = "social_value", from = { year = 2090, month = 4 } },
    { regime = "social_value", until = { year = 1999, month = 4 } },
    { regime = "social_value", from_value = 50_000_000 },
    { regime = "lowest_price", categories = ["homecare"], until = { year = 2020, month = 3 } },
    { regime = "social_value", categories = ["homecare"] },
    { regime = "social_value", categories = ["homecare", "ict"] },
    { regime = "lowest_price", categories = ["ict", "homecare"], from_value = 60_000 },
]
"""


def test_rules_that_never_decide_are_told_with_their_lines(
    poundflow: Poundflow, tmp_path: Path
) -> None:
    """Taken by an earlier one, too late, too early, too dear; the others are not named."""
    text = shelf.find("village").read_text("utf-8")
    mixed = tmp_path / "mixed.toml"
    mixed.write_text(text + MIX)
    first = len(text.splitlines()) + 5

    said = poundflow("check", mixed)

    assert said.code == 0, said.err
    notes = [line for line in said.out.splitlines() if line.startswith("note: ")]
    named = [
        (1, "goes by rules.0 above it"),
        (2, "from 2090-04 on, after the last month; wanted a month by 2021-03"),
        (3, "until 1999-04, before the story opens"),
        (4, "more than any contract for it can come to; wanted at most GBP 540,000"),
        (8, "goes by rules.6, rules.7 above it"),
    ]
    assert len(notes) == len(named), notes
    for note, (k, words) in zip(notes, named, strict=True):
        assert f"mixed.toml:{first + k}:5: policies.local-mix.rules.{k}: " in note
        assert words in note
    assert "nothing wrong found" in said.out


def test_parts_of_a_lot_or_a_member_are_refused(poundflow: Poundflow) -> None:
    """A count of things or months is whole; what may be parted may still be."""
    said = poundflow(
        "check", "village",
        "--set", 'policies.a={regime="reserved_local", parameters={lots=2.5}}',
        "--set", "assumptions.alliance.providers=3.5",
        "--set", "assumptions.finance.overdraft_months=1.5",
        "--set", "assumptions.cooperative_membership.most_members=12.0",
    )  # fmt: skip

    assert said.code == 2
    assert "policies.a.parameters.lots: found 2.5; wanted a whole number [lots]" in said.err
    assert "found 3.5; wanted a whole number [providers]" in said.err
    assert "2 faults" in said.err


def test_a_member_of_a_list_that_is_empty_is_one_fault(poundflow: Poundflow) -> None:
    """The list is not half made on the way to it."""
    said = poundflow("check", "village", "--set", "shocks.0.month=3")

    assert said.code == 2
    assert said.err.splitlines() == [
        "--set shocks.0.month=3: shocks.0: found `0`; wanted a member of `shocks`, which is "
        "empty. Write the list whole, as --set 'shocks=[{...}]'."
    ]


def test_a_refusal_by_law_names_what_somebody_buys(poundflow: Poundflow) -> None:
    """The village buys no agency staff, which stands first in the list of categories."""
    said = poundflow(
        "check", "village", "--set", "counterfactual=false",
        "--set", 'compare.regimes=["price_quality","reserved_local"]',
    )  # fmt: skip

    assert said.code == 2
    assert "`reserved_local` for building_maintenance: no legal route in 2019-04" in said.err


def test_a_group_of_the_register_is_listed_with_or_without_its_dot(poundflow: Poundflow) -> None:
    """A name cut short leads to its group; a strange one to the nearest."""
    dotted, bare = poundflow("assumptions", "pillars."), poundflow("assumptions", "pillars")
    strange = poundflow("assumptions", "pillarz.")

    assert (dotted.code, bare.code, strange.code) == (0, 0, 2)
    assert dotted.out == bare.out
    assert "pillars.years_purchase" in dotted.out
    assert "Did you mean `pillars`?" in strange.err


@pytest.mark.compiled
def test_the_advice_on_a_broken_label_works(poundflow: Poundflow, tmp_path: Path) -> None:
    """Without its label a folder is of no use: it is to be emptied, and then is filled anew."""
    asked = (
        "compare", "village", "--months", "1", "--replicates", "1", "--workers", "1", "--fixed",
        "--regimes", "price_quality", "--set", "compare.twin_replicates=0", "--quiet",
        "--out", tmp_path / "out",
    )  # fmt: skip
    poundflow(*asked)
    label = tmp_path / "out" / "manifest.json"
    label.write_text("{")

    said = poundflow(*asked)
    (tmp_path / "out").rename(tmp_path / "elsewhere")
    again = poundflow(*asked)

    assert said.code == 2
    assert "give another folder, or empty this one and give the same command again" in said.err
    assert again.code == 0
    assert label.is_file()


def preference(prefers: float | None, nothing: float | None, n: int) -> dict[str, Any]:
    """A summary that says so much of local preference."""
    row = {
        "regime": None, "tier": "district", "prefers_local": prefers, "gains_nothing": nothing,
        "n": n, "why": None,
    }  # fmt: skip
    return {"baseline": "price_quality", "local_preference": [row]}


def test_money_in_firms_that_staff_bought_is_told_apart() -> None:
    """A line for enterprises that councils founded and one for firms that staff bought."""
    line = {"regime": "builder", "paid_out": 5_000.0, "repaid": 400.0, "written_off": 100.0}
    bought = [{**line, "firms": "converted"}, {**line, "firms": "converted"}]
    founded = {**line, "firms": "founded", "paid_out": 700.0}
    regimes = ["price_quality", "builder"]

    told = _at_risk({"regimes": regimes, "capital": [*bought, founded]}, country(HOME))

    assert told == [
        "Lent to enterprises that councils founded, or paid for shares in them: "
        "builder £700, of which £400 came back and £100 was lost.",
        "Lent to firms that staff bought, or paid for shares in them: "
        "builder £10,000, of which £800 came back and £200 was lost.",
    ]
    assert _at_risk({"regimes": regimes, "capital": []}, country(HOME)) == []


def test_local_preference_is_told_in_counts() -> None:
    """Of how many futures, what was done in them, and in how many it paid."""
    (told,) = _local_preference(preference(0.8, 0.25, 10))
    (never,) = _local_preference(preference(0.0, None, 10))
    (unknown,) = _local_preference(preference(None, None, 0))

    assert told == (
        "Does buying more locally pay? In 8 of 10 futures some way of buying placed a larger share "
        "of the spending with suppliers in the district than price_quality. With what neighbours "
        "lose and what services cost counted, residents were better off by one of these in 6 of "
        "the 8, by none in 2."
    )
    assert "Not to be told: in none of 10 futures did a way of buying place a larger" in never
    assert "it is undefined in every future" in unknown


def test_only_the_first_press_stops_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that follow leave the tidying up alone, until the user has had enough."""
    before, left = signal.getsignal(signal.SIGINT), []
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    monkeypatch.setattr(os, "_exit", left.append)
    try:
        entry.stop_once()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        for _ in range(entry.PATIENCE - 1):
            signal.raise_signal(signal.SIGINT)
        assert left == []
        signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)

    assert left == [130]


def test_a_press_amid_code_made_of_strings_ends_with_our_code(tmp_path: Path) -> None:
    """Python itself would end by the signal, since it left a string, though it was caught."""
    (tmp_path / "pressed_inside.py").write_text(
        "from experiments.cli import answers, entry\n"
        "def answer(words):\n"
        "    try:\n"
        "        exec('raise KeyboardInterrupt')\n"
        "    except KeyboardInterrupt:\n"
        "        return 130\n"
        "answers.answer = answer\n"
        "entry.main()\n"
    )
    paths = os.pathsep.join([str(ROOT), str(tmp_path)])

    ended = subprocess.run(
        [sys.executable, "-m", "pressed_inside"], cwd=tmp_path, check=False,
        env={**os.environ, "PYTHONPATH": paths},
    )  # fmt: skip

    assert ended.returncode == 130


@on_unix
@pytest.mark.compiled
@pytest.mark.long
@pytest.mark.parametrize("moment", ["manifest.json", "parts/future-*", "parts/*3*"])
def test_a_repeated_press_prints_no_traceback(tmp_path: Path, moment: str) -> None:
    """Whenever it comes, to the command and to its workers alike: begun, the first part, later."""
    running = comparing(tmp_path / "out", moment, 12)
    for _ in range(3):
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGINT)
        time.sleep(0.1)

    said, _ = running.communicate(timeout=SLOWEST)

    assert running.returncode == 130
    assert "Traceback" not in said
    assert "stopped." in said
