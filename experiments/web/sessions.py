"""Who is signed in, where a password is asked for.

A reader's cookie is signed with a secret of this server and names a session; the session itself is
an empty file that signing out takes away. A copied cookie is then worth nothing, and deleting the
folder signs everybody out.
"""

import contextlib
import hashlib
import os
import re
import secrets
import time
from pathlib import Path
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from experiments.store.aside import make_folder, refusal
from experiments.web.settings import Settings

COOKIE = "poundflow"
HOURS = 12
"""How long one stays signed in."""
UNASKED_HOURS = 24 * 30
"""How long a form may stay open where no password is asked for."""
SESSION = "session"
OPEN = re.compile(r"/sign-in|/static/[a-z]+\.(?:css|js)")
"""What is shown before signing in."""

_SECRET = "secret"
_LETTERS = 64
_NAME = re.compile(r"[0-9a-f]{64}")


def secret(settings: Settings) -> str:
    """Give the secret that signs the cookies: made once, and readable by its owner alone.

    One that is damaged, or that others may read, is made anew; everybody then signs in again.

    Raises
    ------
    experiments.store.errors.FolderError
        When the folder refuses it.
    """
    make_folder(settings.server)
    path = settings.server / _SECRET
    with contextlib.suppress(OSError, UnicodeDecodeError):
        private = os.name == "nt" or not path.stat().st_mode & 0o077
        found = path.read_text("ascii")
        if private and len(found) == _LETTERS:
            return found
    made = secrets.token_hex(_LETTERS // 2)
    aside = path.with_name(f".{_SECRET}.{secrets.token_hex(4)}")
    try:
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(made)
        aside.replace(path)
    except OSError as fault:
        raise refusal(fault, path, _LETTERS) from fault
    return made


def sign_in(request: Request) -> None:
    """Begin a session. What the browser held before it is forgotten."""
    name = secrets.token_hex(32)
    folder = _folder(request)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _forget_old(folder)
    _file(folder, name, request.app.state.settings.password).touch(mode=0o600)
    request.session.clear()
    request.session[SESSION] = name


def sign_out(request: Request) -> None:
    """End the session, here and in the browser."""
    name = request.session.get(SESSION)
    if isinstance(name, str):
        _file(_folder(request), name, request.app.state.settings.password).unlink(missing_ok=True)
    request.session.clear()


def is_signed_in(request: Request) -> bool:
    """Whether the reader has given the password that is asked for now, and not too long ago."""
    settings: Settings = request.app.state.settings
    name = request.scope.get("session", {}).get(SESSION)
    if not settings.password or not isinstance(name, str):
        return False
    try:
        begun = _file(_folder(request), name, settings.password).stat().st_mtime
    except OSError:
        return False
    return time.time() - begun < HOURS * 3600


class Gate:
    """Show nothing of the cases to whoever has not signed in, where a password is asked for."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or OPEN.fullmatch(scope["path"]):
            return await self.app(scope, receive, send)
        request = Request(scope)
        if not request.app.state.settings.password or is_signed_in(request):
            return await self.app(scope, receive, send)
        back = f"?next={quote(scope['path'])}" if scope["method"] == "GET" else ""
        answer = RedirectResponse(f"/sign-in{back}", status_code=303)
        return await answer(scope, receive, send)


def _folder(request: Request) -> Path:
    settings: Settings = request.app.state.settings
    return settings.server / "sessions"


def _file(folder: Path, name: str, password: str) -> Path:
    """The file of a session: a fingerprint of its name and of the password that began it."""
    return folder / hashlib.sha256(f"{name}:{password}".encode()).hexdigest()


def _forget_old(folder: Path) -> None:
    for path in folder.iterdir():
        with contextlib.suppress(OSError):
            if _NAME.fullmatch(path.name) and time.time() - path.stat().st_mtime > HOURS * 3600:
                path.unlink()
