"""What the pictures of the documents show: cases at every step of the path, and how to reach them.

    with everything(workroom, answers) as stages:
        for stage in stages: ...

Payments, sweeps and the run under way are made up; the answers are those of a comparison of a
place on the shelf.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np
import pytest

from experiments.runner.jobs import Jobs
from experiments.web.case import Case
from experiments.web.workroom import Workroom
from tests.command_files import make
from tests.experiments.swept import written
from tests.experiments.test_analyse import COST, INCOME, QUALITY, SPREAD, flat, income
from tests.experiments.web import run_made
from tests.experiments.web.browser import Server, Walker, served, settle
from tests.experiments.web.little_jobs import LittleJobs
from tests.experiments.web.placed import placed
from tests.experiments.web.watched_run import NAME, read, watched_run

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Act = Callable[["Page"], object]

PAYMENTS = "The payments are made up."
VILLAGE = "The village is invented."
RUN = "Its futures are made up."
SWEEP = "The runs of this sweep are made up."


@dataclass(frozen=True)
class Shot:
    """One picture: its name, its page, what it shows, what is done first, where it begins."""

    name: str
    address: str
    says: str
    act: Act | None = None
    refused: bool = False
    since: str = "body"


@dataclass(frozen=True)
class Stage:
    """A server as it stands at a moment, and what is pictured of it."""

    server: Server
    shots: tuple[Shot, ...]


def press(name: str) -> Act:
    """Press a button of this name."""

    def act(page: "Page") -> None:
        page.get_by_role("button", name=name).first.click()
        settle(page)

    return act


def everything(workroom: Workroom, browser: "Browser", answers: Path) -> Iterator[Stage]:
    """Set up each stage in turn; one must be pictured before the next is asked for."""
    yield from _before_a_run(workroom, browser)
    yield from _answered(workroom, answers)
    yield from _running(workroom, browser)
    yield from _guarded(workroom)


def _before_a_run(workroom: Workroom, browser: "Browser") -> Iterator[Stage]:
    jobs = LittleJobs()
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        patch.setattr("experiments.web.app.Jobs", lambda _: jobs)
        make(Path(folder))
        with served(workroom) as server:
            walk = Walker(browser, server)
            confirm, known = (
                _handed_in(walk, Path(folder), title, go_on)
                for title, go_on in (("Road repairs", False), ("School meals from 2027", True))
            )
            empty = f"/cases/{workroom.begin('Street lights').name}"
            chosen = placed(workroom.begin("Home care"), "preston-2012", lawful=True)
            policy = _choose(walk, chosen)
            walk.close()
            yield Stage(
                server, (*_first(), *_places(empty, confirm, known), *_policies(chosen, policy))
            )


def _handed_in(walk: Walker, folder: Path, title: str, go_on: bool) -> str:
    """Hand in files of payments; the address of the case."""
    at = f"/cases/{walk.server.workroom.begin(title).name}"
    page = walk.open(f"{at}/place")
    page.get_by_label("Which council paid?").fill("Oldham")
    page.get_by_label("Files of payments").set_input_files(
        [folder / "april.csv", folder / "may.xlsx"]
    )
    page.get_by_role("button", name="Read the files").click()
    page.get_by_role("heading", name="Is this what your files say?").wait_for(timeout=120_000)
    if go_on:
        page.get_by_role("button", name="Go on").click()
        page.get_by_role("heading", name="Your place is ready").wait_for(timeout=240_000)
        page.get_by_role("button", name="Next: what is known of it today").click()
        page.get_by_role("heading", name="Who was paid").wait_for(timeout=120_000)
    return at


def _choose(walk: Walker, case: Case) -> str:
    """Choose two policies; the address of the second."""
    page = walk.open(f"/cases/{case.name}/policies")
    for policy in ("Lowest price", "Social value weighting"):
        page.get_by_label(policy, exact=True).check()
        page.get_by_role("button", name="Add this policy").click()
        page.get_by_role("link", name="All policies").wait_for()
        address = urlsplit(page.url).path
        page.get_by_role("link", name="All policies").click()
    page.get_by_role("button", name="Use these policies").click()
    settle(page)
    return address


def _first() -> tuple[Shot, ...]:
    return (
        Shot("start", "/", "The start: the cases that are kept here, and how to begin another."),
        Shot("start-fault", "/", "A form with a fault: what is wrong, and where.", press("Begin")),
        Shot("help", "/help", "Each technical word, explained."),
        Shot("fault", "/nothing-here", "A page that is not here.", refused=True),
        Shot("watch-places", "/watch", "Places whose run can be watched."),
    )


def _places(empty: str, confirm: str, known: str) -> tuple[Shot, ...]:
    def search(page: "Page") -> None:
        page.get_by_label("Search for a district").fill("Newcastle")
        press("Search")(page)

    return (
        Shot("keep", f"{known}/keep", "A case is renamed, copied or deleted."),
        Shot("place-confirm", f"{confirm}/place",
             f"What each column of the files holds, to be confirmed. {PAYMENTS}"),
        Shot("place-ready", f"{known}/place", f"A place built from payments. {PAYMENTS}"),
        Shot("place-search", f"{empty}/place", "A place of the shelf, a search, an upload.",
             search),
        Shot("today", f"{known}/today",
             f"What the payments say: who was paid, how much stays, with ranges. {PAYMENTS}"),
    )  # fmt: skip


def _policies(case: Case, first: str) -> tuple[Shot, ...]:
    at = f"/cases/{case.name}"

    def buy(page: "Page") -> None:
        page.get_by_label("Home care").first.check()
        press("Change what is ticked")(page)

    def details(page: "Page") -> None:
        buy(page)
        page.get_by_label("Ethical framework").check()
        press("Next: the details")(page)
        page.get_by_label("Gate", exact=True).fill("999")
        press("Buy it this way")(page)

    return (
        Shot("policies", f"{at}/policies", "The policies that are compared, and ready-made ones."),
        Shot("policy", first, "One policy: how each category is bought."),
        Shot("way", first, "The ways of buying a category, each with its legal footing.", buy),
        Shot("settings", first, "The settings of a way of buying, one of them wrong.", details),
        Shot("beside", f"{first}/beside", "What is done beside buying."),
        Shot("uncertain", f"{at}/uncertain", "What matters most and is not known, as ranges."),
        Shot("uncertain-all", f"{at}/uncertain/all", "Every assumption, with its source."),
    )


def _answered(workroom: Workroom, answers: Path) -> Iterator[Stage]:
    case = placed(workroom.begin("Networks of Tameside"), "tameside")
    case.answers.symlink_to(answers)
    results = workroom.settings.results
    watched_run(results, of=read())
    measures = {
        INCOME: income(SPREAD),
        QUALITY: flat(price_quality=0.9, lowest_price=0.8, social_value=1.0),
        COST: flat(price_quality=1.5, lowest_price=1.6, social_value=1.7),
    }
    written(results / "spread", "latin_hypercube", SPREAD, measures, left_out=[7])
    indices = np.random.default_rng(2).uniform([0.01, 0.0], [0.15, 1.0], (48, 2))
    written(results / "indices", "random", indices, measures)
    asked = placed(workroom.begin("Before a run"), "preston-2012", lawful=True)
    at = f"/cases/{asked.name}"
    none = (
        Shot("run-before", f"{at}/run", "How many futures, and how long they take."),
        Shot("answers-none", f"{at}/answers", "No answers yet, and the way to them."),
    )
    with served(workroom) as server:
        yield Stage(server, (*none, *_answers(case), *_watched(), *_sweeps()))


def _answers(case: Case) -> tuple[Shot, ...]:
    from experiments.web.answered import FIRST, answered

    at = f"/cases/{case.name}/answers"
    found = answered(case.answers, at)
    assert found is not None, "the answers cannot be read"
    return (
        Shot("answers", at, "The answers: three sentences first."),
        *(
            Shot(f"answers-{one.name}", f"{at}/{one.name}", f"Part of the answers: {one.title}.")
            for one in found.parts.values()
            if one.name != FIRST
        ),
    )


def _watched() -> tuple[Shot, ...]:
    return (
        Shot(
            "watch-form",
            "/watch?place=village",
            f"What is to be watched, and for how long. {VILLAGE}",
        ),
        Shot(
            "watch-month",
            f"/watched/{NAME}/4",
            f"One month: where the money went, who won. {VILLAGE}",
        ),
        Shot("watch-first", f"/watched/{NAME}/1", f"The first month of the same run. {VILLAGE}"),
    )


def _sweeps() -> tuple[Shot, ...]:
    at = "/sweeps/spread"
    return (
        Shot("sweeps", "/sweeps", f"The sweeps that are kept here. {SWEEP}"),
        Shot("sweep", at, f"Differences between policies, with intervals. {SWEEP}", _waited,
             since="#answer"),
        Shot("sweep-regret", f"{at}?question=robustness", f"Regret. {SWEEP}", _waited,
             since="#answer"),
        Shot("sweep-pareto", f"{at}?question=pareto", f"What no other beats. {SWEEP}", _waited,
             since="#answer"),
        Shot("sweep-discovery", f"{at}?question=discovery&policy=social_value",
             f"Where a policy fails. {SWEEP}", _waited, since="#answer"),
        Shot("sweep-fault", f"{at}?bid.cover-low=nan", f"A range that is no number. {SWEEP}"),
    )  # fmt: skip


def _waited(page: "Page") -> None:
    for _ in range(60):
        if not page.get_by_role("link", name="Look again").count():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(f"{page.url} never came")


def _running(workroom: Workroom, browser: "Browser") -> Iterator[Stage]:
    case = workroom.begin("Home care, run")
    run_made.give_place(case)
    jobs = Jobs(workroom.settings.jobs)
    at = f"/cases/{case.name}/run"
    with pytest.MonkeyPatch.context() as patch, served(workroom) as server:
        run_made.little_commands(patch)
        held = run_made.hold(case)
        walk = Walker(browser, server)
        page = walk.open(at)
        page.get_by_label("My own numbers").check()
        page.get_by_label("Futures, for").fill("6")
        page.get_by_role("button", name="Start").click()
        page.get_by_role("heading", name="Your run is under way").wait_for()
        walk.close()
        run_made.label_folder(case, 6)
        for future in range(3):
            run_made.finish(case, future)
        run_made.finish(case, 3, {"lowest_price": "ValueError: nobody may bid for homecare"})
        yield Stage(server, (Shot("run-live", at, f"A run under way. {RUN}"),))
        for future in (4, 5):
            run_made.finish(case, future)
        held.unlink()
        run_made.awaited(jobs, case, lambda state: state.status == "finished")
        yield Stage(server, (Shot("run-finished", at, f"A run that is finished. {RUN}"),))


def _guarded(workroom: Workroom) -> Iterator[Stage]:
    from argon2 import PasswordHasher

    with served(workroom, password=PasswordHasher(1, 8, 1).hash("a long enough one")) as server:
        yield Stage(server, (Shot("sign-in", "/help", "The password that a server may ask for."),))
