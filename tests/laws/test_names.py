"""A name decides nothing: not a policy's, and not that of a way of buying with its switches off."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from experiments.runner.replicate import assumptions_of
from scenarios.read import read_scenario
from scenarios.spec import Scenario
from simulation.accounting.books import Books
from simulation.accounting.digest import digest
from simulation.model.run import live, prepare
from simulation.procurement import registry
from simulation.procurement.lowest_price import LowestPrice

pytestmark = pytest.mark.compiled

MONTHS = 15
VILLAGE = Path(__file__).resolve().parents[2] / "scenarios" / "library" / "village.toml"
TENDERED = ("price_quality", "social_value", "ethical_framework")
TOLD_IN_WORDS = ("objective", "power", "criterion", "result")


def lives(scenario: Scenario) -> dict[str, Books]:
    """Live every policy that a scenario compares in one future."""
    prepared = prepare(scenario, assumptions_of(scenario, {}), 1)
    return {policy: live(prepared, policy, MONTHS) for policy in scenario.compare.regimes}


def village_with(folder: Path, policies: str, *sets: str) -> Scenario:
    """The village with policies of our own beside its own."""
    file = folder / "village.toml"
    file.write_text(VILLAGE.read_text(encoding="utf-8") + policies, encoding="utf-8")
    return read_scenario(str(file), ("measure.dye_months=[1]", *sets))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("ethical_framework", "cooperative_membership"),
        pytest.param("lowest_price", "social_value", marks=pytest.mark.long),
    ],
)
def test_swapping_two_names_swaps_their_books(tmp_path: Path, first: str, second: str) -> None:
    """Policies `early` and `late` change places in the alphabet and in the list, no more."""
    told = []
    for early, late in ((first, second), (second, first)):
        policies = f'\n[policies.early]\nregime = "{early}"\n[policies.late]\nregime = "{late}"\n'
        asked = 'compare.regimes=["price_quality", "early", "late"]'
        told.append(lives(village_with(tmp_path, policies, asked)))

    once, swapped = ({name: digest(books) for name, books in one.items()} for one in told)

    assert once["early"] == swapped["late"]
    assert once["late"] == swapped["early"]
    assert once["price_quality"] == swapped["price_quality"]
    assert len(set(once.values())) == 3


class Usual(LowestPrice):
    """A baseline of another family, so that none of those compared has learned under it."""

    name = "usual"
    family = "usual"


@pytest.fixture
def usual() -> Iterator[str]:
    """Register the baseline for one test."""
    registry.register(Usual)
    yield Usual.name
    registry._added.pop(Usual.name)


def switched_off(name: str) -> str:
    """A policy that buys this way with every switch of the way of buying at its null."""
    entries = [entry for entry in registry.get(name).parameters if entry.null is not None]
    values = [f"{entry.name.partition('.')[2]} = {entry.null}" for entry in entries]
    return f'\n[policies.{name}_off]\nregime = "{name}"\nparameters = {{ {", ".join(values)} }}\n'


def without_words(books: Books) -> Books:
    """The books with the texts of awards left out: powers in law and titles differ."""
    tables = dict(books.tables)
    awards = dict(tables["arrangements"])
    awards.update({key: np.zeros_like(awards[key]) for key in TOLD_IN_WORDS})
    tables["arrangements"] = awards
    return replace(books, tables=tables, kept={})


def test_with_all_switches_off_every_tender_is_lowest_price(tmp_path: Path, usual: str) -> None:
    """Through the same code, for fifteen months: the same books to the penny but for the words."""
    policies = "".join(switched_off(name) for name in TENDERED)
    off = [f"{name}_off" for name in TENDERED]
    compared = ", ".join(f'"{name}"' for name in (usual, "lowest_price", *off, *TENDERED))

    lived = lives(
        village_with(
            tmp_path, policies, f"compare.regimes=[{compared}]", f"compare.baseline={usual}"
        )
    )

    told = {name: digest(without_words(books)) for name, books in lived.items()}
    assert [told[name] for name in off] == [told["lowest_price"]] * len(off)
    assert len({told[name] for name in ("lowest_price", *TENDERED)}) == 1 + len(TENDERED)
