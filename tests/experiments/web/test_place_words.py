"""The pages place and today are in plain English: reading age 14 or below, by a published index."""

import re
from html import unescape

import pytest

from experiments.web.case import Case
from tests.experiments.web.asking import Asking
from tests.experiments.web.little_jobs import LittleJobs
from tests.experiments.web.little_lists import as_csv, hand_in
from tests.reading_age import reading_age

PROSE = re.compile(r"<(p|li|h1|h2|h3|label|legend|dd|button)\b[^>]*>(.*?)</\1>", re.DOTALL)
OLDEST = 14.0

pytestmark = pytest.mark.long


def prose(text: str) -> str:
    """What a page says, a line for each paragraph, without its tables and the shelf."""
    main = text[text.index("<main") : text.index("</main>")]
    main = re.sub(r"<(table|svg|ul class=\"cards\").*?</(table|svg|ul)>", "", main, flags=re.DOTALL)
    found = [re.sub(r"<[^>]+>", " ", inner) for _, inner in PROSE.findall(main)]
    return "\n".join(" ".join(unescape(one).split()) for one in found)


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
