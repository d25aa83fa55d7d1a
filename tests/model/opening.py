"""A place on its first day, opened as a run opens it but without burn-in or history."""

from collections.abc import Iterable, Mapping

import pytest

from scenarios.assumptions import Assumptions, register
from scenarios.read import draft_from_text
from scenarios.spec import Scenario
from simulation.economy import build
from simulation.economy.founding import open_seats
from simulation.economy.seats import lay_seats
from simulation.economy.tax_law import tax_year_of
from simulation.economy.taxes import TaxYear
from simulation.economy.town import open_town
from simulation.model import portraits
from simulation.model.economy_model import EconomyModel
from simulation.model.incubator import seats_wanted
from simulation.model.policies import resolve
from simulation.model.recorder import Recorder
from simulation.model.run import Prepared, open_office
from simulation.procurement import registry

QUIET = {
    "labour.separation_rate": 0.0,
    "labour.search_on_the_job": 0.0,
    "labour.adjustment_speed": 0.0,
    "firms.closure_micro": 0.0,
    "firms.closure_small": 0.0,
    "firms.closure_medium": 0.0,
    "firms.closure_large": 0.0,
}
"""Switches of the register at which nobody is hired, leaves or closes by lot."""


def whole_register(scenario: Scenario, values: Mapping[str, float]) -> Assumptions:
    """Return the register with the ways of buying's own entries, and some values changed."""
    entries = dict(register())
    for name in registry.names():
        entries |= {entry.name: entry for entry in registry.get(name).parameters}
    changed = {**scenario.assumptions, **values}
    return Assumptions.of(entries.values()).with_values(changed)


def open_place(
    scenario: Scenario, a: Assumptions, seed: int = 1, tax: TaxYear | None = None,
    *, lends: bool = False,
) -> Prepared:  # fmt: skip
    """Build a place and open its books; its first month is month 1.

    Parameters
    ----------
    tax : TaxYear, optional
        Law in force instead of that of the scenario's date.
    lends : bool
        Whether the focus has a community lender.
    """
    start = scenario.start.serial
    law = tax_year_of(start) if tax is None else tax
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "tax_year_of", lambda calendar, nation: law)
        economy = build.build_economy(scenario, a, seed)
    policies = resolve(scenario, scenario.compare.regimes, scenario.compare.baseline, a)
    seats, like = lay_seats(economy, seats_wanted(economy, policies), a, seed)
    town = open_town(economy, a, seed, law, 0, start - 1, lends=lends)
    open_seats(town, seats, like)
    office = open_office(scenario, town, policies[scenario.compare.baseline])
    recorder = Recorder()
    portraits.note_places(recorder.rows, town)
    portraits.note_stocks(recorder.rows["stocks"], town)
    return Prepared(scenario, town, office, recorder, policies, 0.0, 0)


def model_of(place: Prepared) -> EconomyModel:
    """Return a model of the place itself (not of a copy), to be stepped by hand."""
    return EconomyModel(place.town, place.stewardship, place.recorder)


def of_text(text: str, sets: Iterable[str] = ()) -> Scenario:
    """Read a scenario from a text."""
    return draft_from_text(text, "little.toml", sets).require()
