"""`poundflow web`: the pages for officers, served from this machine until Ctrl-C."""

from dataclasses import dataclass
from pathlib import Path

from experiments.cli import screen
from experiments.cli.stopping import terminable
from experiments.design.extras import need
from scenarios.errors import ExitCode

NEEDED = ("fastapi", "uvicorn", "argon2", "itsdangerous", "limits", "python_multipart")


@dataclass(frozen=True)
class WebOptions:
    """What was asked for; the fields are the options of `web`."""

    port: int
    host: str
    results: Path
    password_file: Path | None
    address: str


def web_command(options: WebOptions) -> int:
    """Serve the pages.

    Returns
    -------
    int
        0 once the user has ended them.

    Raises
    ------
    MissingExtraError, PasswordFileError, HostError, FolderError
        When they cannot be served as was asked; nothing has been opened then.
    """
    for package in NEEDED:
        need(package, "web")
    from experiments.web.password import read_password
    from experiments.web.serving import check, serve
    from experiments.web.settings import Settings

    given = options.password_file
    settings = Settings(
        results=options.results.resolve(),
        host=options.host,
        port=options.port,
        password=read_password(given) if given else "",
        address=options.address.rstrip("/"),
    )
    check(settings)

    def opened(address: str) -> None:
        told = screen.stderr()
        told.print(f"Open {address} in a browser. Ctrl-C ends it.", soft_wrap=True)
        told.print(f"What is chosen there is kept in {settings.results}.", soft_wrap=True)
        if settings.beyond and not settings.secret_ways:
            told.print(
                "Others on the way can read the password and the pages: put a server with https "
                "before these, as docs/web.md says.",
                soft_wrap=True,
            )

    try:
        with terminable():
            serve(settings, opened)
    except KeyboardInterrupt:
        screen.stderr().print("The pages are closed. All that was chosen is kept.")
    return ExitCode.DONE
