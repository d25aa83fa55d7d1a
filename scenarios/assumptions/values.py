"""The numbers that one run lives by: the register's, with what a scenario or a draw changed."""

from collections.abc import Iterable, Iterator, Mapping

from scenarios.assumptions.entry import Entry
from scenarios.assumptions.loader import register
from scenarios.errors import InputError
from scenarios.nearest import did_you_mean


class UnknownAssumptionError(InputError, KeyError):
    """Raised when a number is asked for that the register does not have."""

    def __init__(self, name: object, known: Iterable[str]) -> None:
        self.name = name
        self.hint = did_you_mean(name, known)
        sentence = f"found the assumption `{name}`; wanted a name in the register."
        super().__init__(f"{sentence} {self.hint}".rstrip())

    def __str__(self) -> str:
        return str(self.args[0])

    def __reduce__(self) -> tuple[type, tuple[object, tuple[str, ...]]]:
        return type(self), (self.name, ())


class Assumptions(Mapping[str, float]):
    """An immutable mapping from entry name to value.

    Parameters
    ----------
    values : mapping of str to float
        Copied.

    Raises
    ------
    UnknownAssumptionError
        On reading or replacing a name that is not there.
    """

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, float]) -> None:
        self._values = {name: float(value) for name, value in values.items()}

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Assumptions":
        """Take the central value of each entry."""
        return cls({entry.name: entry.value for entry in entries})

    @classmethod
    def default(cls) -> "Assumptions":
        """Take the central values of the register."""
        return cls.of(register().values())

    def __getitem__(self, name: str) -> float:
        try:
            return self._values[name]
        except KeyError:
            raise UnknownAssumptionError(name, self._values) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def __repr__(self) -> str:
        return f"Assumptions({len(self)} values)"

    def with_values(self, values: Mapping[str, float]) -> "Assumptions":
        """Give a copy with some values replaced.

        Parameters
        ----------
        values : mapping of str to float
            Every name must be known.

        Returns
        -------
        Assumptions
            A new mapping; this one stays as it is.
        """
        for name in values:
            if name not in self._values:
                raise UnknownAssumptionError(name, self._values)
        return Assumptions({**self._values, **values})

    def joined_by(self, entries: Iterable[Entry]) -> "Assumptions":
        """Give a copy that also holds the central values of further entries (a regime's own)."""
        return Assumptions({**self._values, **{entry.name: entry.value for entry in entries}})
