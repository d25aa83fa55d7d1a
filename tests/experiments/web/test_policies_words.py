"""Policies and ranges in plain English: every page of them can be read at fourteen."""

import re

import pytest

from experiments.web.case import Case
from experiments.web.pages.buying import LEVERS
from experiments.web.ways import FOR_SOME, STANDING, does
from simulation.procurement.registry import names
from tests.experiments.web.asking import Asking
from tests.experiments.web.placed import placed
from tests.experiments.web.prose import prose
from tests.reading_age import reading_age

OLDEST = 14.0
"""Years: the age at which each page can be read."""

PAGES = tuple(f"policies/as-now/way?category=homecare&way={name}" for name in names())


@pytest.fixture
def preston(case: Case) -> Case:
    """A case about Preston in 2012, by the law of its date."""
    return placed(case, "preston-2012", lawful=True)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_can_be_read_at_fourteen(client: Asking, preston: Case, path: str) -> None:
    """By the Automated Readability Index."""
    answer = client.get(f"/cases/{preston.name}/{path}")

    assert answer.status_code == 200
    assert reading_age(prose(answer.text)) <= OLDEST


def test_faults_can_be_read_at_fourteen(client: Asking, preston: Case) -> None:
    """Those of settings, of the law and of ranges."""
    way = {"category": "homecare", "way": "reserved_mutual", "s-quality_weight": "x", "begins": "-"}
    told = [
        client.post(f"/cases/{preston.name}/policies", data={"ready": "reserved_mutual"}),
        client.post(f"/cases/{preston.name}/policies/as-now/way", data=way),
        client.post(f"/cases/{preston.name}/policies/done"),
    ]

    for answer in told:
        assert answer.status_code == 422
        faults = re.search(r'<section class="faults".*?</section>', answer.text, re.DOTALL)
        assert faults is not None
        assert reading_age(prose(f"<main>{faults[0]}</main>")) <= OLDEST


@pytest.mark.parametrize(
    "text",
    [
        *(does(name) for name in names()),
        *STANDING.values(),
        *FOR_SOME.values(),
        *(told for _, told in LEVERS.values()),
    ],
)
def test_each_text_can_be_read_at_fourteen(text: str) -> None:
    """A choice is understood by itself, not only with the page around it."""
    assert reading_age(text) <= OLDEST
