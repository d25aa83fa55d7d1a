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
    "#1d3461": ("p9", "#8fa8e8"),
    "#2f6b1b": ("p10", "#93d36f"),
    "#b0005a": ("p11", "#ff85b8"),
    "#7a4a1e": ("p12", "#d9a878"),
    "#8527c9": ("p13", "#cf9bff"),
}
"""Colour on a light ground -> (name of its role, the same role's colour on a dark ground)."""


Marker = str | tuple[int, int, int]


@dataclass(frozen=True)
class Look:
    """How one policy looks in every picture of a report.

    Parameters
    ----------
    colour : str
        Hex colour on a light ground.
    marker : str or tuple of int
        Matplotlib marker.
    dashes : tuple of float
        On and off lengths of its line [points]; empty for a full line.
    symbol : str
        The same marker as a character, for tables and text.
    """

    colour: str
    marker: Marker
    dashes: tuple[float, ...]
    symbol: str


_COLOURS = tuple(light for light, (role, _) in THEME.items() if role[1:].isdigit())
_MARKERS: tuple[tuple[Marker, str], ...] = (
    ("o", "●"),
    ("s", "■"),
    ("^", "▲"),
    ("D", "◆"),
    ("v", "▼"),
    ("P", "✚"),
    ("X", "✖"),
    ("p", "⬟"),
    ("<", "◀"),
    (">", "▶"),
    ((4, 1, 0), "✦"),
    ((6, 1, 0), "✶"),
    ("h", "⬢"),
)
_DASHES: tuple[tuple[float, ...], ...] = (
    (),
    (6.0, 2.0),
    (2.0, 1.5),
    (6.0, 2.0, 1.5, 2.0),
    (9.0, 3.0),
)


def look(position: int) -> Look:
    """Give the look of the policy at a position in the list of policies.

    The first thirteen, as many as there are ways of buying, differ in colour and in marker;
    markers then come again with other colours, and dashes repeat with a period of five.

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
    colour = _COLOURS[(position + position // len(_MARKERS)) % len(_COLOURS)]
    return Look(colour, marker, _DASHES[position % len(_DASHES)], symbol)
