"""A file that asks for what the law does not allow is answered with the article, before it runs."""

import pytest

from scenarios import shelf
from scenarios.errors import Fault
from scenarios.read import draft_from_text
from simulation.model.check import registry_faults

HERE = 'regimes = ["price_quality", "ours"]'
RULED = (
    'regime = "price_quality"\n[[policies.ours.rules]]\nregime = "reserved_local"\n'
    'categories = ["facilities_management", "food_supplies"]\n'
)


def told(
    policy: str, start: str = "2026, month = 4", *, strict: bool = True, baseline: str | None = None
) -> list[Fault]:
    """Check the village at a date with a policy of its own; return what is wrong."""
    text = shelf.find("village").read_text(encoding="utf-8")
    ways = next(line for line in text.splitlines() if line.startswith("regimes ="))
    text = text.replace(ways, HERE, 1).replace("2019, month = 4", start, 1)
    if strict:
        text = text.replace("counterfactual = true", "counterfactual = false", 1)
    draft = draft_from_text(f"{text}\n[policies.ours]\n{policy}", "village.toml")
    assert not draft.faults
    return registry_faults(draft, baseline=baseline)


def only(faults: list[Fault]) -> Fault:
    """Return the one fault that there is."""
    assert len(faults) == 1, "\n".join(map(str, faults))
    return faults[0]


@pytest.mark.parametrize(
    "policy",
    [
        'regime = "reserved_local"\n',
        'regime = "reserved_mutual"\n',
        'regime = "reserved_mutual"\nparameters = { power = 32, term_years = 9 }\n',
        RULED + "from_value = 100000\n",
    ],
)
def test_what_the_law_of_2026_knows_is_sound(policy: str) -> None:
    """Below the threshold alone is enough of a route; s. 32 sets no term."""
    assert told(policy) == []


@pytest.mark.parametrize("strict", [True, False])
def test_a_reservation_from_above_the_threshold_contradicts_its_law(strict: bool) -> None:
    """Goods and services end at 173,100 pounds without VAT; no declaration mends that."""
    fault = only(told(RULED + "from_value = 200000\n", strict=strict))

    assert fault.path == "policies.ours.rules.0.from_value"
    assert fault.line is not None
    assert "SI 2026/94" in fault.hint
    assert "173,100 pounds" in fault.wanted


def test_works_may_be_reserved_where_goods_may_not() -> None:
    """200,000 pounds lie below the threshold for works, of which the rule has some."""
    ruled = RULED.replace("food_supplies", "building_maintenance")

    assert told(ruled + "from_value = 200000\n") == []


def test_a_mutual_may_not_be_promised_nine_years() -> None:
    """The message names the section, and where the number stands."""
    fault = only(told('regime = "reserved_mutual"\nparameters = { term_years = 9 }\n'))

    assert fault.path == "policies.ours.parameters.term_years"
    assert fault.line is not None
    assert "9 years" in fault.found
    assert "Procurement Act 2023, s. 33" in fault.hint


def test_the_limit_of_a_mutual_s_term_is_that_of_the_date() -> None:
    """Five years are the act's of 2023; reg. 77 of 2015 allowed three."""
    policy = 'regime = "reserved_mutual"\nparameters = { term_years = 5 }\n'

    fault = only(told(policy, "2016, month = 4"))

    assert fault.path == "policies.ours.parameters.term_years"
    assert "3 years at most" in fault.wanted
    assert "Public Contracts Regulations 2015, reg. 77" in fault.hint
    assert told(policy) == []


def test_the_three_year_rule_is_part_of_the_power() -> None:
    """Who claims s. 33 claims its rule; a counterfactual may ask what it does."""
    policy = 'regime = "reserved_mutual"\nparameters = { waiting_years = 0 }\n'

    fault = only(told(policy))

    assert fault.path == "policies.ours.parameters.waiting_years"
    assert "Procurement Act 2023, s. 33(5)" in fault.hint
    assert "reg. 77(3)(d)" in only(told(policy, "2016, month = 4")).hint
    assert told(policy, strict=False) == []
    assert told(policy.replace("waiting_years = 0", "waiting_years = 0, power = 32")) == []


