"""The page of policies: made, changed, compared; every fault is told where it can be put right."""

from pathlib import Path

import pytest

from experiments.web.case import Case
from experiments.web.chosen import Choice, Policies
from tests.experiments.web.asking import Asking
from tests.experiments.web.placed import placed


@pytest.fixture
def preston(case: Case) -> Case:
    """A case about Preston in 2012 that keeps to the law of its date."""
    return placed(case, "preston-2012", lawful=True)


@pytest.fixture
def village(case: Case) -> Case:
    """A case about the village, whose scenario is a what-if."""
    return placed(case, "village")


def at(case: Case, path: str = "") -> str:
    """Write the address of a page of policies."""
    return f"/cases/{case.name}/policies{path}"


def kept(case: Case) -> Policies:
    """Read what is kept."""
    found = case.read(Policies)
    assert found is not None
    return found


def add(client: Asking, case: Case, ready: str, **more: str) -> str:
    """Add a ready-made policy and give its key."""
    answer = client.post(at(case), data={"ready": ready, **more})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"].rpartition("/")[2])


def test_without_a_place_the_page_leads_to_the_place(client: Asking, case: Case) -> None:
    """There is nothing to choose yet."""
    answer = client.get(at(case))

    assert answer.status_code == 200
    assert "First choose your place" in answer.text


def test_a_case_begins_with_the_place_as_it_is_now(client: Asking, preston: Case) -> None:
    """Nothing is kept before the officer does something."""
    text = client.get(at(preston)).text

    assert "As now" in text
    assert "24 kinds of spending" in text
    assert not (preston.folder / Policies.FILE).exists()


def test_a_ready_made_policy_says_what_it_does_and_how_the_law_stands_to_it(
    client: Asking, preston: Case
) -> None:
    """Two sentences, the standing in law, and the articles."""
    text = client.get(at(preston)).text

    assert "the lowest price that meets your needs wins" in text
    assert "Public Contracts Regulations 2006, reg. 30: lowest price offered" in text
    assert "This is outside the law here at this date" in text


def test_what_is_outside_the_law_has_to_be_ticked_first(client: Asking, preston: Case) -> None:
    """Mutuals may be kept for from 2015 on; in 2012 that is a what-if, said before it is chosen."""
    refused = client.post(at(preston), data={"ready": "reserved_mutual"})

    assert refused.status_code == 422
    assert "outside the law here in April 2012" in refused.text
    assert 'value="reserved_mutual" checked' in refused.text
    add(client, preston, "reserved_mutual", what_if="yes")
    assert kept(preston).what_if


def test_the_what_if_ends_with_the_policy_that_needed_it(client: Asking, preston: Case) -> None:
    """What is left is within the law again, and says so."""
    key = add(client, preston, "reserved_mutual", what_if="yes")

    client.post(at(preston, f"/{key}/remove"))

    assert not kept(preston).what_if


def test_one_kind_of_spending_is_changed_with_its_settings(client: Asking, preston: Case) -> None:
    """Only what differs from the register's own value is kept, so the rest is still drawn."""
    key = add(client, preston, "as-now")
    form = {"category": "homecare", "way": "social_value", "begins": "12", "s-weight": "20",
            "s-remedy_rate": "30"}  # fmt: skip

    answer = client.post(at(preston, f"/{key}/way"), data=form)

    assert answer.status_code == 303
    choice = Choice(way="social_value", settings={"weight": 0.2}, begins=12)
    made = kept(preston).named(key)
    assert made is not None
    assert made.choices["homecare"] == choice
    assert made.choices["catering"] == Choice(way="price_quality")


def test_every_fault_of_the_settings_is_told_at_its_field_and_nothing_is_lost(
    client: Asking, preston: Case
) -> None:
    """Three faults at once; the field that is right is not blamed."""
    key = add(client, preston, "as-now")
    form = {"category": "homecare", "way": "social_value", "begins": "soon", "s-weight": "95",
            "s-quality_weight": "much", "s-remedy_rate": "25"}  # fmt: skip

    answer = client.post(at(preston, f"/{key}/way"), data=form)

    assert answer.status_code == 422
    for name in ("begins", "s-weight", "s-quality_weight"):
        assert f'href="#{name}"' in answer.text
        assert f'id="{name}-fault"' in answer.text
    assert 'href="#s-remedy_rate"' not in answer.text
    for typed in ("soon", "95", "much", "25"):
        assert f'value="{typed}"' in answer.text
    assert kept(preston).named(key).choices["homecare"].way == "price_quality"  # type: ignore[union-attr]


def test_a_way_that_the_law_never_gives_for_a_kind_of_spending_cannot_be_chosen(
    client: Asking, preston: Case
) -> None:
    """A grant for computers is not to be had at any date."""
    key = add(client, preston, "as-now")

    text = client.get(at(preston, f"/{key}/way"), params={"category": "ict"}).text
    answer = client.post(at(preston, f"/{key}/way"), data={"category": "ict", "way": "grant"})

    assert 'value="grant" disabled' in text
    assert answer.status_code == 422
    assert "cannot be had for this spending" in answer.text


def test_a_way_outside_the_law_is_refused_for_one_kind_of_spending_until_it_is_ticked(
    client: Asking, preston: Case
) -> None:
    """The box stands at the top of the form that is shown again."""
    key = add(client, preston, "as-now")
    form = {"category": "homecare", "way": "reserved_mutual"}

    refused = client.post(at(preston, f"/{key}/way"), data=form)
    taken = client.post(at(preston, f"/{key}/way"), data={**form, "what_if": "yes"})

    assert refused.status_code == 422
    assert 'href="#what_if"' in refused.text
    assert taken.status_code == 303


