"""A number that is not data is an entry in the register, and an entry is used."""

import re
from pathlib import Path

from scenarios.assumptions import register
from simulation.procurement import registry

HOME = Path(__file__).resolve().parents[2]
PREFIXES = (
    "award.", "bid.", "claim.", "tender.", "commission.", "law.", "delivery.", "learn.", "option.",
    "subsidy.", "land.",
)  # fmt: skip
BESIDE = ("appraisals", "premises", "subsidies")
"""Files of the model that ask for such numbers, too."""


def test_every_number_asked_for_is_in_the_register_and_every_entry_is_asked_for() -> None:
    """What the code reads and what the register declares are the same names."""
    procurement = sorted((HOME / "simulation" / "procurement").glob("*.py"))
    beside = [HOME / "simulation" / "model" / f"{name}.py" for name in BESIDE]
    asked, more = (
        set(re.findall(r'a\["([a-z_.]+)"\]', "\n".join(path.read_text("utf-8") for path in files)))
        for files in (procurement, beside)
    )
    asked |= {name for name in more if name.startswith(PREFIXES)}

    declared = {name for name in register() if name.startswith(PREFIXES)}

    assert asked == declared


def test_every_parameter_of_a_way_of_buying_is_read_somewhere() -> None:
    """No lever is idle: its short name stands in the code."""
    folder = HOME / "simulation" / "procurement"
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for path in sorted(folder.glob("*.py"))
        if not path.name.endswith("_entries.py")
    )

    for name in registry.BUILT_IN:
        for entry in registry.get(name).parameters:
            assert f'"{entry.name.split(".")[1]}"' in source, entry.name
