"""The least effect, and the least region, that a design finds."""

from pathlib import Path

import numpy as np
import pytest
from scipy.stats import binom, nct, t

from experiments.analysis.power import least_effect, least_share
from experiments.analysis.shares import chance_of_more, exact_share

ROUNDED = 5e-5
"""Published intervals are given to four places."""
CLOSE = 1e-9
"""What root-finding leaves."""


def test_a_medium_effect_takes_thirty_four_pairs() -> None:
    """Cohen's d of 0.5 is found with a chance of 80 % by 34 pairs and not by 33 (two-sided 5 %)."""
    assert least_effect(1.0, 34) < 0.5 < least_effect(1.0, 33)  # type: ignore[operator]


@pytest.mark.parametrize("n", [2, 12, 60])
@pytest.mark.parametrize("power", [0.5, 0.8, 0.95])
def test_the_least_effect_is_found_with_the_chance_asked_for(n: int, power: float) -> None:
    """Put back into the power it gives that chance, and it grows with the spread."""
    least = least_effect(3.0, n, power=power)

    assert least is not None
    found = nct.sf(t.ppf(0.975, n - 1), n - 1, least / 3.0 * np.sqrt(n))
    assert found == pytest.approx(power, abs=CLOSE)
    assert least_effect(6.0, n, power=power) == pytest.approx(2 * least, rel=CLOSE)


def test_with_a_spread_that_is_known_it_is_the_normal_one() -> None:
    """With many degrees of freedom: (1.9600 + 0.8416) x spread / root of n; with none, None."""
    least = least_effect(1.0, 4, freedom=10_000_000)

    assert least == pytest.approx((1.959964 + 0.841621) / 2, abs=ROUNDED)
    assert least_effect(1.0, 1) is None


def test_the_least_region_solves_its_equation() -> None:
    """One future meets four fifths of all with a chance of 80 %; thirty meet 5.2 %."""
    assert least_share(1) == pytest.approx(0.8, abs=CLOSE)
    assert 1 - (1 - least_share(30)) ** 30 == pytest.approx(0.8, abs=CLOSE)


def test_an_exact_share_has_its_closed_forms_and_a_known_value() -> None:
    """None of n: up to 1 - 0.025^(1/n); all of n its mirror; 4 of 20 from 0.0573 to 0.4366."""
    none, every, some = exact_share(0, 60), exact_share(60, 60), exact_share(4, 20)

    assert (none.low, every.high) == (0.0, 1.0)
    assert none.high == pytest.approx(1 - 0.025 ** (1 / 60), abs=CLOSE)
    assert every.low == pytest.approx(0.025 ** (1 / 60), abs=CLOSE)
    assert (some.low, some.high) == pytest.approx((0.0573, 0.4366), abs=ROUNDED)
    assert exact_share(0, 0).value is None


@pytest.mark.parametrize("true", [0.02, 0.5, 0.9])
def test_an_exact_interval_holds_the_truth_at_least_as_often_as_it_says(true: float) -> None:
    """Over 2,000 samples of 40; the interval never holds it less often than 95 %."""
    hits = np.random.default_rng(1).binomial(40, true, size=2000)

    held = [one.low <= true <= one.high for one in (exact_share(int(h), 40) for h in hits)]

    assert np.mean(held) >= 0.95


def test_many_hits_are_unlikely_where_hits_are_rare() -> None:
    """Fisher's tea: all four cups of eight told, 1 of 70; three or more, 17 of 70."""
    assert chance_of_more(4, 4, 4, 8) == pytest.approx(1 / 70, abs=CLOSE)
    assert chance_of_more(3, 4, 4, 8) == pytest.approx(17 / 70, abs=CLOSE)
    assert chance_of_more(0, 0, 4, 8) == 1.0


@pytest.mark.parametrize(("n", "share"), [(256, 0.59), (96, 0.65)])
def test_the_null_s_page_says_which_share_is_told_from_one_half(n: int, share: float) -> None:
    """The exact interval lies wholly above one half with a chance of 80 %, to a whole per cent."""
    fewest = next(hits for hits in range(n) if exact_share(hits, n).low > 0.5)

    assert round(100 * binom.sf(fewest - 1, n, share)) == 80
    assert f"{share:.1%}".replace("%", " %") in Path("docs/honest_null.md").read_text("utf-8")
