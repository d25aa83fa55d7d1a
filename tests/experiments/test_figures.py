"""Pictures: their bytes, their text alternatives, their legibility."""

import re
from itertools import combinations, pairwise
from math import floor, log10
from xml.etree import ElementTree

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from experiments.figures.changes import Change, Panel, changes_figure, rounded
from experiments.figures.costs import Dot, Scale, costs_figure
from experiments.figures.front import Count, Way, front_figure
from experiments.figures.influence import Course, Factor, influence_figure
from experiments.figures.palette import INK, PAPER, QUIET, THEME, look
from experiments.figures.places import Placed, places_figure
from experiments.figures.pound import Group, Part, pound_figure, same_height
from experiments.figures.region import Cases, Side, region_figure
from experiments.figures.retention import Curve, retention_figure
from experiments.figures.rounds import Round, rounds_figure
from experiments.figures.scatter import Cloud, scatter_figure
from experiments.figures.strips import Strip, stacked, strip_figure
from experiments.figures.svg import WIDTH, house_style, in_two_lines, themed, to_svg
from experiments.figures.tiles import Tile, tiles_figure
from experiments.figures.tornado import Blow, Span, tornado_figure
from experiments.figures.tradeoff import Mark, tradeoff_figure
from experiments.figures.tradeoff import Side as Along
from simulation.procurement.registry import BUILT_IN

LONG = "A $x^2$ & <b>way</b> of buying with a name far too long for its room"


def _pound() -> Figure:
    groups = [
        Group("Stays here: 99p", "stays", [Part("98p residents’ pay", 0.98), Part("1p x", 0.01)]),
        Group("Waits: −1p", "waits", [Part("−1p kept, not yet spent", -0.01)]),
        Group("Leaves: 2p", "leaves", [Part("2p suppliers elsewhere", 0.02), Part("0p tax", 0.0)]),
    ]
    return pound_figure(groups, same_height([groups]))


def _retention() -> Figure:
    months = list(range(1, 109))
    curves = [Curve(LONG, look(k), months, [0.6 * 0.9**m for m in months]) for k in range(5)]
    gaps = [Curve(LONG, look(k), months, [1e-4 * k / m for m in months]) for k in range(1, 5)]
    return retention_figure(curves, gaps, LONG, lambda value, step: f"{value * 100:+.3f}p")


def _strips() -> Figure:
    rows = [
        Strip(LONG, look(0), [1.0, 1.0, 1.1, 2.0], 1.3, 1.0, 1.6, (1.1, 1.2)),
        Strip("One future", look(1), [1.5], 1.5, None, None, None),
        Strip("Unknown", look(2), [], None, None, None, None),
    ]
    return strip_figure(rows, lambda value, step: f"£{value:.4f}", baseline=1.3)


def _changes() -> Figure:
    rows = [
        Change(LONG, 0.2, 0.1, 0.3, look(0)),
        Change("hollow", -0.1, -0.3, 0.1, look(1)),
        Change("unknown", None, None, None, look(2)),
    ]
    panels = [Panel("Cost, points", rows, 0.33, lambda value: f"{value:+.1f}")] * 2
    return changes_figure(panels)


def _costs() -> Figure:
    dots = [Dot(LONG, 10.0**k, f"{10**k} (≤ 9)", k < 2) for k in range(4)]
    near = [Dot(f"{LONG} {k}", 1.0 + k / 10, f"{k} ns") for k in range(3)]
    far = Scale("What it costs", "", "pounds", dots)
    return costs_figure([far, Scale("Near", "", "ns", near, 1.0)])


def _scatter() -> Figure:
    x, y = [0.0, 0.1, 0.2], [-0.025, 0.0, 0.05]
    clouds = [
        Cloud(LONG, LONG, "weight [share]", x, y, (0.0, 0.3), (-0.02, 0.08), True, LONG),
        Cloud("Still", "", LONG, x, y, (0.0, 0.3), (0.0, 0.0), False, "0 (−1 to 1), not found"),
        Cloud("Nothing", "", "", [], [], (0.0, 1.0), None, False, "none (n = 0), not found"),
    ]
    return scatter_figure(clouds)


def _influence() -> Figure:
    factors = [Factor(LONG, 0.6, 0.1, 0.5, 0.2), *(Factor(f"bid.{k}" * 9, 0, 0, 0) for k in "abcd")]
    courses = [Course([8, 16, 32], [0.5, 0.7, 0.6 - k / 9]) for k in range(5)]
    return influence_figure(factors, LONG, LONG, courses)


