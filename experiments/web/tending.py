"""Looks after the queue while the server stands: what is due starts although nobody looks on."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from experiments.runner.jobs import Jobs
from experiments.store.errors import FolderError

EACH_SECONDS = 2.0
log = logging.getLogger(__name__)


@asynccontextmanager
async def tended(app: FastAPI) -> AsyncIterator[None]:
    """Tend the queue from the server's start to its end; jobs that run then run on."""
    tending = asyncio.create_task(_tend(app.state.jobs))
    yield
    tending.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await tending


async def _tend(jobs: Jobs) -> None:
    while True:
        try:
            await run_in_threadpool(jobs.tend)
        except (FolderError, OSError) as fault:  # such as a full disk; it may have room later
            log.warning("the queue of jobs could not be looked after: %s", fault)
        await asyncio.sleep(EACH_SECONDS)
