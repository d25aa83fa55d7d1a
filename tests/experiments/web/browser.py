"""Walks our pages in Chromium, as a reader does, with every way out of this machine closed.

    def test_a_case_is_begun(walk: Walker, look: Look) -> None:
        page = walk.open("/", look)
        page.get_by_label("What is it about?").fill("School meals")
        page.get_by_role("button", name="Begin").click()
        walk.look_over(page)

An error in the console, a request that fails, and one that would leave this machine each fail the
test at its end. A form that is shown again with its faults (422) is no failure; a page that is
meant to be refused is opened with `refused=True`.
"""

import contextlib
import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

import pytest

from experiments.web.app import create_app
from experiments.web.faults import LOG
from experiments.web.settings import LOOPBACK, Settings
from experiments.web.workroom import Workroom

if TYPE_CHECKING:
    from playwright.sync_api import (
        Browser,
        BrowserContext,
        ConsoleMessage,
        Page,
        Request,
        Response,
        Route,
    )

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
PATIENCE_MS = 20_000
SILENCE_MS, NEWS_MS = 150, 2_000
"""How long nothing is asked for where a page has come, and how long to wait for that."""

ROOT = Path(__file__).resolve().parents[3]
AGAIN = 422
"""Status of a form that is shown again with its faults."""
SMALLEST = 320
"""Pixels that a page has when a reader at 1280 enlarges it fourfold (WCAG 2.2, 1.4.10)."""


@dataclass(frozen=True)
class Look:
    """How a reader sees a page: its width in pixels, light or dark, with scripts or without."""

    width: int = 1280
    scheme: str = "light"
    script: bool = True

    def __str__(self) -> str:
        return f"{self.width}-{self.scheme}-{'script' if self.script else 'plain'}"


DESK = Look()
DARK = Look(390, "dark")
PLAIN = Look(390, "dark", script=False)
LOOKS = (DESK, PLAIN)
"""Each width, scheme and way of scripts once."""
MORE_LOOKS = (
    DARK,
    Look(390, "light", script=False),
    Look(1280, "dark", script=False),
)
"""With the desk: every two of them together, in as few looks as that takes. For the soak."""


@dataclass(frozen=True)
class Server:
    """A server that runs: its address, and its cases."""

    address: str
    workroom: Workroom


