"""What whoever starts the pages decides: where the work is kept, and where it may be seen."""

from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

LOOPBACK = "127.0.0.1"
PORT = 8060


def is_loopback(host: str) -> bool:
    """Say whether a name or an address of a machine means this machine alone."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Rates:
    """How often one reader may do what costs the server something.

    Parameters
    ----------
    posts, uploads, sign_in : str
        One or several limits, such as "5/minute; 20/hour".
    """

    posts: str = "240/minute"
    uploads: str = "40/10 minutes"
    sign_in: str = "5/minute; 30/hour"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the server is told at its start.

    Parameters
    ----------
    results : Path
        The folder of all that is kept: cases, jobs, sweeps.
    host : str
        The address it listens at; by default this machine alone can reach it.
    port : int
        The port it listens at.
    password : str
        What argon2 made of the password; empty where none is asked for.
    address : str
        Where readers reach it by another name, such as "https://pounds.example.org"; empty where
        that is the host and the port.
    rates : Rates
        How often one reader may post, upload and try to sign in.
    """

    results: Path
    host: str = LOOPBACK
    port: int = PORT
    password: str = ""
    address: str = ""
    rates: Rates = field(default_factory=Rates)

    @property
    def cases(self) -> Path:
        """The folder of the cases, one folder each."""
        return self.results / "cases"

    @property
    def jobs(self) -> Path:
        """The folder of the jobs, one folder each."""
        return self.results / "jobs"

    @property
    def server(self) -> Path:
        """The folder of what the server itself keeps: its secret, who is signed in, its faults."""
        return self.results / "server"

    @property
    def beyond(self) -> bool:
        """Whether others than this machine can reach the pages."""
        return not is_loopback(self.host) or bool(self.address and not is_loopback(self.name))

    @property
    def name(self) -> str:
        """The name of the machine in its address; empty where no address is given."""
        return urlsplit(self.address).hostname or ""

    @property
    def secret_ways(self) -> bool:
        """Whether readers come by https, so that their browser may keep the session to it."""
        return urlsplit(self.address).scheme == "https"
