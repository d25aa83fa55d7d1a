"""Every command of the documents does what it is shown for: it ends with code 0.

A block of shell is run as it stands, block after block of a page in one folder, which holds made-up
files of the names that the documents use. The comment before a block may say otherwise:

    <!-- run by soak: why -->    takes over a minute, so `make soak` runs it
    <!-- refused: why -->        shows a refusal: each command ends with code 2
    <!-- a miss: why -->         shows what was not reached: each command ends with code 1
    <!-- not run: why -->        cannot be run here; the reason is shown to whoever reads the source
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.command_files import ROOT, make

LONGEST = 300
"""Seconds that a command may take here before it is called stuck."""

LONGEST_OF_SOAK = 4 * 3600

MANY = ("fit_check", "lm3", "publish", "report", "sweeps")
"""Of many commands, most of which the officer's guide or the notebook give too: for the soak."""

BLOCK = re.compile(
    r"(?:^[ ]*<!-- (?P<note>[^>]*) -->\n+)?^(?P<margin>[ ]*)```sh\n(?P<text>.*?)^[ ]*```",
    re.MULTILINE | re.DOTALL,
)
CODES = {"refused: ": 2, "a miss: ": 1}
"""How the commands of a block end that is no success."""
NOTES = ("run by soak: ", "not run: ", *CODES)


class Block(NamedTuple):
    """A block of shell on a page, and what is said of it."""

    text: str
    note: str

    @property
    def quick(self) -> bool:
        """Whether it is run here."""
        return not self.note or self.code > 0

    @property
    def code(self) -> int:
        """How each of its commands ends."""
        return next((code for note, code in CODES.items() if self.note.startswith(note)), 0)

    @property
    def run(self) -> bool:
        """Whether it is run at all."""
        return not self.note.startswith("not run")


def pages() -> list[Path]:
    """Every page that a reader may copy commands from."""
    made = ROOT / "docs" / "reference" / "made"
    return [
        page
        for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md"))
        if made not in page.parents and blocks(page)
    ]


def blocks(page: Path) -> list[Block]:
    """The blocks of shell of a page, in order."""
    found = BLOCK.finditer(page.read_text("utf-8"))
    return [
        Block(re.sub(f"^{one['margin']}", "", one["text"], flags=re.M), one["note"] or "")
        for one in found
    ]


def commands(page: Path) -> list[str]:
    """The commands of a page that are run here, in order, each with how it ends."""
    return [
        f"{command} ({one.code})"
        for one in blocks(page) if one.quick for command in split(one)
    ]  # fmt: skip


def split(block: Block) -> list[str]:
    """The commands of a block; one may go over several lines."""
    return re.split(r"(?<!\\)\n", block.text.strip())


def is_told_elsewhere(page: Path) -> bool:
    """Whether another page gives all of a page's commands and more, in the same order."""
    ours = commands(page)
    for other in PAGES:
        theirs = iter(commands(other))
        if len(commands(other)) > len(ours) and all(one in theirs for one in ours):
            return True
    return False


PAGES = sorted(pages())
QUICK = [page for page in PAGES if commands(page) and not is_told_elsewhere(page)]
SLOW = [page for page in PAGES if any(one.run and not one.quick for one in blocks(page))]


def run(page: Path, folder: Path, chosen: list[Block], seconds: int) -> None:
    """Run blocks of a page, one after the other, in a folder with everything they name."""
    make(folder)
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "NO_COLOR": "1",
    }
    for block in chosen:
        for command in split(block):
            done = subprocess.run(
                ["bash", "-c", command], cwd=folder, env=environment, timeout=seconds,
                capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
            )  # fmt: skip
            told = f"{page.name}: {command}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
            assert done.returncode == block.code, told


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_is_said_of_a_block_is_understood(page: Path) -> None:
    """A block is run, or the comment before it says who runs it, or why nobody can."""
    notes = [one.note for one in blocks(page) if one.note]

    assert not [note for note in notes if not note.startswith(NOTES)]
    assert all(len(note.partition(": ")[2]) > 3 for note in notes)


@pytest.mark.long
@pytest.mark.parametrize(
    "page",
    [pytest.param(one, marks=pytest.mark.soak) if one.stem in MANY else one for one in QUICK],
    ids=lambda page: page.stem,
)
def test_the_commands_of_a_page_work(page: Path, tmp_path: Path) -> None:
    """Those that take less than a minute each, as a reader would copy them.

    What another page gives too, and in the same order, is not run a second time.
    """
    run(page, tmp_path, [one for one in blocks(page) if one.quick], LONGEST)


@pytest.mark.soak
@pytest.mark.parametrize("page", SLOW, ids=lambda page: page.stem)
def test_the_slow_commands_of_a_page_work(page: Path, tmp_path: Path) -> None:
    """All of a page's commands, those that take long among them."""
    run(page, tmp_path, [one for one in blocks(page) if one.run], LONGEST_OF_SOAK)
