"""An economy on file comes back as it was built, or is refused with every reason."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.assumptions import Assumptions
from scenarios.read import read_scenario
from simulation.economy.build import build_economy
from simulation.economy.columns import Economy
from simulation.economy.economy_io import EconomyFileError, open_economy, write_economy
from simulation.economy.layout import declared_columns, take_apart
from tests.economy.broken_files import Columns, Text, flip, place_of, retold

LABEL = {"scenario": "a place"}
PLACES = ["village", pytest.param("preston-2012", marks=pytest.mark.compiled)]


def built(name: str) -> Economy:
    """A place of the shelf on its first day."""
    return build_economy(read_scenario(name), Assumptions.default(), 1)


def written(economy: Economy, path: Path) -> Path:
    """The economy in a file."""
    with path.open("w+b") as file:
        write_economy(economy, LABEL, file)
    return path


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The village in a file."""
    return written(built("village"), tmp_path_factory.mktemp("village") / "village.economy")


def refusal(path: Path) -> list[str]:
    """What is said of a file that is refused: a line a fault."""
    with pytest.raises(EconomyFileError) as refused:
        open_economy(path).economy()
    assert refused.value.exit_code == 2
    assert all(fault.file == str(path) for fault in refused.value.faults)
    return str(refused.value).splitlines()


@pytest.mark.parametrize("place", PLACES)
def test_an_economy_comes_back_as_it_was_built(tmp_path: Path, place: str) -> None:
    """Every column, name, row number, contract and note; types, shapes and bytes."""
    economy = built(place)

    file = open_economy(written(economy, tmp_path / "file"))
    columns, values = take_apart(file.economy())

    wanted, single = take_apart(economy)
    assert file.label == LABEL
    assert values == single
    assert file.economy().contracts == economy.contracts
    assert list(columns) == list(wanted) == list(declared_columns())
    for name, column in wanted.items():
        assert (columns[name].dtype, columns[name].shape) == (column.dtype, column.shape)
        assert columns[name].tobytes() == column.tobytes(), name


def test_the_same_economy_is_the_same_file(village: Path, tmp_path: Path) -> None:
    """Two buildings of one future can be compared byte by byte."""
    again = written(built("village"), tmp_path / "again")

    assert again.read_bytes() == village.read_bytes()


def drop(*names: str) -> Callable[[Columns, Text], None]:
    """Leave columns out."""
    return lambda columns, text: [columns.pop(name) for name in names] and None


def put(name: str, make: Callable[[np.ndarray], np.ndarray]) -> Callable[[Columns, Text], None]:
    """Change one column."""
    return lambda columns, text: columns.update({name: make(columns[name])})


def say(**more: Any) -> Callable[[Columns, Text], None]:
    """Change the description."""
    return lambda columns, text: text.update(more)


def value(name: str, what: Any) -> Callable[[Columns, Text], None]:
    """Change one single value."""
    return lambda columns, text: text["values"].update({name: what})


REFUSED = {
    "newer": (say(schema_version=5), "schema_version: found 5; wanted 4."),
    "older": (
        say(schema_version=3),
        "schema_version: found 3; wanted 4, which tells where those who work in an area live",
    ),
    "no version": (say(schema_version=None), "schema_version: found None"),
    "missing": (drop("firms.price"), "firms.price: found no such column; wanted one of float64"),
    "extra": (
        lambda columns, text: columns.update({"firms.mood": columns["firms.price"]}),
        "firms.mood: found a column that no economy has",
    ),
    "type": (
        put("parties.deposits", lambda column: column.astype(np.int32)),
        "parties.deposits: found numbers of int32; wanted numbers of int64",
    ),
    "short": (
        put("workers.skill", lambda column: column[:-1]),
        "workers.skill: found 36 rows; wanted 37, as the others of workers",
    ),
    "axes": (
        put("buyers.row", lambda column: column.reshape(-1, 1)),
        "buyers.row: found the shape (1, 1); wanted one axis",
    ),
    "links": (
        put("supply.start", lambda column: column[1:]),
        "supply.start: found 62 rows; wanted 63, one more than payers",
    ),
    "payroll": (
        put("payroll.start", lambda column: column[1:]),
        "payroll.start: found 68 rows; wanted 69, one more than payers",
    ),
    "rows": (
        value("households.first", 67),
        "households.first: found 67; wanted 68, the parties before households",
    ),
    "names": (value("areas.ids", ["village"]), "areas.ids: found 1 entries; wanted 8"),
    "kind": (value("bank", "none"), "bank: found a value of another kind"),
    "no value": (lambda columns, text: text["values"].pop("world"), "world: found no such value"),
    "extra value": (value("mood", 1), "mood: found a value that no economy has"),
}


