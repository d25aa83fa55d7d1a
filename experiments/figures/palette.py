"""Colours, markers and hatches that a colour-blind reader and a grey printer can tell apart.

Every colour has a role and a name. A page may show the same picture on a light or a dark ground:
`svg.themed` then writes the role's name instead of the colour. Each pair below
has a contrast of at least 3 to 1 with its ground, text at least 4.5 to 1 (WCAG 2.2, 1.4.3 and
1.4.11). Hues follow Okabe and Ito (2008), darkened or lightened until they hold that contrast.
"""

from dataclasses import dataclass

PAPER = "#ffffff"
INK = "#1b1f24"
QUIET = "#545b64"
RULE = "#8a9099"

STAYS = "#0b5394"
WAITS = "#6b6f76"
LEAVES = "#b4530a"

THEME: dict[str, tuple[str, str]] = {
    PAPER: ("paper", "#14171b"),
    INK: ("ink", "#eceff3"),
    QUIET: ("quiet", "#b3bac4"),
    RULE: ("rule", "#7f8792"),
    STAYS: ("stays", "#6cb2f0"),
    WAITS: ("waits", "#a3a8b0"),
    LEAVES: ("leaves", "#f0985a"),
    "#00628f": ("p1", "#58b4e6"),
    "#a33b00": ("p2", "#f39a5f"),
    "#00714f": ("p3", "#3fc79a"),
    "#93346e": ("p4", "#e592c4"),
    "#5c5200": ("p5", "#d9c63f"),
    "#4a3f9e": ("p6", "#a99df5"),
    "#5f5f5f": ("p7", "#bdbdbd"),
    "#7a1f2b": ("p8", "#f08a97"),
}
"""Colour on a light ground -> (name of its role, the same role's colour on a dark ground)."""


@dataclass(frozen=True)
class Look:
    """How one policy looks in every picture of a report.

    Parameters
    ----------
    colour : str
        Hex colour on a light ground.
    marker : str
        Matplotlib marker.
    dashes : tuple of float
        On and off lengths of its line [points]; empty for a full line.
    symbol : str
        The same marker as a character, for tables and text.
    """

    colour: str
    marker: str
    dashes: tuple[float, ...]
    symbol: str


_COLOURS = ("#00628f", "#a33b00", "#00714f", "#93346e", "#5c5200", "#4a3f9e", "#5f5f5f", "#7a1f2b")
_MARKERS = (("o", "●"), ("s", "■"), ("^", "▲"), ("D", "◆"), ("v", "▼"), ("P", "✚"), ("X", "✖"))
_DASHES: tuple[tuple[float, ...], ...] = (
    (),
    (6.0, 2.0),
    (2.0, 1.5),
    (6.0, 2.0, 1.5, 2.0),
    (9.0, 3.0),
)


def look(position: int) -> Look:
    """Give the look of the policy at a position in the list of policies.

    Colours, markers and dashes repeat with different periods (8, 7, 5), so that no two of the
    first 56 policies share both colour and marker.

    Parameters
    ----------
    position : int
        Place in the list, from 0.

    Returns
    -------
    Look
        Colour, marker, dashes and symbol.
    """
    marker, symbol = _MARKERS[position % len(_MARKERS)]
    return Look(
        _COLOURS[position % len(_COLOURS)], marker, _DASHES[position % len(_DASHES)], symbol
    )
