"""The same tables in pymrio and here: coefficients, Leontief's inverse and output are the same.

pymrio (Stadler 2021, Journal of Open Research Software 9, 8) is a second implementation by others.
It is no part of the locks: install the extra `leontief` beside the tests.
"""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from scipy import sparse

from experiments.validation.input_output import random_shares, table_of
from scenarios.sources.io_tables import IoTable, type_one, type_two
from scenarios.tables import technology
from simulation.measures.series import worth

pymrio: Any = pytest.importorskip(
    "pymrio",
    reason="pymrio is not installed: pip install 'poundflow[leontief]'",
)

Float64 = NDArray[np.float64]
EQUAL = 1e-12
"""Largest relative gap: two ways of solving the same equations in floating point."""
SERIES = 1e-9
"""The measures' own series is broken off below 1e-10."""


def system_of(flows: Float64, final: Float64) -> Any:
    """Let pymrio work everything out from flows Z and final use Y of one region."""
    sectors = pd.MultiIndex.from_product(
        [["UK"], [f"sector {k + 1}" for k in range(len(flows))]], names=["region", "sector"]
    )
    buyers = pd.MultiIndex.from_product([["UK"], ["final"]], names=["region", "category"])
    system = pymrio.IOSystem(
        Z=pd.DataFrame(flows, index=sectors, columns=sectors),
        Y=pd.DataFrame(final[:, None], index=sectors, columns=buyers),
    )
    system.calc_all()
    return system


def balanced(coefficients: Float64, final: Float64) -> tuple[IoTable, Any]:
    """Make one table with these coefficients and final use here, and the same in pymrio."""
    output = np.linalg.solve(np.eye(len(final)) - coefficients, final)
    flows = coefficients * output
    names = tuple(f"sector {k + 1}" for k in range(len(final)))
    table = IoTable(
        codes=names, names=names, flows=flows, primary={}, final={"other": final}, household={},
        output=output,
    )  # fmt: skip
    return table, system_of(flows, final)


def shipped() -> Float64:
    """Return the coefficients of the table that is shipped, sectors without output left out."""
    inputs = technology("uk_2019").A_domestic
    there = inputs.sum(axis=0) > 0.0
    return inputs[np.ix_(there, there)]


def test_the_shipped_table_is_the_same_in_pymrio() -> None:
    """The United Kingdom in 2019: A, column sums of L, and the output that final use calls for."""
    final = np.linspace(50.0, 250.0, len(shipped()))

    table, system = balanced(shipped(), final)

    np.testing.assert_allclose(table.coefficients, system.A.to_numpy(), rtol=EQUAL, atol=EQUAL)
    np.testing.assert_allclose(type_one(table), system.L.to_numpy().sum(axis=0), rtol=EQUAL)
    np.testing.assert_allclose(table.output, system.x["indout"].to_numpy(), rtol=EQUAL)
    np.testing.assert_allclose(table.row_gaps(), 0.0, atol=EQUAL * table.output.sum())


def test_households_as_an_industry_are_the_same_in_pymrio() -> None:
    """Type II: pymrio's inverse of the table closed by a row and a column of households."""
    pay, bought, income = np.array([0.5, 0.2, 0.1]), np.array([20.0, 10.0, 20.0]), 100.0
    table = table_of(
        np.array([[0.1, 0.4, 0.0], [0.0, 0.2, 0.5], [0.1, 0.0, 0.0]]), pay=pay, bought=bought
    )
    closed = np.zeros((4, 4))
    closed[:3, :3], closed[3, :3], closed[:3, 3] = table.coefficients, pay, bought / income

    _, system = balanced(closed, np.array([10.0, 20.0, 30.0, 40.0]))
    found = type_two(table, income)

    assert found is not None
    np.testing.assert_allclose(found, system.L.to_numpy()[:3, :3].sum(axis=0), rtol=EQUAL)


@pytest.mark.parametrize("leak", [0.02, 0.2, 0.9])
def test_the_series_of_the_measures_is_the_inverse_of_pymrio(leak: float) -> None:
    """What a pound sets off over all rounds: rows of (I - P)^-1 sum to columns of L for P^T."""
    shares = random_shares(30, leak, 7)

    _, system = balanced(shares.T, np.ones(30))
    found = worth(sparse.csr_array(shares), np.empty((30, 0))).values[:, 0]

    np.testing.assert_allclose(found, system.L.to_numpy().sum(axis=0), rtol=SERIES)
