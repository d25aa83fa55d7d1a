"""What a council does beside buying rests on a power, and a power on a date."""

from scenarios.errors import Fault
from scenarios.read import draft_from_text
from simulation.model.check import registry_faults
from tests.model.three_districts import three_districts

LEVERS = "plural_ownership=1000, land_assets=1000, inclusive_finance=1000, fair_employment=1000"


def faults(year: int, month: int, *sets: str, levers: str = LEVERS) -> dict[str, Fault]:
    """Check the three districts as they begin in a month; faults by path."""
    ours = (
        f"start={{year={year}, month={month}}}",
        "counterfactual=false",
        'policies.lev.regime="price_quality"',
        f"policies.lev.pillars={{{levers}}}",
        *sets,
    )
    draft = draft_from_text(three_districts().source, "three.toml", ours)
    return {one.path: one for one in registry_faults(draft)}


def test_before_the_well_being_power_only_land_has_one() -> None:
    """In 1999 a council buys and sells land by the Act of 1972, and gives nobody any money."""
    found = faults(1999, 4)

    assert "policies.lev.pillars.land_assets" not in found
    for lever in ("plural_ownership", "inclusive_finance", "fair_employment"):
        fault = found[f"policies.lev.pillars.{lever}"]
        assert "2000-10 or later: Local Government Act 2000 s. 2" in fault.wanted
        assert "counterfactual = true" in fault.hint


def test_well_being_pays_for_levers_until_general_competence_does() -> None:
    """There is no gap between the two powers, and no fault in either."""
    for date in ((2000, 10), (2012, 2), (2012, 3), (2024, 6)):
        assert not [path for path in faults(*date) if "pillars" in path]


def test_a_councils_share_in_a_company_waits_for_general_competence() -> None:
    """Shares for a commercial purpose are held through a company: s. 4, from March 2012 here."""
    owned = "assumptions.ownership.municipal_share=0.3"
    path = "assumptions.ownership.municipal_share"
    (found,) = (one for key, one in faults(2011, 6, owned).items() if "municipal_share" in key)

    assert "Localism Act 2011 s. 1 with s. 4" in found.wanted
    assert path not in faults(2011, 6, owned, levers="land_assets=1000")
    assert not [key for key in faults(2012, 3, owned) if "municipal_share" in key]
    assert not [key for key in faults(2011, 6) if "municipal_share" in key]


def test_a_counterfactual_place_may_ask_what_if_there_had_been_a_power() -> None:
    """Nothing is refused by date where the scenario says so."""
    assert not [path for path in faults(1999, 4, "counterfactual=true") if "pillars" in path]


def test_a_nation_whose_powers_are_not_on_file_is_not_judged() -> None:
    """Ohio's levers stand on its own law, which the table does not hold."""
    nation = ('nation="us"', 'currency="USD"')

    assert not [path for path in faults(1999, 4, *nation) if "pillars" in path]


def test_a_partnership_without_the_councils_vote_is_not_controlled_by_it() -> None:
    """Without a vote there is no control, and no award without a tender: Schedule 2."""
    policy = 'policies.lev={regime="public_commons", parameters={votes_council=%s}}'
    path = "policies.lev.parameters.votes_council"

    assert "Procurement Act 2023, Sch. 2" in faults(2024, 6, policy % 0)[path].hint
    assert path not in faults(2024, 6, policy % 0.1)


def test_a_joint_venture_without_the_councils_share_is_the_partners_company() -> None:
    """The power is to act through a company; one of the partner's alone is bought from."""
    policy = 'policies.lev={regime="joint_venture", parameters={council_shares=%s}}'
    path = "policies.lev.parameters.council_shares"

    assert "Localism Act 2011, s. 4" in faults(2024, 6, policy % 0)[path].hint
    assert path not in faults(2024, 6, policy % 0.1)
