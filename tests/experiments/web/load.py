"""Many readers at once while a job keeps every core busy: how long each page takes.

    python -m tests.experiments.web.load --users 20 --seconds 60 [--results DIR]

It starts a server of its own, and a comparison that uses every core; readers then open pages one
after the other, with a second's thought between, each page that a link leads to from the start.
DIR is a folder of `poundflow web` with cases in it; without one, a case on the village is begun.
Prints the median and the 99th of 100 of each page, and leaves with 1 where one is above the bound.
"""

import argparse
import asyncio
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import httpx2

from experiments.web.settings import Settings
from experiments.web.workroom import Workroom
from tests.experiments.web.browser import ROOT

MEDIAN_MS, P99_MS = 100.0, 300.0
THOUGHT_SECONDS = 1.0
LINKS = re.compile(r'<a\b[^>]*\bhref="(/[^"#?]*)')
NAMES = re.compile(r"[0-9a-f]{16}")
DEPTH = 3
COMMAND = (sys.executable, "-m", "experiments.cli")

Times = dict[str, list[float]]


async def pages_of(client: httpx2.AsyncClient) -> list[str]:
    """Every page that links lead to from the first, a few steps deep."""
    found, edge = ["/"], ["/"]
    for _ in range(DEPTH):
        texts = [(await client.get(path)).text for path in edge]
        edge = sorted({path for text in texts for path in LINKS.findall(text)} - set(found))
        found += edge
    answers = [(path, await client.get(path)) for path in found]
    return [
        path
        for path, answer in answers
        if answer.status_code == 200 and answer.headers["content-type"].startswith("text/html")
    ]


async def read(address: str, users: int, seconds: float) -> Times:
    """Let readers open pages, and take the time of each.

    Parameters
    ----------
    address : str
        Of the server.
    users : int
        How many readers there are.
    seconds : float
        For how long they read.

    Returns
    -------
    dict of str to list of float
        Page, with its names taken out -> times [ms].
    """
    times: Times = defaultdict(list)
    bounds = httpx2.Limits(max_connections=users)
    async with httpx2.AsyncClient(base_url=address, timeout=60, limits=bounds) as client:
        pages = await pages_of(client)
        until = time.perf_counter() + seconds

        async def one(reader: int) -> None:
            await asyncio.sleep(THOUGHT_SECONDS * reader / users)
            at = reader
            while time.perf_counter() < until:
                path = pages[at % len(pages)]
                began = time.perf_counter()
                answer = await client.get(path)
                times[NAMES.sub("…", path)].append(1_000 * (time.perf_counter() - began))
                assert answer.status_code == 200, f"{path}: {answer.status_code}"
                at += 1
                await asyncio.sleep(THOUGHT_SECONDS)

        await asyncio.gather(*(one(reader) for reader in range(users)))
    return dict(times)


def p99(times: list[float]) -> float:
    """The time that 99 of 100 keep to; the longest where there are fewer than 100."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))]


def told(times: Times) -> list[str]:
    """Lines for a table, one a page, and one of all."""
    every = [one for some in times.values() for one in some]
    return [
        f"{path:<40} {len(some):>6} {median(some):>9.1f} {p99(some):>9.1f} {max(some):>9.1f}"
        for path, some in [*sorted(times.items()), ("all", every)]
    ]


@contextmanager
def at_work(*words: str, **given: int) -> Iterator[subprocess.Popen[str]]:
    """Run a command of ours beside, until the end."""
    started = subprocess.Popen([*COMMAND, *words], cwd=ROOT, text=True, **given)
    try:
        yield started
    finally:
        started.terminate()
        started.wait(60)
        if started.stderr is not None:
            started.stderr.close()


def main() -> int:
    """Measure; 0 where every page keeps to the bounds."""
    asked = argparse.ArgumentParser(description="Many readers at once while a job runs.")
    asked.add_argument("--users", type=int, default=20)
    asked.add_argument("--seconds", type=float, default=60.0)
    asked.add_argument("--results", type=Path)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as aside:
        results = given.results or Path(aside) / "results"
        if not given.results:
            case = Workroom(Settings(results)).begin("School meals")
            village = ROOT / "scenarios" / "library" / "village.toml"
            case.place_file.write_bytes(village.read_bytes())
        busy = ("compare", "village", "--replicates", "100000", "--quiet")
        web = ("web", "--port", "0", "--results", str(results))
        with at_work(*web, stderr=subprocess.PIPE) as server:
            assert server.stderr is not None
            [address] = re.findall(r"http://[\d.:]+", server.stderr.readline())
            with at_work(*busy, "--out", f"{aside}/busy", stderr=subprocess.DEVNULL) as job:
                time.sleep(15)  # until its processes live months, not imports
                times = asyncio.run(read(address, given.users, given.seconds))
                assert job.poll() is None, "the job ended before the readers did"
    lines = [
        f"{'page':<40} {'asked':>6} {'median ms':>9} {'p99 ms':>9} {'max ms':>9}",
        *told(times),
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    slow = [path for path, some in times.items() if median(some) > MEDIAN_MS or p99(some) > P99_MS]
    sys.stdout.write(f"Slower than {MEDIAN_MS:g} and {P99_MS:g} ms: {', '.join(slow) or 'none'}\n")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
