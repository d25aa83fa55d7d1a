"""Values of a text come one by one, whatever is held of it at a time."""

import io
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.sources import ocds_stream
from scenarios.sources.ocds_stream import BrokenJsonError, Package, Window, elements

SCALARS = st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(max_size=20)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4)
    ),
    max_leaves=20,
)  # fmt: skip


def read(text: str) -> list[Any]:
    """All values of a text; of a package its label."""
    found = elements(Window(io.StringIO(text)))
    return [e.value.members if isinstance(e.value, Package) else e.value for e in found]


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold as few letters as can be."""
    monkeypatch.setattr(ocds_stream, "CHUNK", 7)


@pytest.mark.usefixtures("small_chunks")
@given(values=st.lists(VALUES, max_size=6), indent=st.sampled_from([None, 1]))
def test_the_elements_of_a_list_are_those_of_the_library(values: list[Any], indent: int) -> None:
    """Cut anywhere, the text gives what the standard library reads of it whole."""
    assert read(json.dumps(values, indent=indent)) == values


@pytest.mark.usefixtures("small_chunks")
@given(
    values=st.lists(VALUES, max_size=4),
    before=st.dictionaries(st.sampled_from(["uri", "version"]), VALUES),
    after=st.dictionaries(st.sampled_from(["links", "license"]), VALUES),
)
def test_a_package_gives_its_elements_and_then_its_label(
    values: list[Any], before: dict[str, Any], after: dict[str, Any]
) -> None:
    """Members before and after the list are its label, in whatever order they stand."""
    text = json.dumps({**before, "releases": values, **after})

    assert read(text) == [*values, {**before, **after}]


@pytest.mark.usefixtures("small_chunks")
def test_a_number_that_is_cut_is_read_to_its_end() -> None:
    """A decoder would be content with its first digits."""
    assert read("[123456789012345, 1.2345678901234e3 ]") == [
        123456789012345,
        Decimal("1234.5678901234"),
    ]


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("[1, 2", [1, 2]),
        ("[1 2]", [1]),
        ("[1, }", [1]),
        ('{"releases": [1, 2', [1, 2]),
        ('{"releases": [1], "a" 2}', [1]),
        ('{"releases": [1], 3: 2}', [1]),
        ('["abc', []),
        ("[tru]", []),
    ],
)
def test_broken_text_gives_what_stands_before_and_says_where(text: str, before: list[int]) -> None:
    """The place of the break is counted in letters from the beginning of the text."""
    found: list[Any] = []

    def walk() -> None:
        for element in elements(Window(io.StringIO(text))):
            found.append(element.value)

    with pytest.raises(BrokenJsonError, match="at character") as fault:
        walk()

    assert found == before
    assert 1 <= fault.value.at <= len(text) + 1


def test_a_value_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """No more of a text is held than the longest release may be long."""
    monkeypatch.setattr(ocds_stream, "CHUNK", 64)
    monkeypatch.setattr(ocds_stream, "LONGEST", 1000)

    with pytest.raises(BrokenJsonError, match="more than 1,000 characters"):
        read('["' + "a" * 100_000)
    with pytest.raises(BrokenJsonError, match="an object of more than 1,000"):
        read("{" + ", ".join(f'"k{k}": 1' for k in range(1000)) + "}")


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_nesting_without_end_is_a_fault_like_any_other(opening: str) -> None:
    """A text of brackets alone ends in no traceback."""
    with pytest.raises(BrokenJsonError, match="too deeply"):
        read("[" + opening * 200_000)


def test_only_one_element_is_held_at_a_time() -> None:
    """Of a list of a hundred million letters no more is read than the elements asked for."""

    class Endless(io.TextIOBase):
        read_letters = 0

        def read(self, size: int | None = -1, /) -> str:
            count = size or 0
            Endless.read_letters += count
            return (
                ('{"ocid": "x"},' * (count // 14 + 1))[:count] if Endless.read_letters > 1 else ""
            )

    class Opened(Endless):
        opened = False

        def read(self, size: int | None = -1, /) -> str:
            text = super().read(size)
            if not Opened.opened:
                Opened.opened = True
                return "[" + text[: (len(text) // 14) * 14]
            return text[: (len(text) // 14) * 14]

    found = elements(Window(Opened()))

    assert [next(found).value for _ in range(50_000)] == [{"ocid": "x"}] * 50_000
    assert Endless.read_letters < 50_000 * 14 + 2 * ocds_stream.CHUNK
