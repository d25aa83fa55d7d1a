"""A number that is not data is an entry in the register, and an entry is used."""

import re
from pathlib import Path

from scenarios.assumptions import register
from simulation.procurement import registry

HOME = Path(__file__).resolve().parents[2]
PREFIXES = ("award.", "bid.", "claim.", "tender.", "commission.", "law.", "delivery.", "learn.")


def test_every_number_asked_for_is_in_the_register_and_every_entry_is_asked_for() -> None:
    """What the code reads and what procurement.toml declares are the same names."""
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for path in sorted((HOME / "simulation" / "procurement").glob("*.py"))
    )
    asked = set(re.findall(r'a\["([a-z_.]+)"\]', source))

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
