"""The pages in plain English: short words, short sentences, each technical word explained."""

import re

import pytest

from experiments.web.case import Case
from experiments.web.faults import TOLD
from experiments.web.words import all_words, own_words
from tests.experiments.web.asking import Asking
from tests.experiments.web.prose import prose
from tests.reading_age import reading_age

OLDEST = 14.0
"""Years: the age at which each page can be read."""


@pytest.mark.parametrize("path", ["/", "/help", "/cases/{case}/keep", "/nothing"])
def test_a_page_can_be_read_at_fourteen(client: Asking, case: Case, path: str) -> None:
    """By the Automated Readability Index."""
    text = prose(client.get(path.replace("{case}", case.name)).text)

    assert len(text.split()) > 15
    assert reading_age(text) <= OLDEST


def test_what_is_said_of_faults_can_be_read_at_fourteen() -> None:
    """Whoever meets one is in trouble enough."""
    assert reading_age("\n".join(f"{one.title}\n{one.message}" for one in TOLD.values())) <= OLDEST


def test_every_word_has_an_address_of_its_own(client: Asking) -> None:
    """A link can lead to each, and none stands twice."""
    ids = re.findall(r'\bid="([^"]+)"', client.get("/help").text)

    names = [word.name for group in all_words() for word in group.words]
    assert len(ids) == len(set(ids))
    assert set(names) <= set(ids)
    assert all(word.means.endswith(".") for word in own_words().values())
