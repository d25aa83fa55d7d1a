"""Location quotients, worked by hand, and what a regional table keeps in balance.

The worked case: a nation of 1,000 jobs and a region of 250.

    jobs      farming  making  services   all
    nation        100     400       500  1,000
    region         50      50       150    250

SLQ = (50/250)/(100/1000), (50/250)/(400/1000), (150/250)/(500/1000) = 2, 1/2, 6/5.
CILQ (row sells, column buys) = SLQ_i / SLQ_j, SLQ_i on the diagonal:

    2          2/(1/2) = 4      2/(6/5) = 5/3
    (1/2)/2    1/2              (1/2)/(6/5) = 5/12
    (6/5)/2    (6/5)/(1/2)      6/5

lambda* = [log2(1 + 250/1000)]^(1/4) = 0.3219281^(1/4) = 0.7532510.
"""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.validation.examples import LAST_OF_THREE, off_by_toroj, off_by_toroj_slq
from experiments.validation.input_output import DELTA, FLQ_BY_HAND, LAMBDA, NATION, REGION
from scenarios.sources.io_tables import IoTable, type_one
from scenarios.sources.regionalise import (
    Method,
    cross_quotients,
    quotients,
    regional_table,
    simple_quotients,
    size_weight,
)
from tests.scenarios.sources import small_tables as small

CILQ = np.array([[2.0, 4.0, 5 / 3], [1 / 4, 1 / 2, 5 / 12], [3 / 5, 12 / 5, 6 / 5]])


@pytest.fixture
def nation():
    """The small economy of three industries."""
    return IoTable(
        codes=small.CODES,
        names=small.NAMES,
        flows=small.FLOWS,
        primary={
            "imports": small.IMPORTS,
            "taxes_products": small.TAXES,
            "compensation": small.PAY,
            "surplus": small.SURPLUS,
        },
        final={
            "household": small.HOUSEHOLD,
            "government": small.GOVERNMENT,
            "exports": small.EXPORTS,
        },
        household={"imports": 12.0, "imports_nation": 0.0, "taxes_products": 6.0},
        output=small.OUTPUT,
    )


def test_simple_and_cross_quotients_by_hand():
    """As in the table above."""
    slq = simple_quotients(REGION, NATION)

    assert slq == pytest.approx([2.0, 0.5, 1.2])
    assert cross_quotients(slq) == pytest.approx(CILQ)
    assert size_weight(REGION, NATION, DELTA) == pytest.approx(0.7532510, abs=1e-7)


def test_each_method_by_hand():
    """SLQ and CILQ capped at 1; FLQ times lambda*; AFLQ more where the buyer is strong here."""
    assert quotients(REGION, NATION, Method.SLQ, DELTA) == pytest.approx(
        np.array([[1.0, 1.0, 1.0], [0.5, 0.5, 0.5], [1.0, 1.0, 1.0]])
    )
    assert quotients(REGION, NATION, Method.CILQ, DELTA) == pytest.approx(
        np.array([[1.0, 1.0, 1.0], [1 / 4, 1 / 2, 5 / 12], [3 / 5, 1.0, 1.0]])
    )
    assert quotients(REGION, NATION, Method.FLQ, DELTA) == pytest.approx(FLQ_BY_HAND)
    assert quotients(REGION, NATION, Method.FLQ, DELTA)[2] == pytest.approx(
        [0.4519506, 1.0, 0.9039012], abs=1e-7
    )
    strong = np.array([math.log2(3.0), 1.0, math.log2(2.2)])  # 1.5850, none, 1.1375
    assert quotients(REGION, NATION, Method.AFLQ, DELTA) == pytest.approx(FLQ_BY_HAND * strong)


@pytest.mark.parametrize(
    ("share", "delta", "expected"),
    [(0.002, 0.2, 0.31), (0.002, 0.25, 0.23), (0.002, 0.3, 0.18), (0.018, 0.2, 0.48),
     (0.018, 0.25, 0.40), (0.018, 0.3, 0.34), (0.042, 0.2, 0.57), (0.042, 0.25, 0.50),
     (0.042, 0.3, 0.43)],
)  # fmt: skip
def test_the_weight_of_size(share, delta, expected):
    """A district, a county and a region of the United Kingdom."""
    assert size_weight(np.array([share]), np.array([1.0]), delta) == pytest.approx(
        expected, abs=0.011
    )