def _places() -> Figure:
    rules = ["mean\n(Laplace)", "worst 10%\n(CVaR)", "good\nenough"]
    policies = [Placed(LONG, look(k), [k + 1, 1, None if k else 2]) for k in range(4)]
    return places_figure(rules, policies)


def _region() -> Figure:
    sides = [Side(LONG, (0.0, 1.0), 0.4, None), Side("bid.cover", (0.01, 0.15), 0.05, 0.1)]
    cases = Cases([0.1, 0.5, 0.9], [0.02, 0.07, 0.08], [False, True, True])
    return region_figure([(1.0, 0.3), (0.8, 0.9)], (0.8, 0.9), sides, cases)


def _front() -> Figure:
    counts = [Count(LONG, "£735,800", "£741,600"), *[Count("Quality", "0.895", "0.945")] * 4]
    ways = [Way(LONG, "not dominated in 100%", look(k), [0, 1, 0, 1, k], k > 0) for k in range(2)]
    return front_figure(counts, ways)


def _rounds() -> Figure:
    second = Round("paid here", "£1,234.56m to\n£1,234.57m", 0.2, 0.6)
    return rounds_figure("£1,234.56m", [second, Round("spent again", "£0 to\n£234.57m", 0, 0.3)])


def _tiles() -> Figure:
    names = [LONG, "Unbrokenplacenamethatislong", *(f"Place {k}" for k in range(15))]
    tiles = [
        Tile(name, f"+£{1234 * k:,}", k - 5.0, k % 2 == 0, (k % 4 * 9.0, k * 3.0), k == 1)
        for k, name in enumerate(names)
    ]
    return tiles_figure([*tiles, Tile("Nothing known", "not known", None, False, (1.0, 1.0))],
                        "more income than under the baseline", "less income")  # fmt: skip


def _tornado() -> Figure:
    spans = [
        Span(LONG, -0.02, 0.04, (0.025, 0.055)),
        Span("cooperative membership: least scale", 0.03, -0.01, (-0.03, 0.035)),
        Span("one end only", 0.01, 0.015),
    ]
    still = [Span("nothing moves", 0.0, 0.0)]
    return tornado_figure(
        [Blow(LONG[:40], 0.01, spans), Blow("Social value", 0.0, still)],
        lambda value, step: f"{value * 100:+.3f}p",
    )


def _tradeoff() -> Figure:
    marks = [
        Mark(LONG, look(k), (k / 9, k / 9 - 0.1, k / 9 + 0.2), (-k, -k - 1, 1 - k), k % 2 == 0)
        for k in range(8)
    ]
    write = Along(LONG, "further left is better", lambda value: f"{value * 100:+.1f}p")
    return tradeoff_figure(marks, write, write)


def test_tiny_effects_stand_whole_at_their_marks():
    """No power of ten stands apart from the figures of an axis, where nobody looks."""
    steps = [Course([8, 16], [-4e-5, 3e-5])]
    figure = influence_figure([Factor("bid.cover", 3e-5, 0.0, -1e-5)], "all", "alone", steps)
    figure.canvas.draw()

    axes = [one for page in figure.axes for one in (page.xaxis, page.yaxis)]
    assert not any(one.get_offset_text().get_text() for one in axes)
    marks = [mark.get_text() for one in axes for mark in one.get_ticklabels()]
    assert {"0.00003", "\N{MINUS SIGN}0.00003"} <= set(marks)


FAMILIES = [
    _pound, _retention, _strips, _changes, _costs, _scatter, _influence, _places, _region, _front,
    _rounds, _tiles, _tornado, _tradeoff,
]  # fmt: skip


@pytest.mark.parametrize("draw", FAMILIES)
def test_the_same_picture_gives_the_same_bytes(draw):
    """Nothing of the time, of memory or of an earlier picture enters the file."""
    first = to_svg(draw(), "p", "Title", "Told")

    second = to_svg(draw(), "p", "Title", "Told")

    assert first == second