@pytest.mark.parametrize(("change", "said"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_does_not_fit_is_refused(
    village: Path, change: Callable[[Columns, Text], object], said: str
) -> None:
    """Whole and sealed, but not what this version reads: what was found, and what was wanted."""
    lines = refusal(retold(village, change))

    assert any(said in line for line in lines), lines


def test_a_description_of_other_columns_is_refused(village: Path) -> None:
    """The description and each column's own header have to agree."""
    narrow = put("workers.skill", lambda column: column.astype(np.float32))

    lines = refusal(retold(village, narrow, describe=False))

    assert "numbers of float32; wanted numbers of float64" in lines[0]
    assert "as poundflow-economy.json says" in lines[1]


def test_every_fault_is_told_at_once(village: Path) -> None:
    """A missing column, a wrong type and a wrong length: three lines, and what to do."""

    def change(columns: Columns, text: Text) -> None:
        del columns["firms.price"]
        columns["parties.savings"] = columns["parties.savings"].astype(np.int32)
        columns["workers.uid"] = columns["workers.uid"][:5]

    lines = refusal(retold(village, change))

    assert len(lines) == 4
    assert "3 faults" in lines[-1]
    assert "poundflow build" in lines[-1]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "no such file"),
        (b"", "a file of another kind"),
        (b"id,name\n1,council\n", "a file of another kind"),
        (b"PK\x03\x04" + bytes(100), "a file of another kind"),
    ],
)
def test_what_is_no_built_economy_is_refused(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    """Something else, nothing, an empty file."""
    path = tmp_path / "file"
    if content is not None:
        path.write_bytes(content)

    assert said in refusal(path)[0]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    """It is no file."""
    assert "a folder or a device" in refusal(tmp_path)[0]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes there")
def test_a_pipe_is_refused(tmp_path: Path) -> None:
    """Nobody waits for what will never come out of it."""
    os.mkfifo(tmp_path / "pipe")

    assert "a folder or a device" in refusal(tmp_path / "pipe")[0]


@pytest.mark.parametrize("share", [0.3, 0.9, 0.9999])
def test_a_file_that_was_cut_off_is_refused(village: Path, tmp_path: Path, share: float) -> None:
    """As after a copy that stopped half way."""
    content = village.read_bytes()
    path = tmp_path / "cut"
    path.write_bytes(content[: int(len(content) * share)])

    assert "without a seal at their end" in refusal(path)[0]


@given(data=st.data())
def test_a_column_that_was_damaged_is_named(village: Path, data: st.DataObject) -> None:
    """Any byte of any column, flipped in any way."""
    file = open_economy(village)
    filled = [name for name, one in file._archive.stored.items() if np.prod(one.shape)]
    name = data.draw(st.sampled_from(filled))
    one = file._archive.stored[name]
    last = int(np.prod(one.shape)) * one.dtype.itemsize - 1

    at = one.at + data.draw(st.integers(0, last))
    lines = refusal(flip(village, at, data.draw(st.integers(1, 255))))

    assert "content that has changed since it was sealed" in lines[0]
    assert f"{name}: found damaged numbers" in lines[1]


@given(data=st.data())
def test_a_byte_that_changed_anywhere_is_refused(village: Path, data: st.DataObject) -> None:
    """Headers, list of members, description and seal as well."""
    at = data.draw(st.integers(0, village.stat().st_size - 1))

    assert refusal(flip(village, at, data.draw(st.integers(1, 255))))


def test_damage_does_not_hide_the_label(village: Path) -> None:
    """A damaged column leaves readable whose file it is, so that this can be told as well."""
    damaged = flip(village, place_of(village, "parties.deposits"))

    assert open_economy(damaged).label == LABEL