def test_delta_of_nothing_is_the_cross_quotient():
    """Flegg and Webber 1997: FLQ equals CILQ where delta is 0."""
    assert (
        quotients(REGION, NATION, Method.FLQ, 0.0) == quotients(REGION, NATION, Method.CILQ, 0.0)
    ).all()


@pytest.mark.parametrize("method", list(Method))
def test_a_region_that_is_the_nation_gets_its_table(nation, method):
    """lambda* is 1, every quotient 1: nothing changes, and nothing comes from the rest."""
    table = regional_table(nation, NATION, NATION, method, DELTA)

    assert table.flows == pytest.approx(nation.flows)
    assert table.primary["imports_nation"] == pytest.approx(np.zeros(3))
    assert table.final["exports"] == pytest.approx(nation.final["exports"])
    assert table.household == pytest.approx(nation.household)


def test_a_regional_table_by_hand(nation):
    """Output by jobs, inputs by FLQ, the rest of the inputs from the rest of the nation."""
    table = regional_table(nation, REGION, NATION, Method.FLQ, DELTA)

    assert table.output == pytest.approx([50.0, 25.0, 90.0])
    # Making buys 40 of 200 from itself in the nation: .2 x 25 x .3766 here.
    assert table.flows[1, 1] == pytest.approx(0.2 * 25.0 * LAMBDA / 2)
    assert table.primary["imports"] == pytest.approx([10.0, 5.0, 9.0])
    kept = 30 / 200 * 25.0 + 0.2 * 25.0 * LAMBDA / 2 + 20 / 200 * 25.0
    assert table.primary["imports_nation"][1] == pytest.approx(90 / 200 * 25.0 - kept)
    # Households are a quarter of the nation's; what making lacks (SLQ 1/2) they buy elsewhere.
    assert table.final["household"] == pytest.approx([7.5, 8.75, 32.5])
    assert table.household["imports_nation"] == pytest.approx(8.75)
    assert table.household["imports"] == pytest.approx(3.0)


jobs = st.lists(st.floats(0.0, 1.0), min_size=3, max_size=3).filter(lambda x: sum(x) > 0.01)


@given(shares=jobs, delta=st.floats(0.0, 0.99), method=st.sampled_from(list(Method)))
def test_rows_and_columns_balance(shares, delta, method):
    """Whatever the jobs: each column and row sums to output, and no input is negative."""
    nation = IoTable(
        codes=small.CODES, names=small.NAMES, flows=small.FLOWS,
        primary={"imports": small.IMPORTS, "taxes_products": small.TAXES,
                 "compensation": small.PAY, "surplus": small.SURPLUS},
        final={"household": small.HOUSEHOLD, "government": small.GOVERNMENT,
               "exports": small.EXPORTS},
        household={"imports": 12.0}, output=small.OUTPUT,
    )  # fmt: skip

    table = regional_table(nation, NATION * np.array(shares), NATION, method, delta)

    assert np.abs(table.column_gaps()).max() < 1e-9
    assert np.abs(table.row_gaps()).max() < 1e-9
    assert (table.flows >= 0.0).all()
    assert (table.primary["imports_nation"] > -1e-9).all()
    if method is not Method.AFLQ:
        assert (table.flows <= nation.coefficients * table.output + 1e-9).all()
        assert (type_one(table) <= type_one(nation) + 1e-9).all()


def test_more_customers_than_output_are_told(nation):
    """SLQ knows no buyer: where making is large and farming small, farming sells 5.3 of its 5."""
    table = regional_table(nation, np.array([5.0, 240.0, 5.0]), NATION, Method.SLQ, DELTA)

    assert table.final["exports"][0] == pytest.approx(5.0 - 0.2 * (20 * 0.05 + 30 * 0.6) - 1.5)
    assert table.notes[-1].endswith("more customers than output, in: A01.")


@pytest.mark.parametrize("region", [0, 1])
def test_a_published_example_comes_out_as_it_is_printed(region: int) -> None:
    """SLQ and CILQ; and FLQ, which without a weight of size is CILQ (Flegg and Tohmo 2013)."""
    assert off_by_toroj_slq(region) < LAST_OF_THREE
    assert off_by_toroj(region, Method.SLQ, DELTA) < LAST_OF_THREE
    assert off_by_toroj(region, Method.CILQ, DELTA) < LAST_OF_THREE
    assert off_by_toroj(region, Method.FLQ, 0.0) < LAST_OF_THREE