@pytest.mark.parametrize("draw", FAMILIES)
def test_a_picture_is_well_formed_and_tells_itself_in_words(draw):
    """It parses as XML, has the role of an image, a title and a description, escaped."""
    text = to_svg(draw(), "p", "A & B", "<b>told</b>")

    root = ElementTree.fromstring(text)

    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "p-title p-desc"
    assert root[0].text == "A & B"
    assert root[1].text == "<b>told</b>"


@pytest.mark.parametrize("draw", FAMILIES)
def test_a_picture_fetches_nothing(draw):
    """Links point into the picture itself; namespaces are the only addresses in it."""
    text = to_svg(draw(), "p", "Title", "Told")

    links = re.findall(r'href="([^"]*)"', text) + re.findall(r"url\(([^)]*)\)", text)
    addresses = set(re.findall(r"https?://[^\"]+", text))

    assert all(link.startswith("#p-") for link in links)
    assert addresses == {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


@pytest.mark.parametrize("draw", FAMILIES)
def test_a_picture_has_no_style_of_its_own(draw):
    """A page that lets in no foreign style, as the pages for officers do, shows it all the same."""
    root = ElementTree.fromstring(themed(to_svg(draw(), "p", 'Title style="a: b"', "Told")))

    assert [one.tag for one in root.iter() if "style" in one.attrib] == []
    assert [one.tag for one in root.iter() if one.tag.endswith("style")] == []
    assert root[0].text == 'Title style="a: b"'
    assert root.get("stroke-linejoin") == "round"


@pytest.mark.parametrize("draw", FAMILIES)
def test_two_pictures_can_share_a_page(draw):
    """Every id begins with the name of the picture and occurs once."""
    text = to_svg(draw(), "mine", "Title", "Told")

    ids = re.findall(r'\bid="([^"]+)"', text)

    assert ids
    assert all(name.startswith("mine-") for name in ids)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("draw", FAMILIES)
def test_a_themed_picture_names_roles_and_a_lone_one_colours(draw):
    """On a page the ground decides the colours; in a file of its own they are written out."""
    alone = to_svg(draw(), "p", "Title, #1b1f24", "Told")

    shown = themed(alone)

    colours = set(re.findall(r"(?<!, )#[0-9a-f]{6}\b", shown))
    assert "var(--ink)" in shown
    assert "Title, #1b1f24" in shown
    assert colours == set()
    assert "var(--" not in alone


@pytest.mark.parametrize("draw", FAMILIES)
def test_no_words_lie_on_other_words_or_leave_the_picture(draw):
    """Long names are cut, small parts have a line of their own."""
    figure = draw()
    with house_style():
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        words = [(t.get_text(), t.get_window_extent()) for t in figure.findobj(Text)]
    written = set(ElementTree.fromstring(to_svg(figure, "p", "", "")).itertext())

    shown = [(text, box) for text, box in words if text in written]
    outside = [text for text, box in shown if box.x0 < 0 or box.x1 > WIDTH + 1]
    clashes = [
        (a, b)
        for (a, one), (b, two) in combinations(shown, 2)
        if min(one.x1, two.x1) - max(one.x0, two.x0) > 1
        and min(one.y1, two.y1) - max(one.y0, two.y0) > 1
    ]

    assert shown
    assert outside == []
    assert clashes == []


def test_names_are_words_and_never_formulae():
    """A dollar sign in a name stays a dollar sign."""
    text = to_svg(_strips(), "p", "Title", "Told")

    assert "$x^2$ &amp; &lt;b&gt;" in text


def test_the_users_own_settings_change_nothing():
    """A matplotlibrc of the user's does not reach the pictures."""
    import matplotlib

    plain = to_svg(_changes(), "p", "Title", "Told")
    with matplotlib.rc_context({"font.size": 30, "svg.fonttype": "path", "axes.linewidth": 9}):
        other = to_svg(_changes(), "p", "Title", "Told")

    assert other == plain


def _luminance(colour: str) -> float:
    channels = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, two: str) -> float:
    bright, dark = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_every_colour_stands_out_from_its_ground():
    """WCAG 2.2: words 4.5 to 1, marks 3 to 1, on the light ground and on the dark one."""
    ground = THEME[PAPER][1]

    for light, (_, dark) in THEME.items():
        wanted = 4.5 if light in (INK, QUIET) else 3.0
        if light != PAPER:
            assert _contrast(light, PAPER) >= wanted, light
            assert _contrast(dark, ground) >= wanted, dark


