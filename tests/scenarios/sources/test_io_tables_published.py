"""Real tables: multipliers are those that are printed with them, the shipped table comes out."""

import os
from pathlib import Path

import numpy as np
import pytest

from scenarios.sources.io_tables import type_one, type_two
from scenarios.sources.io_tables_grid import IoTableError, read_sheets
from scenarios.sources.io_tables_read import read_io_table
from scenarios.sources.io_tables_sectors import (
    default_shares,
    to_sectors,
    with_value_added_parted,
    without_own_homes,
)
from scenarios.tables.technologies import flows_of

TOLERANCE = 0.005
"""A multiplier is as published within this share of it."""

SCOTTISH_INCOME = 156_241.0
"""Income of all Scottish households in 2019, GBP million: what the published inverse divides by."""

DIGITS = 1e-5
"""The shipped table has six significant digits."""


@pytest.fixture(scope="module")
def folder():
    """Folder of the tables."""
    found = os.environ.get("POUNDFLOW_DATA")
    if found is None or not (Path(found) / "io-tables").is_dir():
        pytest.skip("set POUNDFLOW_DATA to a folder that holds io-tables")
    return Path(found) / "io-tables"


@pytest.fixture(scope="module")
def uk(folder):
    """The United Kingdom in 2019."""
    return read_io_table(folder / "ONS_UK_IO_2019.xlsx")[0]


@pytest.fixture(scope="module")
def scotland(folder):
    """Scotland in 2019."""
    return read_io_table(folder / "Scotland_IO_2019.xlsx")[0]


def printed(path, sheet, heading):
    """Multipliers of a sheet by code: the last column of that heading."""
    rows = next(one for one in read_sheets(path) if one.name == sheet).rows
    head = max(k for k, row in enumerate(rows[:10]) if heading in row)
    column = max(k for k, cell in enumerate(rows[head]) if cell == heading)
    found = {}
    for row in rows[head + 1 :]:
        if len(row) > column and isinstance(row[column], float):
            code = next(str(cell) for cell in row if isinstance(cell, str) or cell != 2019.0)
            found[code] = row[column]
    return found


def gaps(table, mine, published):
    """Relative differences, code by code; every industry is published."""
    codes = [code if code in published else str(float(code)) for code in table.codes]
    return np.array([m / published[c] - 1.0 for c, m in zip(codes, mine, strict=True)])


def test_type_one_of_the_united_kingdom_is_as_published(folder, uk):
    """105 industries, none an exception."""
    published = printed(folder / "ONS_UK_IO_2019.xlsx", "Multipliers", "Output")

    assert len(published) == 105
    assert np.abs(gaps(uk, type_one(uk), published)).max() < TOLERANCE / 1000


def test_type_one_of_scotland_is_as_published(folder, scotland):
    """98 industries, tobacco included, which makes nothing."""
    published = printed(folder / "Scotland_IO_2019.xlsx", "Type I multipliers", "Output multiplier")

    assert len(published) == 98
    assert np.abs(gaps(scotland, type_one(scotland), published)).max() < TOLERANCE / 1000


def test_type_two_of_scotland_is_as_published(folder, scotland):
    """With the income of households that the publisher divides by: one number for 98."""
    published = printed(
        folder / "Scotland_IO_2019.xlsx", "Type II multipliers", "Output multiplier"
    )
    mine = type_two(scotland, SCOTTISH_INCOME)

    assert np.abs(gaps(scotland, mine, published)).max() < TOLERANCE / 1000


def test_pay_and_surplus_stand_near_for_the_income_of_households(folder, scotland):
    """Without that number Type II is a little higher, by less than 3 % in any industry."""
    published = printed(
        folder / "Scotland_IO_2019.xlsx", "Type II multipliers", "Output multiplier"
    )

    off = gaps(scotland, type_two(scotland), published)

    assert off.min() > -1e-6
    assert TOLERANCE < off.max() < 0.03


def test_products_of_scotland_are_refused_for_their_rows(folder):
    """In that sheet columns sum to the output of industries, rows to that of products."""
    with pytest.raises(IoTableError, match="rows that do not sum to output"):
        read_io_table(folder / "Scotland_IO_2019.xlsx", "PxP")


def test_a_matrix_without_labels_is_refused(folder):
    """Bare figures could be anything."""
    with pytest.raises(IoTableError, match="no block of flows"):
        read_io_table(folder / "IOT_2018.xlsx")


def test_the_shipped_technology_comes_out_of_the_published_table(uk):
    """Flows, items, final buyers and households, figure by figure, to six digits."""
    table = without_own_homes(uk)
    mine = to_sectors(table, default_shares(table, "uk")[0])
    shipped = flows_of("uk_2019")

    def near(one, other):
        assert abs(one - other) <= DIGITS * max(abs(other), 1.0), (one, other)

    for i, seller in enumerate(mine.codes):
        for k, buyer in enumerate(mine.codes):
            near(mine.flows[i, k], shipped.flows[seller].get(buyer, 0.0))
        for buyer, values in mine.final.items():
            near(values[i], shipped.final[buyer][seller])
        for part, values in mine.primary.items():
            near(values[i], shipped.parts[part][seller])
        near(mine.output[i], shipped.output[seller])
    assert mine.household["imports"] == shipped.household["imports"]
    assert mine.household["taxes_products"] == shipped.household["taxes_products"]


def test_the_oecd_table_is_brought_to_all_sectors(folder):
    """45 industries become 32 sectors; every sum stays, and value added is parted."""
    table = read_io_table(folder / "OECD_UK_IO_2018.xlsx")[0]
    shares, split = default_shares(table, "oecd")

    mine = with_value_added_parted(to_sectors(table, shares))

    assert (table.currency, len(table.codes)) == ("USD", 45)
    assert {"45T47", "86T88"} <= set(split)
    assert (mine.output > 0.0).all()
    assert mine.output.sum() == pytest.approx(table.output.sum(), rel=1e-12)
    assert mine.flows.sum() == pytest.approx(table.flows.sum(), rel=1e-12)
    assert not mine.unbalanced(mine.column_gaps()).any()
    assert not mine.unbalanced(mine.row_gaps()).any()
