"""The pages place and today are in plain English: reading age 14 or below, by a published index."""

import pytest

from experiments.web.case import Case
from tests.experiments.web.asking import Asking
from tests.experiments.web.little_jobs import LittleJobs
from tests.experiments.web.little_lists import as_csv, hand_in
from tests.experiments.web.prose import prose
from tests.reading_age import reading_age

OLDEST = 14.0

pytestmark = pytest.mark.long


@pytest.mark.parametrize("state", ["nothing", "whose", "confirm", "ready", "today"])
def test_an_officer_of_fourteen_could_read_it(
    client: Asking, jobs: LittleJobs, case: Case, at: str, state: str
) -> None:
    """Each state of the pages, by the Automated Readability Index."""
    address = at
    if state == "whose":
        hand_in(client, at, ("april.csv", as_csv()), council="")
    elif state != "nothing":
        hand_in(client, at, ("april.csv", as_csv()))
    if state in ("ready", "today"):
        client.post(f"{at}/columns")
    if state == "today":
        address = f"/cases/{case.name}/today"
        client.post(address)

    said = prose(client.get(address).text)

    assert len(said.split()) > 60
    assert reading_age(said) <= OLDEST, f"{reading_age(said):.1f}\n{said}"
