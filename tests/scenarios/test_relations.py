"""What stands in a scenario must fit the rest of it: who lives, works, owns and buys where."""

import pytest

from scenarios.assumptions.entry import Entry
from scenarios.checks.unlikely import unlikely
from scenarios.read import read_scenario
from scenarios.tables.powers import powers
from tests.scenarios.village_text import TEXT, faults_of, spoilt


@pytest.mark.parametrize(
    ("sets", "path", "found"),
    [
        # places
        ('areas.world.tier="uk"', "areas", "no area of tier world"),
        ('areas.village.parent="north"', "areas.village.parent", "no county above it"),
        ('areas.town.tier="world"', "areas.town.tier", "a second world"),
        ('areas.world.parent="uk"', "areas.world.parent", '"uk"'),
        ('areas.dale.parent="village"', "areas.dale.parent", '"village", of tier district'),
        ('neighbours=["town","town"]', "neighbours.1", '"town" a second time'),
        ('neighbours=["village"]', "neighbours.0", '"village", the focus itself'),
        ("areas.village.households=65", "areas.village.households", "65 households for 64 people"),
        ('areas.town.sector_mix="nowhere"', "areas.town.sector_mix", '"nowhere"'),
        (
            'commuting.1={home="village",work="village",people=6}',
            "commuting.1",
            "village to village a second time",
        ),
        # objectives, policies, window
        ('objectives.work.id="care"', "objectives.care.id", '"care" a second time'),
        ("say={unions=0.7,church=0.6}", "say", "shares that sum to 1.3"),
        ('compare.regimes=["grant","grant"]', "compare.regimes.1", '"grant" a second time'),
        (
            'policies.mine={regime="grant",rules=[{regime="grant",from_value=9,to_value=9}]}',
            "policies.mine.rules.0.to_value",
            "9",
        ),
        (
            'policies.mine={regime="grant",rules=[{regime="grant",from={year=2020,month=2},'
            "until={year=2020,month=1}}]}",
            "policies.mine.rules.0.until",
            "a month before `from`",
        ),
        ("measure.dye_months=[30]", "measure.dye_months.0", "30"),
        ('measure.dye_buyers=["nobody"]', "measure.dye_buyers.0", '"nobody"'),
        # households and firms
        ('households.h01.area="town"', "households.h01.area", '"town", of resolution accounts'),
        ('households.h01.landlord="h01"', "households.h01.landlord", '"h01", itself'),
        ("households.h01.adults=1", "households.h01.workers", "2 workers for 1 adults"),
        ('firms.mason.area="town"', "firms.mason.area", '"town", of resolution accounts'),
        ("firms.mason.rent=100", "firms.mason.landlord", "nothing"),
        (
            'contracts.standing.0.category="highways"',
            "contracts.standing.0.category",
            '"highways", for which village-council has none',
        ),
        # law and money
        ('nation="atlantis"', "nation", '"atlantis"'),
        ("assumptions.bid.cover=2", "assumptions.bid.cover", "2"),
        ("assumptions.households={propensity=0.5}", "assumptions.households", "`households`"),
    ],
)
def test_what_does_not_fit_the_rest_is_found(sets: str, path: str, found: str) -> None:
    """One value that is sound alone and wrong beside others is told at its place."""
    told = {fault.path: fault.found for fault in faults_of(TEXT, sets)}

    assert found in told.get(path, ""), told


def test_a_household_that_pays_for_its_home_names_who_is_paid() -> None:
    """Rent without a landlord would vanish."""
    at = TEXT.index("[[households]]")
    landlord = next(line for line in TEXT[at:].splitlines() if line.startswith("landlord"))
    text = TEXT[:at] + spoilt(f"{landlord}\n", "", TEXT[at:])

    [fault] = faults_of(text)

    assert fault.path.endswith(".landlord")
    assert fault.wanted == "who receives the housing payment"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"value": True}, "value must be a number, found True"),
        ({"high": float("inf")}, "high must be finite, found inf"),
        ({"value": 2.0}, "low <= value <= high is broken: 0.0, 2.0, 1.0"),
        ({"grade": "sure"}, "grade must be one of"),
        ({"low": 0.5, "high": 0.5}, "a drawn entry needs low below high"),
        ({"distribution": "log_uniform"}, "log_uniform needs low above 0"),
        ({"source": " "}, "source must not be empty"),
        ({"name": "Bids"}, "the name must be lower-case words joined by dots"),
    ],
)
def test_an_entry_does_not_contradict_itself(changes: dict[str, object], said: str) -> None:
    """A register entry is refused with every contradiction in it."""
    sound: dict[str, object] = {
        "name": "bid.example", "value": 0.5, "unit": "share", "low": 0.0, "high": 1.0,
        "distribution": "uniform", "what": "An example.", "source": "A test", "grade": "judgement",
    }  # fmt: skip

    with pytest.raises(ValueError, match=r"assumption `") as told:
        Entry(**{**sound, **changes})  # type: ignore[arg-type]

    assert said in str(told.value)
    assert Entry(**sound).name == "bid.example"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ('"much"', '"much"'),
        ("1.5", "1.5"),
        ("-0.1", "-0.1"),
    ],
)
def test_a_share_of_the_register_is_a_number_from_nought_to_one(told: str, found: str) -> None:
    """Words, and what is beyond the whole, are refused at the name."""
    faults = {one.path: one for one in faults_of(TEXT, f'assumptions."bid.ring"={told}')}

    [fault] = [one for path, one in faults.items() if "bid.ring" in path]
    assert found in fault.found


def test_figures_that_are_possible_and_unlikely_are_pointed_out() -> None:
    """Homes of forty people, and contracts of a pound a year."""
    scenario = read_scenario("village")
    area = scenario.areas[5].model_copy(update={"households": 50})
    contracts = scenario.contracts.model_copy(update={"lot_pounds": {"homecare": 1.0}})

    odd = [
        *unlikely(scenario.model_copy(update={"areas": (area,), "contracts": contracts})),
    ]

    assert [*unlikely(scenario)] == []
    assert ["people, 40.0 each" in odd[0].found, "GBP 1 a year" in odd[1].found] == [True, True]


def test_powers_of_a_nation_are_in_force_from_month_to_month() -> None:
    """The general power of competence took the place of well-being in March 2012."""
    [well_being, competence] = powers("uk")["fair_employment", ""]

    assert well_being.open_in((2012, 2))
    assert not well_being.open_in((2012, 3))
    assert competence.open_in((2012, 3))
    assert powers("atlantis") == {}
