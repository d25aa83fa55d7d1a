"""What the mutation of code passes over, and how a changed function takes the place of the old."""

from pathlib import Path
from types import FunctionType

import pytest

from tests.mutation.mutants import left_out

SOURCE = """\
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    MANY = 1


@dataclass(frozen=True)
class Purse:
    pence: int = 7


@kernels.part
def spent(purse: Purse, of: int = 8) -> tuple[int, ...]:
    if purse.pence < 9:
        raise ValueError(f"{purse.pence - 10} pence left: spend less")
    return tuple(a + b for a, b in zip(cast(int, 11), range(12), strict=True))
"""


def numbers_left() -> list[str]:
    """Pieces of the source that look as if they could be changed, and may."""
    shut = list(left_out(SOURCE))
    found = []
    for row, line in enumerate(SOURCE.splitlines(), start=1):
        for piece in ("1", "True", "7", "int", "8", "9", "10", "11", "12", "<", "part"):
            start = line.find(piece)
            place = ((row, start), (row, start + len(piece)))
            if start >= 0 and not any(a <= place[0] and place[1] <= b for a, b in shut):
                found.append(f"{row} {piece}")
    return found


def test_what_no_test_should_see_is_passed_over() -> None:
    """Words of errors, annotations, casts, checks of lengths and decorators are not changed."""
    found = numbers_left()

    assert {"9 7", "13 8", "14 9", "14 <", "16 12"} <= set(found)
    assert not {"4 1", "7 True", "9 int", "12 part", "13 int", "15 10", "16 int", "16 True"} & set(
        found
    )


def held(path: Path, source: str) -> dict[tuple[str, int, str], list[FunctionType]]:
    """Functions of a source as a process would hold them after it has read in the file."""
    space: dict[str, object] = {}
    exec(compile(source, str(path), "exec"), space)  # noqa: S102 - the source is this file's own
    return {
        (str(path.resolve()), one.__code__.co_firstlineno, one.__code__.co_qualname): [one]
        for one in space.values()
        if isinstance(one, FunctionType)
    }


FARE = """\
STEP = 5


def fare(miles, flag=2):
    def rounded(pence):
        return pence // 10 * 10

    return rounded(flag + STEP * miles)
"""


def test_a_changed_body_takes_the_place_of_the_old(tmp_path: Path) -> None:
    """A change within a function, and within one that it makes, is seen by who holds it."""
    warm = pytest.importorskip("tests.mutation.warm", exc_type=ImportError)
    path = tmp_path / "fares.py"
    functions = held(path, FARE)
    ((fare,),) = functions.values()

    before = fare(9)
    done = warm.changed(functions, str(path), FARE, FARE.replace("10 * 10", "10 * 11"))

    assert (before, done, fare(9)) == (40, True, 44)


@pytest.mark.parametrize("change", [("STEP = 5", "STEP = 6"), ("flag=2", "flag=3")])
def test_what_runs_at_import_is_not_changed_in_memory(
    tmp_path: Path, change: tuple[str, str]
) -> None:
    """A number that is set when the file is read in must be read in anew: the change is refused."""
    warm = pytest.importorskip("tests.mutation.warm", exc_type=ImportError)
    path = tmp_path / "fares.py"
    functions = held(path, FARE)

    assert not warm.changed(functions, str(path), FARE, FARE.replace(*change))
