"""What is refused before a page is asked: strangers' names, strangers' forms, too much, too often.

A page on another site may send forms here (cross-site posts), or give its own name the address of
this machine and then read our pages as its own (DNS rebinding). Both are known by what the browser
says of itself: the name it was asked for, and the site that asks.
"""

from urllib.parse import urlsplit

from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from experiments.web.faults import told
from experiments.web.settings import Settings, is_loopback
from experiments.web.tokens import SAFE

LARGEST_FORM = 1_000_000
"""Bytes of a form without files."""
LARGEST_UPLOAD = 260 * 2**20
"""Bytes of a form with all its files."""
LARGEST_HEAD = 16_384
"""Bytes of the address and of what the browser says of itself, with its cookies."""
FILES = "multipart/form-data"
SIGN_IN = "/sign-in"


class RefusedError(Exception):
    """Raised when a request is not let through."""

    def __init__(self, status: int, message: str = "", title: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.title = title


class Guards:
    """Let through what comes from a reader of ours, in bounds.

    Parameters
    ----------
    app : ASGI application
        What is guarded.
    settings : Settings
        Under which names readers come, and how often they may.
    """

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self.limiter = FixedWindowRateLimiter(MemoryStorage())
        rates = settings.rates
        self.posts, self.uploads, self.tries = (
            parse_many(text) for text in (rates.posts, rates.uploads, rates.sign_in)
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        headers = Headers(scope=scope)
        try:
            _short_head(scope)
            self._known_name(headers)
            if scope["method"] not in SAFE:
                self._own_page(headers)
                self._not_too_often(scope, headers)
            bound = _bound(headers)
        except RefusedError as refused:
            answer = told(
                Request(scope), refused.status, message=refused.message, title=refused.title
            )
            return await answer(scope, receive, send)
        return await self.app(scope, _bounded(receive, bound), send)

    def _known_name(self, headers: Headers) -> None:
        """Refuse a name of this machine that we were not told."""
        name = _name(headers.get("host", ""))
        if name and (is_loopback(name) or name in (self.settings.host, self.settings.name)):
            return
        raise RefusedError(
            400,
            "These pages answer only to the names that they were started with. Ask whoever looks "
            "after them for their address.",
            "This is not the address of these pages",
        )

    def _own_page(self, headers: Headers) -> None:
        """Refuse what another site makes a browser send."""
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            raise RefusedError(403)
        origin = headers.get("origin")
        if origin is None:
            return
        ours = {headers.get("host", "").lower(), _netloc(self.settings.address)}
        if not _netloc(origin) or _netloc(origin) not in ours:
            raise RefusedError(403)

    def _not_too_often(self, scope: Scope, headers: Headers) -> None:
        """Refuse what one reader does too often."""
        reader = scope["client"][0] if scope.get("client") else "unknown"
        counted = [("posts", self.posts)]
        if headers.get("content-type", "").lower().startswith(FILES):
            counted.append(("uploads", self.uploads))
        if scope["path"] == SIGN_IN:
            counted.append(("sign-in", self.tries))
        if not all(self._hit(kind, limit, reader) for kind, some in counted for limit in some):
            raise RefusedError(429)

    def _hit(self, kind: str, limit: RateLimitItem, reader: str) -> bool:
        return self.limiter.hit(limit, kind, reader)


def _short_head(scope: Scope) -> None:
    """Refuse what says more of itself than any browser does, although it came whole."""
    said = sum(len(name) + len(value) for name, value in scope["headers"])
    if said + len(scope.get("raw_path") or b"") + len(scope["query_string"]) > LARGEST_HEAD:
        raise RefusedError(431)


def _name(host: str) -> str:
    """The machine's name in what a browser sends as `Host`, without the port."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def _netloc(address: str) -> str:
    """The name and the port in an address; empty for one that names none, such as `null`."""
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""


def _bound(headers: Headers) -> int:
    """How many bytes may come with a request; refuse at once what says that it is far above."""
    kind = headers.get("content-type", "").lower()
    charset = kind.partition("charset=")[2].partition(";")[0].strip(' "')
    if charset not in ("", "utf-8", "utf8"):
        raise RefusedError(400)
    bound = LARGEST_UPLOAD if kind.startswith(FILES) else LARGEST_FORM
    says = headers.get("content-length", "0")
    if not says.isascii() or not says.isdigit():
        raise RefusedError(400)
    if int(says) > 2 * bound:
        raise RefusedError(413)
    return bound


def _bounded(receive: Receive, bound: int) -> Receive:
    """Count what comes while it comes, whatever was said before, and stop above the bound.

    As much again is thrown away unread, so that a browser gets to read why it was refused.
    """
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken <= bound:
            return message
        while message.get("more_body", False) and taken <= 2 * bound:
            message = await receive()
            taken += len(message.get("body", b""))
        raise HTTPException(413)

    return counted
