"""The measuring of many readers finds the pages by itself, and takes their times."""

import asyncio

import pytest

from experiments.web.case import Case
from tests.experiments.web.browser import Server
from tests.experiments.web.load import p99, read, told


@pytest.mark.long
def test_readers_open_every_page_that_a_link_leads_to(server: Server, case: Case) -> None:
    """Each is named without the name of its case; the table has a line for it and one for all."""
    times = asyncio.run(read(server.address, users=4, seconds=2.5))

    assert {"/", "/help", "/cases/…/keep"} <= set(times)
    assert len(told(times)) == len(times) + 1


def test_the_slowest_of_a_hundred_is_left_out() -> None:
    """The 99th of 100 is the hundredth part from the top."""
    assert p99([float(one) for one in range(200)]) == 198.0
    assert p99([5.0, 1.0]) == 5.0