def test_nothing_ticked_is_said(client: Asking, preston: Case) -> None:
    """Both the page that asks and the form that keeps say so."""
    key = add(client, preston, "as-now")

    assert "Tick at least one" in client.get(at(preston, f"/{key}/way")).text
    assert client.post(at(preston, f"/{key}/way"), data={"way": "grant"}).status_code == 422


def test_levers_are_kept_and_their_faults_told(client: Asking, preston: Case) -> None:
    """More than the budgets hold is refused in words; a sum that can be had is kept."""
    key = add(client, preston, "as-now")

    wrong = client.post(at(preston, f"/{key}/beside"), data={"fair_employment": "lots"})
    greedy = client.post(at(preston, f"/{key}/beside"), data={"inclusive_finance": "900000000000"})
    right = client.post(
        at(preston, f"/{key}/beside"), data={"plural_ownership": "25,000", "adopters": "one"}
    )

    assert wrong.status_code == greedy.status_code == 422
    assert "“lots” is no number" in wrong.text
    assert 'value="lots"' in wrong.text
    assert right.status_code == 303
    made = kept(preston).named(key)
    assert made is not None
    assert (made.pillars["plural_ownership"], made.adopters) == (25_000, "one")
    assert "£25,000" in client.get(at(preston)).text


def test_a_lever_that_nobody_could_have_is_said(client: Asking, village: Case) -> None:
    """The village has no voluntary body that could hold land."""
    key = add(client, village, "as-now")

    answer = client.post(at(village, f"/{key}/beside"), data={"land_assets": "1000"})

    assert "This cannot be had here" in client.get(at(village, f"/{key}/beside")).text
    assert answer.status_code == 422
    assert 'id="land_assets-fault"' in answer.text


def test_policies_are_copied_renamed_removed_and_compared_with(
    client: Asking, preston: Case
) -> None:
    """A name is the key in the answers; the baseline cannot be removed."""
    first = add(client, preston, "social_value")
    twin = client.post(at(preston, f"/{first}/copy")).headers["location"].rpartition("/")[2]
    new = client.post(at(preston, f"/{twin}/name"), data={"name": "Local care"})
    key = new.headers["location"].rpartition("/")[2]

    assert key == "local-care"
    assert client.post(at(preston, f"/{key}/name"), data={"name": " "}).status_code == 422
    assert client.post(at(preston, f"/{key}/name"), data={"name": "As now"}).status_code == 422
    assert client.post(at(preston, f"/{key}/name"), data={"name": "x" * 61}).status_code == 422
    assert client.post(at(preston, f"/{key}/baseline")).status_code == 303
    assert kept(preston).base.key == key
    assert client.post(at(preston, f"/{key}/remove")).status_code == 422
    assert client.post(at(preston, f"/{first}/remove")).status_code == 303
    assert [one.key for one in kept(preston).policies] == ["as-now", "local-care"]


def test_a_baseline_has_to_be_able_to_buy_everything_it_says(client: Asking, preston: Case) -> None:
    """What is chosen for each kind of spending is lawful, so any policy may be compared with."""
    key = add(client, preston, "grant")

    assert client.post(at(preston, f"/{key}/baseline")).status_code == 303
    assert client.post(at(preston, "/done")).status_code == 303


def test_a_ninth_policy_is_refused(client: Asking, preston: Case) -> None:
    """Neither ready-made nor as a copy."""
    for _ in range(7):
        add(client, preston, "social_value")

    assert client.post(at(preston), data={"ready": "as-now"}).status_code == 422
    assert client.post(at(preston, "/as-now/copy")).status_code == 422


def test_one_policy_or_equal_ones_are_no_question(client: Asking, preston: Case) -> None:
    """There must be something to compare."""
    alone = client.post(at(preston, "/done"))
    add(client, preston, "as-now")
    equal = client.post(at(preston, "/done"))
    add(client, preston, "lowest_price")

    assert "Add a second policy" in alone.text
    assert "All your policies are the same" in equal.text
    assert client.post(at(preston, "/done")).headers["location"].endswith("/uncertain")


def test_a_kind_of_spending_without_a_way_is_said(
    client: Asking, preston: Case, tmp_path: Path
) -> None:
    """Another place may spend on what the policies do not know."""
    key = add(client, preston, "lowest_price")
    made = kept(preston).named(key)
    assert made is not None
    choices = {name: one for name, one in made.choices.items() if name != "homecare"}
    preston.write(kept(preston).with_policy(made.model_copy(update={"choices": choices})))

    answer = client.post(at(preston, "/done"))

    assert answer.status_code == 422
    assert "say how home care is bought" in answer.text
    assert f'href="#policy-{key}"' in answer.text
    assert "No way chosen yet" in client.get(at(preston, f"/{key}")).text


def test_a_policy_that_is_not_here_is_not_found(client: Asking, preston: Case) -> None:
    """Whatever an address names, the answer is a plain page."""
    for path in ("/nothing", "/nothing/way?category=ict", "/nothing/beside"):
        assert client.get(at(preston, path)).status_code == 404
    for path in ("/nothing/copy", "/nothing/way", "/nothing/beside", "/nothing/name"):
        assert client.post(at(preston, path), data={"category": "ict"}).status_code == 404


def test_script_in_the_name_of_a_policy_is_shown_as_text(client: Asking, preston: Case) -> None:
    """What a user types never becomes markup."""
    client.post(at(preston, "/as-now/name"), data={"name": "<script>alert(1)</script>"})

    text = client.get(at(preston)).text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text
