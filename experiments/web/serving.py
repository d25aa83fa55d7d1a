"""From the command to a server that listens: what it may not do is refused before it begins."""

import contextlib
import errno
import socket
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlsplit

import uvicorn

from experiments.store.locking import held
from experiments.web.app import create_app
from experiments.web.guards import LARGEST_HEAD
from experiments.web.settings import Settings
from scenarios.errors import InputError

ANYWHERE = ("0.0.0.0", "::")
LARGEST_PORT = 65_535
MOST_OPEN = 400
"""Connections at a time; a browser holds about six."""
KEEP_ALIVE_SECONDS = 10
LAST_ANSWERS_SECONDS = 5
"""How long answers that are under way may take once the server is to end."""


class HostError(InputError):
    """Raised when the pages may not, or cannot, be served as was asked."""

    def __init__(self, found: str, wanted: str) -> None:
        super().__init__(f"poundflow web: found {found}; wanted {wanted}.")
        self.found = found
        self.wanted = wanted

    def __reduce__(self) -> tuple[type, tuple[str, str]]:
        return type(self), (self.found, self.wanted)


def check(settings: Settings) -> None:
    """Refuse to show the pages to others without a password, or under a name that is not known.

    Raises
    ------
    HostError
        With what to add to the command.
    """
    if settings.address:
        _check_address(settings.address)
    if settings.beyond and not settings.password:
        raise HostError(
            f"the pages open to others, at {settings.address or settings.host}, with no password",
            "a password beside it: --password-file FILE; or leave out --host and --address, and "
            "this machine alone can reach them",
        )
    if settings.host in ANYWHERE and not settings.address:
        raise HostError(
            f"the host {settings.host}, which is every address of this machine",
            "the one that readers type into their browser: --address https://NAME",
        )


def serve(settings: Settings, opened: Callable[[str], None]) -> None:
    """Serve the pages until the process is asked to end.

    Parameters
    ----------
    settings : Settings
        As `check` lets them pass. With port 0 any free one is taken.
    opened : callable
        Told the address at which the pages are, once they are there.

    Raises
    ------
    HostError
        When the port is taken, or the host is no address of this machine.
    experiments.store.errors.FolderError
        When the folder cannot be written to, or another server works in it.
    """
    with contextlib.closing(_door(settings)) as door:
        settings = replace(settings, port=door.getsockname()[1])
        app = create_app(settings)
        with held(settings.server):
            server = uvicorn.Server(
                uvicorn.Config(
                    app,
                    http="h11",
                    ws="none",
                    log_config=None,
                    access_log=False,
                    server_header=False,
                    proxy_headers=bool(settings.address),
                    limit_concurrency=MOST_OPEN,
                    timeout_keep_alive=KEEP_ALIVE_SECONDS,
                    timeout_graceful_shutdown=LAST_ANSWERS_SECONDS,
                    h11_max_incomplete_event_size=LARGEST_HEAD,
                )
            )
            opened(settings.address or f"http://{_in_address(settings.host)}:{settings.port}")
            server.run([door])


def _door(settings: Settings) -> socket.socket:
    """Open the port before anything else, so that a taken one is said in our words."""
    if not 0 <= settings.port <= LARGEST_PORT:
        raise HostError(f"the port {settings.port}", f"one from 1 to {LARGEST_PORT}")
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family)
    except socket.gaierror as fault:
        raise HostError(f"the host {settings.host!r}", "an address of this machine") from fault
    except OSError as fault:
        if fault.errno == errno.EADDRINUSE:
            raise HostError(
                f"the port {settings.port} in use by another program",
                "another one: --port N; perhaps the pages are open already",
            ) from fault
        if fault.errno == errno.EACCES:
            raise HostError(
                f"no right to use the port {settings.port}", "one above 1023: --port N"
            ) from fault
        said = fault.strerror or str(fault)
        raise HostError(f"the host {settings.host!r} ({said})", "one of this machine") from fault


def _check_address(address: str) -> None:
    try:
        parts = urlsplit(address)
        whole = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        whole = False
    if not whole or parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise HostError(f"the address {address!r}", "one such as https://pounds.example.org")


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host
