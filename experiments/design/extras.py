"""Packages that only some answers need: where one is missing, we say how to get it."""

from importlib.util import find_spec

from scenarios.errors import InputError


class MissingExtraError(InputError):
    """Raised when a package of an extra is needed and not installed."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(
            f"found no package `{package}`; wanted it for this. "
            f'Install it with: python -m pip install "poundflow[{extra}]".'
        )
        self.package = package
        self.extra = extra

    def __reduce__(self) -> tuple[type, tuple[str, str]]:
        return type(self), (self.package, self.extra)


def need(package: str, extra: str) -> None:
    """Refuse to go on without a package of an extra.

    Raises
    ------
    MissingExtraError
        With the command that installs it.
    """
    if find_spec(package) is None:
        raise MissingExtraError(package, extra)
