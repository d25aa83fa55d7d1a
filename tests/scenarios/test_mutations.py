"""Whatever is done to a file, it either reads or is refused in words."""

import contextlib
import tomllib

from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.errors import Fault, ScenarioError
from scenarios.read import draft_from_text
from tests.scenarios.village_text import TEXT

LINES = TEXT.split("\n")
VALUES = st.sampled_from(
    [
        "-1",
        "0",
        "1e400",
        "nan",
        "-inf",
        "true",
        '""',
        '"village"',
        '"h01"',
        "[]",
        "[[]]",
        "{}",
        '{ id = "x" }',
        "[{}, 1, {}]",
        "1979-05-27T07:32:00Z",
        "9" * 400,
        '"\\u0000"',
    ]
)
SMALL_TEXT = TEXT[: TEXT.index("[[commuting]]")]


@settings(max_examples=40)
@given(line=st.integers(0, len(LINES) - 1), value=VALUES)
def test_any_value_in_any_line_reads_or_is_refused(line, value):
    """A value of another type or size never leads to a traceback."""
    key, equals, _ = LINES[line].partition(" = ")
    changed = f"{key}{equals}{value}" if equals else f"{value} = 1"

    _read("\n".join([*LINES[:line], changed, *LINES[line + 1 :]]))


@settings(max_examples=40)
@given(
    line=st.integers(0, len(LINES) - 1),
    length=st.integers(1, 30),
    to=st.integers(0, len(LINES) - 1),
)
def test_lines_cut_or_moved_read_or_are_refused(line, length, to):
    """Lost and misplaced lines are told with a place."""
    cut = LINES[line : line + length]
    rest = LINES[:line] + LINES[line + length :]

    _read("\n".join(rest))
    _read("\n".join(rest[:to] + cut + rest[to:]))


@settings(max_examples=40)
@given(at=st.integers(0, len(SMALL_TEXT)), noise=st.text(max_size=5))
def test_stray_characters_read_or_are_refused(at, noise):
    """Typing on the wrong place is a fault of syntax or of content."""
    _read(SMALL_TEXT[:at] + noise + SMALL_TEXT[at:])


@settings(max_examples=40)
@given(key=st.text(max_size=12), value=VALUES, deep=st.sampled_from(["", "buyers.0.", "policies."]))
def test_any_override_applies_or_is_refused(key, value, deep):
    """No `--set` leads to a traceback."""
    with contextlib.suppress(ScenarioError):
        draft_from_text(SMALL_TEXT, sets=[f"{deep}{key}={value}"]).require()


def _read(text: str) -> None:
    """Read; a refusal must name faults, with a line wherever the text has a place for them."""
    faults: tuple[Fault, ...] = ()
    try:
        draft_from_text(text, "spoilt.toml").require()
    except ScenarioError as refusal:
        faults = refusal.faults
        assert faults, "a refusal without a reason"
    with contextlib.suppress(ValueError, RecursionError):
        if tomllib.loads(text):
            assert all(fault.line for fault in faults)
