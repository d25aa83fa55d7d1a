"""Take the pictures of `docs/pictures.md`: every page, and the report, as readers meet them.

    python -m tests.experiments.web.pictures --out docs/pictures --whole DIR

What the documents keep is small: the upper part of each page in few colours, and a sheet of all
pages narrow and dark. `--whole` keeps each picture as it was taken, to be looked at. `--answers`
names a finished comparison; without it, one of Tameside is made first.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PIL import Image

from experiments.cli.answers import answer
from experiments.web.settings import Settings
from experiments.web.workroom import Workroom
from tests.experiments.web.browser import DARK, DESK, Walker, launched
from tests.experiments.web.pictured import Stage, everything

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SHELVED = (
    "compare", "tameside", "--months", "24", "--replicates", "5", "--quiet",
    "--set", "compare.luck_replicates=2", "--set", "compare.twin_replicates=1",
)  # fmt: skip
FILES = {
    "report": "The report, one file that opens from the disk.",
    "summary": "The answer on one sheet.",
}
_COVER = Image.Quantize.MAXCOVERAGE
WIDE, TALL = 640, 900
"""Most pixels of a picture in the documents."""
COLOURS = 40
ACROSS, BIT = 10, (128, 320)
"""Pages in a row of a sheet, and the pixels that each has."""
PAGE = """# Pictures

What readers meet: every page and the report, each its upper part at 1280 pixels, then all of them
at 390 pixels, dark. Where data are made up, the caption says so; the answers are those of a short
run of Tameside. `python -m tests.experiments.web.pictures --out docs/pictures` makes them anew.

"""


def take(stage: Stage, browser: "Browser", folder: Path) -> None:
    """Take the pictures of a stage, wide and narrow."""
    for look in (DESK, DARK):
        walk = Walker(browser, stage.server)
        for shot in stage.shots:
            page = walk.open(shot.address, look, refused=shot.refused)
            if shot.act:
                shot.act(page)
            _keep(page, folder / f"{shot.name}-{look.width}.png", shot.since)
        walk.close()


def report(browser: "Browser", answers: Path, folder: Path) -> None:
    """Take the report and its summary from the disk: wide, narrow, and as they are printed."""
    for name in FILES:
        address = (answers / f"{name}.html").as_uri()
        for look in (DESK, DARK):
            page = browser.new_page(
                viewport={"width": look.width, "height": 900}, color_scheme=look.scheme
            )
            page.goto(address)
            _keep(page, folder / f"{name}-{look.width}.png")
            if look == DESK:
                page.emulate_media(media="print")
                _keep(page, folder / f"{name}-print-{look.width}.png")
            page.close()


def _keep(page: "Page", path: Path, since: str = "body") -> None:
    page.wait_for_load_state("load")
    top, tall, wide = page.evaluate(
        "since => [document.querySelector(since).getBoundingClientRect().top + scrollY,"
        " document.documentElement.scrollHeight, innerWidth]",
        since,
    )
    clip = {"x": 0, "y": top, "width": wide, "height": tall - top}
    page.screenshot(path=str(path), full_page=True, clip=clip)


def small(whole: Path, path: Path, *, grey: bool = False) -> None:
    """Keep the upper part of a picture, in few colours."""
    with Image.open(whole) as taken:
        upper = taken.convert("RGB").crop(
            (0, 0, taken.width, min(taken.height, TALL * taken.width // WIDE))
        )
    upper = upper.resize((WIDE, upper.height * WIDE // upper.width), Image.Resampling.BOX)
    if grey:
        upper = upper.convert("L").convert("RGB")
    upper.quantize(COLOURS, _COVER, dither=Image.Dither.NONE).save(path, optimize=True)


def sheet(wholes: list[Path], path: Path) -> None:
    """Lay the narrow pictures side by side, each its upper part."""
    wide, tall = BIT
    rows = -(-len(wholes) // ACROSS)
    laid = Image.new("RGB", (ACROSS * (wide + 4), rows * (tall + 4)), "#888888")
    for place, whole in enumerate(wholes):
        with Image.open(whole) as taken:
            upper = taken.convert("RGB").crop(
                (0, 0, taken.width, min(taken.height, tall * taken.width // wide))
            )
        upper = upper.resize((wide, upper.height * wide // upper.width), Image.Resampling.BOX)
        laid.paste(upper, (place % ACROSS * (wide + 4), place // ACROSS * (tall + 4)))
    laid.quantize(COLOURS, _COVER, dither=Image.Dither.NONE).save(path, optimize=True)


def written(says: dict[str, str], whole: Path, out: Path) -> None:
    """Write the small pictures and the page that shows them, each with what it says."""
    out.mkdir(parents=True, exist_ok=True)
    lines = [PAGE]
    for name, said in _all(says):
        small(whole / f"{name}-1280.png", out / f"{name}.png", grey=name.endswith("-print"))
        lines.append(f"![{said}]({out.name}/{name}.png)\n\n*{said}*\n\n")
    sheet([whole / f"{name}-390.png" for name in says], out / "narrow.png")
    said = f"All {len(says)} pages, 390 pixels wide and dark, in the order above."
    lines.append(f"![{said}]({out.name}/narrow.png)\n\n*{said}*\n")
    out.with_suffix(".md").write_text("".join(lines), "utf-8")


def _all(says: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, said in says.items():
        yield name, said
        if name in FILES:
            yield f"{name}-print", f"{said.rstrip('.')}, as it is printed in grey."


def main() -> None:
    """Take all pictures, and write what the documents keep of them."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--whole", type=Path)
    asked.add_argument("--answers", type=Path)
    told = asked.parse_args()
    says: dict[str, str] = {}
    with TemporaryDirectory() as made, launched() as browser:
        whole = told.whole or Path(made) / "whole"
        whole.mkdir(parents=True, exist_ok=True)
        answers = told.answers or Path(made) / "answers"
        if told.answers is None:
            assert answer([*SHELVED, "--out", str(answers)]) == 0
        workroom = Workroom(Settings(results=Path(made) / "results"))
        for stage in everything(workroom, browser, answers.resolve()):
            take(stage, browser, whole)
            says |= {shot.name: shot.says for shot in stage.shots}
        report(browser, answers.resolve(), whole)
        written(says | FILES, whole, told.out)


if __name__ == "__main__":
    main()
