"""A place and its neighbours as tiles that lie about as they do on a map, each with its number.

Every area is a tile of one size, moved to a free cell of a grid as near to its centre as there is
one, so small and large areas are equally easy to read. Shades are steps of one colour for more and
one for less; hatches tell the two apart on grey paper, and the number on the tile is the value.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from experiments.figures.palette import INK, LEAVES, PAPER, QUIET, RULE, STAYS
from experiments.figures.svg import SMALL, WIDTH, blank, house_style, shorten

_TILE = (85.0, 62.0)
_GAP = 4.0
_COLUMNS = 4
_KEY = 64.0
_LETTERS = 13


@dataclass(frozen=True)
class Tile:
    """One area.

    Parameters
    ----------
    label, said : str
        Its name, and its value in words.
    value : float or None
        What its colour shows; None where not known.
    clear : bool
        Whether the value is clearly not nought: only then has the tile a hatch.
    at : (float, float) or None
        Its centre, east and north [km]; None where the layout is by order alone.
    focus : bool
        Whether it is the place itself, which has a thick edge.
    """

    label: str
    said: str
    value: float | None
    clear: bool
    at: tuple[float, float] | None
    focus: bool = False


def cells(tiles: Sequence[Tile]) -> list[tuple[int, int]]:
    """Give each tile a column and a row of its own, as near to where it lies as there is room.

    Parameters
    ----------
    tiles : sequence of Tile
        All with a centre, or else laid out in their order.

    Returns
    -------
    list of (int, int)
        Columns from the west, rows from the north, both from 0; no two alike.
    """
    if not tiles:
        return []
    points = [tile.at for tile in tiles if tile.at is not None]
    if len(points) < len(tiles):
        return [(k % _COLUMNS, k // _COLUMNS) for k in range(len(tiles))]
    columns = _across(len(tiles))
    rows = -(-len(tiles) // columns)
    east, north = [x for x, _ in points], [y for _, y in points]
    wide, tall = (max(east) - min(east)) or 1.0, (max(north) - min(north)) or 1.0
    wanted = [
        ((x - min(east)) / wide * (columns - 1), (max(north) - y) / tall * (rows - 1))
        for x, y in points
    ]
    free = {(column, row) for column in range(columns) for row in range(rows)}
    found: dict[int, tuple[int, int]] = {}
    first = sorted(range(len(tiles)), key=lambda k: (not tiles[k].focus, wanted[k], k))
    for k in first:
        x, y = wanted[k]
        cell = min(free, key=lambda one: (hypot(one[0] - x, one[1] - y), one))
        free.remove(cell)
        found[k] = cell
    return [found[k] for k in range(len(tiles))]


def _across(many: int) -> int:
    """Columns for so many tiles: about as wide as tall, and as many as there is room for."""
    return next((n for n in range(1, _COLUMNS) if n * n >= many), _COLUMNS)


def tiles_figure(tiles: Sequence[Tile], more: str, less: str) -> Figure:
    """Draw the tiles, and what their hatches say.

    Parameters
    ----------
    tiles : sequence of Tile
        At least one.
    more, less : str
        What a value above and below nought means, for the key.

    Returns
    -------
    Figure
        360 pixels wide; its height follows the rows.
    """
    placed = cells(tiles)
    wide, tall = _TILE
    rows = max(row for _, row in placed) + 1
    left = (WIDTH - (max(column for column, _ in placed) + 1) * (wide + _GAP) + _GAP) / 2
    with house_style():
        figure, page = blank(rows * (tall + _GAP) + _KEY)
        for tile, (column, row) in zip(tiles, placed, strict=True):
            _draw(page, tile, (left + column * (wide + _GAP), 2 + row * (tall + _GAP)))
        _key(page, rows * (tall + _GAP) + 14, more, less)
        return figure


def _draw(page: Axes, tile: Tile, corner: tuple[float, float]) -> None:
    (x, y), (wide, tall) = corner, _TILE
    colour, hatch = _look(tile)
    page.add_patch(Rectangle((x, y), wide, tall, facecolor=PAPER, edgecolor=RULE, linewidth=0.8))
    page.add_patch(Rectangle((x, y), wide, 16, facecolor="none" if hatch else PAPER, hatch=hatch,
                             edgecolor=colour, linewidth=1.2))  # fmt: skip
    if tile.focus:
        page.add_patch(Rectangle((x + 1, y + 1), wide - 2, tall - 2, facecolor="none",
                                 edgecolor=INK, linewidth=2.6))  # fmt: skip
    first, second = _name(tile.label)
    page.text(x + wide / 2, y + 25, first, fontsize=SMALL - 2.5, ha="center", va="center")
    page.text(x + wide / 2, y + 36, second, fontsize=SMALL - 2.5, ha="center", va="center")
    page.text(x + wide / 2, y + 51, tile.said, fontsize=SMALL - 0.5, ha="center", va="center",
              fontweight="bold", color=INK)  # fmt: skip


def _look(tile: Tile) -> tuple[str, str | None]:
    """Colour and hatch: solid blue-like fill is more, slanted is less, none is not clear."""
    if tile.value is None or not tile.clear:
        return RULE, None
    return (STAYS, "||||") if tile.value > 0 else (LEAVES, "////")


def _name(label: str) -> tuple[str, str]:
    """Break a name into two lines that fit on a tile."""
    words, first = label.split(), ""
    while words and len(f"{first} {words[0]}".strip()) <= _LETTERS:
        first = f"{first} {words.pop(0)}".strip()
    if not first:
        return shorten(label, _LETTERS), ""
    return first, shorten(" ".join(words), _LETTERS)


def _key(page: Axes, top: float, more: str, less: str) -> None:
    rows = ((STAYS, "||||", more), (LEAVES, "////", less), (RULE, None, "no clear difference"))
    for k, (colour, hatch, words) in enumerate(rows):
        y = top + 16 * k
        page.add_patch(Rectangle((6, y - 5), 22, 10, facecolor="none", edgecolor=colour,
                                 hatch=hatch, linewidth=1.2))  # fmt: skip
        page.text(36, y, words, fontsize=SMALL - 1, va="center", color=QUIET)