def test_policies_are_told_apart_without_colour():
    """Each of the ways of buying has its own marker and colour; no two of fifty share both."""
    looks = [look(k) for k in range(50)]
    ways = looks[: len(BUILT_IN)]

    assert len({one.marker for one in ways}) == len({one.symbol for one in ways}) == len(BUILT_IN)
    assert len({one.colour for one in ways}) == len(BUILT_IN)
    assert len({(one.marker, one.colour) for one in looks}) == 50


def test_dots_of_a_level_do_not_touch():
    """A dot climbs a level when the one before it is too near, four levels at most."""
    levels = stacked([1.0, 1.0, 1.0, 1.0, 1.0, 3.0], 0.5)

    assert levels[:4] == [0, 1, 2, 3]
    assert max(levels) == 3
    assert levels[5] == 0


def test_a_name_stands_nearer_to_its_own_row_than_to_the_one_above():
    """The eye gives a name to what is next to it."""
    rows = [Strip(name, look(0), [1.0, 2.0], 1.5, 1.0, 2.0, (1.0, 2.0)) for name in ("a", "b")]
    figure = strip_figure(rows, lambda value, step: f"{value}")
    page, axes = figure.axes

    name = next(text for text in page.texts if text.get_text() == "b")
    heights = [line.get_ydata()[0] + 4 for line in axes.lines if len(line.get_ydata())]
    baseline = name.get_position()[1]
    above = max(height for height in heights if height < baseline)
    below = min(height for height in heights if height > baseline)

    assert below - baseline < baseline - name.get_fontsize() - above


def test_marks_of_an_axis_differ_however_near_the_values_are():
    """The writer of an axis is told how far its marks lie apart."""
    steps = []
    row = Strip("Near", look(0), [0.09917, 0.09919], 0.09918, None, None, None)

    strip_figure([row], lambda value, step: steps.append(step) or f"{value:.6f}")

    assert steps
    assert all(0 < step < 0.00002 for step in steps)


@pytest.mark.parametrize("high", [1.2501, 1.26, 1.3, 1.5, 1.8, 2.2, 3.4, 7.0])
def test_marks_of_an_axis_are_as_far_apart_as_they_say(high):
    """A step of two digits, as 0.25, would be written 0.2 once and 0.3 once."""
    row = Strip("Wide", look(0), [1.25, high], 1.25, None, None, None)

    figure = strip_figure([row], lambda value, step: f"{value:.{max(-floor(log10(step)), 0)}f}")

    said = [float(one.get_text()) for one in figure.axes[1].get_xticklabels()]
    steps = [after - before for before, after in pairwise(said)]
    assert steps
    assert steps == pytest.approx(steps[:1] * len(steps))


def test_a_tiny_change_has_a_hollow_mark():
    """However clear it is: a filled mark would read as a finding."""
    rows = [Change("tiny", 0.2, 0.1, 0.3, look(0), False), Change("large", 0.2, 0.1, 0.3, look(0))]

    figure = changes_figure([Panel("Cost", rows, 0.4, lambda value: f"{value:+.1f}")])

    lines = figure.axes[1].lines
    marks = [line.get_markerfacecolor() for line in lines if line.get_marker() == "o"]
    assert marks == [PAPER, look(0).colour]


@pytest.mark.parametrize(("reach", "edge"), [(1.0, 0.8), (0.33, 0.2), (4.7e6, 4e6), (12.0, 10.0)])
def test_an_axis_ends_in_a_round_number(reach, edge):
    """The marks of an axis are numbers that can be said."""
    assert rounded(reach) == pytest.approx(edge, rel=1e-12)


def test_a_long_name_is_broken_into_two_lines_before_it_is_cut():
    """A short one stays as it is; of a very long one the second line is cut."""
    whole = "all of Lancashire with Blackburn and Blackpool"

    assert in_two_lines("Preston", 23) == "Preston"
    assert in_two_lines(whole, 23) == "all of Lancashire with\nBlackburn and Blackpool"
    longer = in_two_lines(f"{whole} and Wyre", 23)
    assert longer == "all of Lancashire with\nBlackburn and Blackpoo…"
    assert in_two_lines("", 23) == ""


def test_a_slope_that_was_not_found_is_a_dashed_line():
    """Ink that is full says found."""
    lines = [axes.get_lines()[-1] for axes in _scatter().axes[1:3]]

    assert [line.get_linestyle() == "-" for line in lines] == [True, False]
