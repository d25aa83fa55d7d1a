"""Luck and ignorance are keyed: nothing that is added later changes what was drawn before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.design.ignorance import draw_ignorance
from experiments.design.plan import Plan, PlanError
from experiments.design.seeds import keyed_uniform, replicate_seed
from scenarios.assumptions import Entry
from tests.experiments.made_up import PLAN


def entry(name: str, distribution: str = "uniform", role: str = "input") -> Entry:
    """An entry of the register between 1 and 3."""
    fixed = distribution == "fixed"
    return Entry(
        name=name,
        value=2.0,
        unit="share",
        low=2.0 if fixed else 1.0,
        high=2.0 if fixed else 3.0,
        distribution=distribution,
        what="it does something",
        source="nobody, 2000",
        grade="judgement",
        role=role,
    )


def test_the_seed_of_a_replicate_is_the_same_for_ever() -> None:
    """A published figure can be computed again: seeds are pinned, wide, and fit a JSON number."""
    seeds = [replicate_seed(1, r) for r in range(1000)]

    assert seeds[:2] == [replicate_seed(1, 0), replicate_seed(1, 1)]
    assert seeds[0] == 3754602427352787
    assert len(set(seeds)) == 1000
    assert all(0 <= seed < 2**53 for seed in seeds)
    assert not set(seeds) & {replicate_seed(2, r) for r in range(1000)}


@given(st.integers(0, 2**53), st.text(max_size=20))
def test_a_keyed_uniform_lies_strictly_between_0_and_1(seed: int, name: str) -> None:
    """A quantile is never asked for its ends."""
    u = keyed_uniform("a purpose", seed, name)

    assert 0.0 < u < 1.0


def test_a_new_entry_changes_no_other_draw() -> None:
    """The register can grow without changing an old future."""
    before = draw_ignorance([entry("a.b"), entry("c.d")], seed=5)

    after = draw_ignorance([entry("b.c"), entry("c.d"), entry("a.b")], seed=5)

    assert {name: after[name] for name in before} == before
    assert list(after) == ["a.b", "b.c", "c.d"]


def test_what_is_known_is_not_drawn() -> None:
    """Fixed entries, targets, and what the scenario sets by hand keep their values."""
    entries = [entry("a.b"), entry("c.d", "fixed"), entry("e.f", role="target"), entry("g.h")]

    drawn = draw_ignorance(entries, seed=5, held={"g.h": 1.0})

    assert list(drawn) == ["a.b"]
    assert 1.0 <= drawn["a.b"] <= 3.0


def test_draws_cover_their_range_evenly() -> None:
    """Over many futures a uniform entry has the mean and the ends of its range."""
    values = [draw_ignorance([entry("a.b")], replicate_seed(1, r))["a.b"] for r in range(2000)]

    # The mean of 2,000 draws has a standard error of 0.013.
    assert abs(sum(values) / 2000 - 2.0) < 0.05
    assert min(values) < 1.01
    assert max(values) > 2.99


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"months": 0}, "months is 0; wanted 1 to 1,200"),
        ({"replicates": 0}, "replicates is 0; wanted 1 or more"),
        ({"seed": -1}, "the seed is -1"),
        ({"regimes": ("a", "a")}, "named twice: a"),
        ({"window": (13, 12)}, "from month 13 to month 12"),
    ],
)
def test_a_question_without_an_answer_is_refused(change: dict[str, object], said: str) -> None:
    """Nothing is computed before the question makes sense."""
    asked = {name: getattr(PLAN, name) for name in Plan.__slots__} | change

    with pytest.raises(PlanError, match=said):
        Plan(**asked)