@pytest.mark.parametrize("strict", [True, False])
def test_maintenance_is_never_reserved_for_mutuals(strict: bool) -> None:
    """Section 33 covers services to people; what was named beside them goes the baseline's way."""
    ruled = RULED.replace("reserved_local", "reserved_mutual")
    care = ruled.replace("facilities_management", "homecare")

    fault = only(told(ruled, strict=strict))

    assert fault.path == "policies.ours.rules.0.categories"
    assert "Procurement Act 2023, s. 33" in fault.hint
    assert told(care, strict=strict) == []


def test_a_co_op_is_not_guaranteed_nine_years_by_a_reserved_contract() -> None:
    """Nine years and a taper are more than s. 33 holds; goods, which it never covers, may."""
    nine = "parameters = { anchor_months = 108 }\n"
    policy = f'regime = "incubated_coop"\n{nine}'
    food = (
        'regime = "price_quality"\n[[policies.ours.rules]]\nregime = "incubated_coop"\n'
        f'categories = ["food_supplies"]\n{nine}'
    )

    fault = only(told(policy))

    assert fault.path == "policies.ours.parameters.anchor_months"
    assert "132 months" in fault.found
    assert "60 months at most" in fault.wanted
    assert "Procurement Act 2023, s. 33" in fault.hint
    assert told(policy, strict=False) == []
    assert told(food) == []
    assert told(policy.replace("108", "36")) == []


@pytest.mark.parametrize(
    ("policy", "key"),
    [
        ('regime = "reserved_mutual"\nparameters = { power = 34 }\n', "power"),
        ('regime = "reserved_local"\nparameters = { area = 5 }\n', "area"),
    ],
)
def test_codes_that_no_law_knows_are_refused(policy: str, key: str) -> None:
    """There are two powers and five areas."""
    assert only(told(policy)).path == f"policies.ours.parameters.{key}"


@pytest.mark.parametrize("policy", ['regime = "reserved_local"\n', RULED])
def test_before_its_date_a_reservation_is_refused_with_what_barred_it(policy: str) -> None:
    """January 2026: the order is named, and the act that barred location until then."""
    fault = only(told(policy, "2026, month = 1"))

    assert "SI 2026/94" in fault.found
    assert "s. 17(5)(e)" in fault.found
    assert "2026-02" in fault.found
    assert told(policy, "2026, month = 1", strict=False) == []


def test_a_mixed_place_is_refused_for_those_who_may_not_yet() -> None:
    """In 2025 a college may try to reserve; the council beside it waits for the order."""
    college = (
        '\n[[buyers]]\nid = "college"\nname = "College"\nkind = "college"\narea = "village"\n'
        "monitoring = 0.2\nengagement = 0.2\npayment_days = 30\npayroll = 1000\n"
        "budget = { food_supplies = 9000 }\n"
    )

    def judged(buyers: str, year: int = 2025) -> list[Fault]:
        return told(f'{RULED}buyers = ["{buyers}"]\n{college}', f"{year}, month = 4")

    assert judged("college") == []
    assert "2026-02" in only(judged("village-council")).found
    assert "2026-02" in only(judged('college", "village-council')).found
    assert "2026-02" in only(judged('college", "village-council', 2024)).found


def test_a_rule_may_wait_for_the_order() -> None:
    """A story that opens earlier may reserve from February 2026 on."""
    waits = RULED + "from = { year = 2026, month = 2 }\n"

    assert told(waits, "2025, month = 4") == []


def test_a_baseline_must_be_able_to_buy_everything() -> None:
    """What may not be reserved is bought the baseline's way, so that cannot be a reservation."""
    fault = only(told('regime = "reserved_local"\n', baseline="ours"))

    assert fault.path == "policies.ours"
    assert "above the threshold" in fault.found
    assert "baseline" in fault.hint


def test_mutuals_before_the_regulations_of_2015_are_refused() -> None:
    """Neither reg. 77 nor s. 33 is there in 2014; both are named by their date."""
    fault = only(told('regime = "reserved_mutual"\n', "2014, month = 4"))

    assert "2015-03 by Public Contracts Regulations 2015, reg. 77" in fault.found
