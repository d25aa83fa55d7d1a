"""The pages in plain English: short words, short sentences, each technical word explained."""

import re

from experiments.web.faults import TOLD
from experiments.web.words import all_words, own_words
from tests.experiments.web.asking import Asking
from tests.reading_age import reading_age

OLDEST = 14.0
"""Years: the age at which each text can be read."""


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
