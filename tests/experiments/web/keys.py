"""A reader with a keyboard and no mouse: goes to a thing by Tab, and looks at each stop on the way.

Every stop has to be seen, to show that it is focused, to have a name, and to come after the stop
before it, in the document as on the page. Tab leads through the whole page to its end, and
Shift+Tab back the same way, so nothing holds the keyboard fast.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page

MOST_STOPS = 400
THINNEST = 2.0
"""Pixels that an outline has at least (WCAG 2.2, 2.4.13)."""
SKIP = "Skip to the content"
NO_ROLES = frozenset({"", "generic", "none"})

LOOK = """() => {
  const here = document.activeElement;
  if (!here || here === document.body || here === document.documentElement) return null;
  const boxes = [...here.getClientRects()].filter((one) => one.width > 0 && one.height > 0);
  const box = here.getBoundingClientRect();
  const style = getComputedStyle(here);
  const clear = boxes.some((one) => {
    const x = (Math.max(one.left, 0) + Math.min(one.right, innerWidth)) / 2;
    const y = (Math.max(one.top, 0) + Math.min(one.bottom, innerHeight)) / 2;
    const top = document.elementFromPoint(x, y);
    return top && (here.contains(top) || top.contains(here));
  });
  return {
    place: [...document.querySelectorAll("*")].indexOf(here),
    left: box.left + scrollX, right: box.right + scrollX,
    top: box.top + scrollY, bottom: box.bottom + scrollY,
    clear: clear && style.visibility === "visible" && Number(style.opacity) > 0.5,
    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
  };
}"""


@dataclass(frozen=True)
class Stop:
    """Where the keyboard stands: what a screen reader is told of it, and its place."""

    name: str
    role: str
    told: str
    place: int
    box: tuple[float, float, float, float]

    def __str__(self) -> str:
        return f"{self.role} “{self.name}”"


@dataclass
class Keys:
    """A keyboard on a page.

    Parameters
    ----------
    page : Page
        Open in the browser.
    """

    page: "Page"
    _told: "CDPSession | None" = None

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def go(self, name: str, *, role: str = "", of: str = "") -> Stop:
        """Walk through the whole page, then back to the last stop of a name, or that begins so.

        Parameters
        ----------
        name : str
        role : str
            Such as "link", where several have the name.
        of : str
            Part of what describes it, where several have the name.
        """
        stops = self.through()
        back = [stop for stop in stops if stop.role != "radio"]
        while back:
            self.press("Shift+Tab")
            stop = self.stands()
            if stop is None:  # the page's own end stands between its last stop and its first
                self.press("Shift+Tab")
                stop = self.stands()
            assert stop is not None, "Shift+Tab leads nowhere"
            if stop.role != "radio":  # a group is entered at its other end where none is chosen
                known = back.pop()
                assert stop.place == known.place, f"Tab came to {known}, Shift+Tab to {stop}"
            if stop.name.startswith(name) and role in ("", stop.role) and of in stop.told:
                return stop
        raise AssertionError(f"no stop is called {name}: {', '.join(map(str, stops))}")

    def through(self) -> list[Stop]:
        """Walk from the top of a page to its end, and skip to the content on the way."""
        self.press("Tab")
        skip = self._back_to_the_top()  # a page may begin at what has to be put right
        assert skip.box[0] >= 0.0, "the way to the content is not seen"
        self.press("Enter", "Tab")
        inside = self.page.evaluate("document.activeElement.closest('main') !== null")
        stops = [self._back_to_the_top()]
        while True:
            self.press("Tab")
            stop = self.stands()
            if stop is None or stop.name == SKIP:
                break
            self._follows(stops[-1], stop)
            stops.append(stop)
            assert len(stops) < MOST_STOPS, f"the keyboard does not come out: {stops[-4:]}"
        in_main = self.page.evaluate("document.querySelectorAll('main a, main button').length")
        assert inside or not in_main, "skipping does not lead into the content"
        return stops

    def stands(self) -> Stop | None:
        """Where the keyboard stands, once looked at; None outside of the page."""
        seen: dict[str, Any] | None = self.page.evaluate(LOOK)
        if seen is None:
            return None
        name, role, told = self._read_out()
        box = (seen["left"], seen["top"], seen["right"], seen["bottom"])
        stop = Stop(name, role, told, seen["place"], box)
        assert name.strip(), f"{stop} has no name: {self._markup()}"
        assert role not in NO_ROLES, f"{stop} has no role: {self._markup()}"
        assert seen["clear"], f"{stop} is not seen: {self._markup()}"
        assert seen["outline"] >= THINNEST, f"nothing shows that the keyboard is on {stop}"
        return stop

    def choose(self, name: str) -> None:
        """Move by the arrows to a choice of the group in which the keyboard stands, and take it."""
        for _ in range(MOST_STOPS):
            stop = self.stands()
            assert stop is not None
            if stop.name.startswith(name):
                self.press("Space")
                return
            self.press("ArrowDown")
        raise AssertionError(f"the arrows do not lead to {name}")

    def type(self, text: str) -> None:
        """Type over what stands in a field, which Tab has marked."""
        self.page.keyboard.type(text)

    def _back_to_the_top(self) -> Stop:
        """Go back to the first stop of a page, which skips to its content."""
        for _ in range(MOST_STOPS):
            stop = self.stands()
            if stop is not None and stop.name == SKIP:
                return stop
            self.press("Shift+Tab")
        raise AssertionError("Shift+Tab does not lead to a way to skip to the content")

    def _follows(self, before: Stop, after: Stop) -> None:
        """A stop comes after the one before: further on in the page, below it or right of it."""
        assert after.place > before.place, f"{after} comes after {before}, but stands before it"
        above = after.box[3] <= before.box[1]
        assert not above or after.box[0] >= before.box[2] - 1.0, f"{after} stands above {before}"

    def _read_out(self) -> tuple[str, str, str]:
        """What a screen reader is told of the stop."""
        if self._told is None:
            self._told = self.page.context.new_cdp_session(self.page)
        here = self._told.send("Runtime.evaluate", {"expression": "document.activeElement"})
        wanted = {"objectId": here["result"]["objectId"], "fetchRelatives": False}
        [node, *_] = self._told.send("Accessibility.getPartialAXTree", wanted)["nodes"]
        name, role, told = (
            str(node.get(key, {}).get("value", "")) for key in ("name", "role", "description")
        )
        return name, role, told

    def _markup(self) -> str:
        return str(self.page.evaluate("document.activeElement.outerHTML.slice(0, 200)"))
