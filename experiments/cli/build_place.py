"""`poundflow build-place`: a scenario file of one district, for a person to read and put right."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from experiments.cli.told import tell, tell_document
from experiments.store.aside import make_folder, write_aside
from scenarios.errors import Fault, FaultsError, InputError
from scenarios.place_file import Place, place_text, put_together
from scenarios.place_file.category import category_of
from scenarios.place_file.find import PlaceError, find_district
from scenarios.place_file.sizes import read_register
from scenarios.place_file.spending import Spending
from scenarios.read import draft_from_text
from scenarios.sources.resolved import Resolved, read_resolved


class PlaceTakenError(InputError):
    """Raised when a file stands where a place is to be written, and says something else."""

    def __init__(self, path: Path) -> None:
        told = (
            f"{path} is a folder. Give the name of a file in it, for example "
            f"--out {path / 'place.toml'}."
            if path.is_dir()
            else f"{path} is there already and says something else. It may have been edited, and "
            "was left as it is. Give another file with --out, or delete this one."
        )
        super().__init__(told)
        self.path = path

    def __reduce__(self) -> tuple[type, tuple[Path]]:
        return type(self), (self.path,)


@dataclass(frozen=True, slots=True)
class BuildPlaceOptions:
    """What was typed."""

    code: str
    payments: Path | None
    register: Path | None
    out: Path
    as_json: bool


def build_place_command(options: BuildPlaceOptions) -> int:
    """Write the scenario file of a place, or find that it stands there already.

    Raises
    ------
    PoundflowError or FolderError
        When the input is wrong, something else stands there, or the disk gives out.
    """
    if options.out.is_dir():
        raise PlaceTakenError(options.out)
    resolved = _checked(options)
    place = put_together(options.code, resolved, options.register, category_of)
    text = place_text(place)
    draft_from_text(text, str(options.out)).require()
    kept = _write(options.out, text.encode())
    if options.as_json:
        return tell_document(_told(options.out, place))
    return tell(_lines(options.out, place, kept=kept))


def _checked(options: BuildPlaceOptions) -> Resolved | None:
    """Read the import, and tell all that is wrong with it, the code and the register at once."""
    faults: list[Fault] = []
    resolved = None
    reads: list[Callable[[], object]] = [lambda: find_district(options.code)]
    if options.register is not None:
        reads.append(partial(read_register, options.register, category_of))
    for read in reads:
        try:
            read()
        except FaultsError as wrong:
            faults += wrong.faults
    if options.payments is not None:
        try:
            resolved = read_resolved(options.payments)
        except FaultsError as wrong:
            faults += wrong.faults
    if faults:
        raise PlaceError(faults)
    return resolved


def _write(path: Path, data: bytes) -> bool:
    """Write a file, whole or not at all; say whether it stood there already."""
    if path.exists() or path.is_symlink():
        if path.is_file() and path.read_bytes() == data:
            return True
        raise PlaceTakenError(path)
    make_folder(path.parent)
    write_aside(path, data)
    return False


def _told(path: Path, place: Place) -> dict[str, Any]:
    return {
        "file": str(path),
        "code": place.district.code,
        "name": place.district.name,
        "figures": [
            {"key": one.key, "value": one.value, "mark": one.mark, "source": one.told}
            for one in place.figures.values()
        ],
        "payments": _payments_told(place.payer, place.spending),
        "register": None if place.register is None else {
            "buyers": len(place.register.buyers),
            "contracts": place.register.contracts,
            "unread": place.register.unread,
            "used": {name: one.contracts for name, one in place.register.enough().items()},
        },
        "warnings": list(place.warnings),
    }  # fmt: skip


def _payments_told(payer: str | None, paid: Spending | None) -> Mapping[str, Any] | None:
    if paid is None:
        return None
    return {
        "buyer": payer,
        "months": list(paid.months),
        "factor": paid.factor,
        "pence": paid.pence,
        "undated_pence": paid.undated_pence,
        "left_out_pence": dict(paid.left_out),
        "unknown_category": paid.unknown,
        "capital": paid.capital,
        "suppliers": {name: line.suppliers for name, line in paid.lines.items()},
        "local": {
            name: {
                "low": one.low,
                "high": one.high,
                "known_low": one.known_low,
                "known_high": one.known_high,
                "unknown": one.unknown,
                "taken": one.taken,
            }
            for name, one in paid.local.items()
        },
    }


def _lines(path: Path, place: Place, *, kept: bool) -> list[str]:
    marks: dict[str, int] = {}
    for one in place.figures.values():
        marks[one.mark] = marks.get(one.mark, 0) + 1
    counted = ", ".join(f"{many} {mark}" for mark, many in marks.items())
    stands = " It stood there already, the same." if kept else ""
    whose = f"{place.district.name} ({place.district.code}) in {path}"
    return [
        f"{whose}: {len(place.figures)} figures, {counted}.{stands}",
        *(f"· {told}" for told in place.warnings),
        f"Read it and put it right; then: poundflow compare {path}",
    ]