@contextlib.contextmanager
def launched() -> Iterator["Browser"]:
    """Start Chromium; skip the test where there is none, and fail it where CI promised one."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _go_without("Playwright is not installed: python -m pip install 'poundflow[browser]'")
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        _go_without("Chromium is not installed: apt-get install chromium, or see docs/web.md")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def _go_without(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"CI is to walk the pages: {reason}")
    pytest.skip(reason)


@contextlib.contextmanager
def served(workroom: Workroom, **changes: Any) -> Iterator[Server]:
    """Serve the cases of a work room on a free port, until the end.

    Parameters
    ----------
    workroom : Workroom
        Whose folder it is.
    **changes
        Further settings, such as a password.
    """
    import uvicorn

    with socket.create_server((LOOPBACK, 0)) as door:
        port = door.getsockname()[1]
        settings = Settings(results=workroom.settings.results, port=port, **changes)
        app = create_app(settings)
        server = uvicorn.Server(
            uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=1)
        )
        at_work = threading.Thread(target=server.run, args=([door],), daemon=True)
        at_work.start()
        until = time.monotonic() + 30
        while not server.started:
            assert at_work.is_alive(), "the server ended before it began"
            assert time.monotonic() < until, "the server did not begin in 30 seconds"
            time.sleep(0.01)
        yield Server(f"http://{LOOPBACK}:{port}", app.state.workroom)
        server.should_exit = True
        at_work.join(30)
    log = settings.server / LOG
    assert not log.exists(), log.read_text("utf-8")


@dataclass
class Walker:
    """Opens pages and notes what goes wrong in them.

    Parameters
    ----------
    browser : Browser
        Chromium.
    server : Server
        Whose pages they are.
    """

    browser: "Browser"
    server: Server
    wrong: list[str] = field(default_factory=list)
    _open: list["BrowserContext"] = field(default_factory=list)
    _scripted: set["Page"] = field(default_factory=set)

    def open(
        self,
        address: str,
        look: Look = DESK,
        *,
        refused: bool = False,
        **context: Any,
    ) -> "Page":
        """Open a page in a browser that knows nothing yet.

        Parameters
        ----------
        address : str
            Its path, such as "/help".
        look : Look
            How it is seen.
        refused : bool
            Whether answers of 400 and above are expected, and no fault.
        **context
            Further settings of the browser, such as `reduced_motion` or `forced_colors`.
        """
        opened = self.browser.new_context(
            viewport={"width": look.width, "height": 900},
            color_scheme=look.scheme,
            java_script_enabled=look.script,
            accept_downloads=True,
            **context,
        )
        opened.set_default_timeout(PATIENCE_MS)
        self._open.append(opened)
        opened.route("**/*", self._let_through)
        page = opened.new_page()
        listen(page)
        if look.script:
            self._scripted.add(page)
        page.on("console", lambda message: self._heard(message, refused))
        page.on("pageerror", lambda fault: self.wrong.append(f"script: {fault}"))
        page.on("requestfailed", lambda request: self._failed(request.url, request.failure))
        page.on("response", lambda answer: self._answered(answer, refused))
        page.goto(self.server.address + address)
        return page

    def look_over(self, page: "Page", *, but: tuple[str, ...] = ()) -> None:
        """Find with axe-core what shuts readers out, and what does not fit the width.

        It needs scripts: of a page opened without them only the width is looked at.

        Parameters
        ----------
        page : Page
            Open in the browser.
        but : tuple of str
            Names of rules that a test has a reason to leave out.
        """
        settle(page)
        assert reaches(page) <= page.viewport_size["width"], "the page is wider than its window"
        if page not in self._scripted:
            return
        from axe_playwright_python.sync_playwright import Axe

        off = {rule: {"enabled": False} for rule in but}
        found = Axe().run(page, options={"resultTypes": ["violations"], "rules": off})
        assert found.response["passes"], "axe-core looked at nothing"
        told = [
            f"{one['id']}: {one['help']}\n  "
            + "\n  ".join(node["html"][:200] for node in one["nodes"][:5])
            for one in found.response["violations"]
        ]
        assert not told, "\n".join(told)

    def narrow(self, page: "Page") -> None:
        """Enlarge a page until it has 320 pixels: nothing may be cut off at the side."""
        settle(page)
        before = page.viewport_size
        page.set_viewport_size({"width": SMALLEST, "height": 900})
        assert reaches(page) <= SMALLEST, f"at {SMALLEST} pixels it is {reaches(page)} wide"
        page.set_viewport_size(before)

    def picture(self, page: "Page", name: str) -> None:
        """Keep a screenshot of the whole page where POUNDFLOW_PICTURES names a folder."""
        folder = os.environ.get("POUNDFLOW_PICTURES")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)

    def close(self) -> None:
        """Close every page; fail where something went wrong in one."""
        for opened in self._open:
            opened.close()
        assert not self.wrong, "\n".join(self.wrong)

    def _let_through(self, route: "Route") -> None:
        if urlsplit(route.request.url).hostname in (LOOPBACK, "localhost"):
            route.continue_()
        else:
            self.wrong.append(f"asked for {route.request.url}, which is not ours")
            route.abort()

    def _heard(self, message: "ConsoleMessage", refused: bool) -> None:
        told = message.text.startswith("Failed to load resource")
        expected = told and (refused or f"status of {AGAIN}" in message.text)
        if message.type in ("error", "warning") and not expected:
            self.wrong.append(f"console: {message.text}")

    def _failed(self, address: str, reason: str | None) -> None:
        if reason != "net::ERR_ABORTED":  # a download, or a page that was left
            self.wrong.append(f"{address} failed: {reason}")

    def _answered(self, answer: "Response", refused: bool) -> None:
        if answer.status != AGAIN and answer.status >= (500 if refused else 400):
            self.wrong.append(f"{answer.url} was answered with {answer.status}")


_under_way: WeakKeyDictionary["Page", set["Request"]] = WeakKeyDictionary()
"""What pages have asked for and not got yet."""


def listen(page: "Page") -> None:
    """Note what a page asks for until it has come; live news, which never end, left out."""
    asked = _under_way.setdefault(page, set())
    page.on("request", lambda one: None if one.resource_type == "eventsource" else asked.add(one))
    page.on("requestfinished", lambda one: asked.discard(one))
    page.on("requestfailed", lambda one: asked.discard(one))


def came(page: "Page", name: str, look: Look, seconds: int, role: str = "heading") -> None:
    """Wait for what a page has when work is done; without scripts, look again as a reader would."""
    wanted = page.get_by_role(role, name=name).first  # type: ignore[arg-type]
    if look.script:
        wanted.wait_for(timeout=1000 * seconds)
        page.wait_for_load_state()
        return
    for _ in range(seconds):
        if wanted.count():
            return
        page.wait_for_timeout(1000)
        page.reload()
    raise AssertionError(f"{name} never came")


def settle(page: "Page") -> None:
    """Wait until what a click began has come, and a moment more, lest it asks for something else.

    Playwright's own `networkidle` waits half a second each time, and for ever where there are
    live news.
    """
    page.wait_for_load_state("load")
    asked, until, silent = _under_way.get(page, set()), time.monotonic() + NEWS_MS / 1000, 0
    while silent < SILENCE_MS and time.monotonic() < until:
        page.wait_for_timeout(SILENCE_MS / 3)
        silent = 0 if asked else silent + SILENCE_MS // 3
    page.wait_for_load_state("load")


def reaches(page: "Page") -> int:
    """How many pixels the content of a page takes from side to side."""
    return int(page.evaluate("document.documentElement.scrollWidth"))


def focused(page: "Page") -> str:
    """What the keyboard stands on: its id, or else what it says."""
    return str(
        page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")
    )


def reach_by_keyboard(page: "Page", what: str, most: int = 200) -> None:
    """Press Tab until the keyboard stands on what has this id or text, and show that it is seen.

    Parameters
    ----------
    page : Page
        Open in the browser.
    what : str
        An id, or the text of a link or a button.
    most : int
        How often to press before giving up.
    """
    for _ in range(most):
        page.keyboard.press("Tab")
        if focused(page) == what:
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", f"nothing shows that the keyboard is on {what}"
            return
    raise AssertionError(f"{most} times Tab does not reach {what}")
