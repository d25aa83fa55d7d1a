"""The commands that make a place, as arguments: nothing that was typed can become an option.

Each value that a person typed stands in one argument with the option that takes it.
"""

from collections.abc import Sequence
from pathlib import Path

from experiments.web.case import Case
from experiments.web.places.section import PlaceChoice, Upload

LISTED = "register"
"""Folder of a case for an imported register of contracts."""

TODAY = "today.json"
TABLES = ("postcodes", "companies", "coops")
"""Options of `suppliers` that take a table, and the fields of a choice that hold it."""


def import_payments(case: Case, choice: PlaceChoice) -> list[str]:
    """Read the lists of payments."""
    return [
        "import", "payments", *_paths(case, choice.payments), f"--out={case.imported}",
        f"--council={choice.council}", f"--area={choice.area}",
        *(f"--map={one}" for one in choice.maps), "--json",
    ]  # fmt: skip


def import_register(case: Case, choice: PlaceChoice) -> list[str]:
    """Read the register of contracts."""
    paths = _paths(case, choice.contracts)
    return ["import", "register", *paths, f"--out={case.folder / LISTED}",
            *(f"--map={one}" for one in choice.register_maps), "--json"]  # fmt: skip


def resolve_suppliers(case: Case, choice: PlaceChoice, review: Path | None = None) -> list[str]:
    """Take up what a person said of suppliers, and what register and tables tell of them."""
    found = ["suppliers", str(case.imported)]
    for option in TABLES:
        found += [f"--{option}={path}" for path in _paths(case, getattr(choice, option))]
    if choice.contracts:
        found.append(f"--register={case.folder / LISTED}")
    return [*found, *([] if review is None else [f"--review={review}"]), "--json"]


def build_place(case: Case, choice: PlaceChoice) -> list[str]:
    """Write the file of the place."""
    found = ["build-place", choice.code, f"--out={case.place_file}"]
    if choice.way == "payments":
        found.append(f"--payments={case.imported}")
    if choice.contracts:
        found.append(f"--register={case.folder / LISTED}")
    return [*found, "--json"]


def today(case: Case, choice: PlaceChoice, *, start: bool) -> list[str]:
    """Work out what is known of the place today."""
    found = ["today", str(case.place_file), f"--out={case.folder / TODAY}"]
    if choice.way == "payments":
        found.append(f"--payments={case.imported}")
    return [*found, *(["--start"] if start else []), "--json"]


def _paths(case: Case, files: Sequence[Upload]) -> list[str]:
    return [str(case.uploads / one.stored) for one in files]
