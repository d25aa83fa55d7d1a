"""What can be wrong with a request to buy, said so that the reader can put it right."""

from collections.abc import Iterable

from scenarios.errors import InputError, PoundflowError, UserCodeError
from scenarios.nearest import did_you_mean


class ProcurementError(InputError):
    """Something asked of procurement that it cannot do."""


class UnknownRegimeError(ProcurementError):
    """Raised for a way of buying that nobody registered."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        self.known = tuple(known)
        sentence = f"found the way of buying `{name}`; wanted a registered one."
        super().__init__(f"{sentence} {did_you_mean(name, self.known)}".rstrip())

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), (self.name, self.known)


class BrokenRegimeError(ProcurementError):
    """Raised for a way of buying that an installed package offers and that cannot be used."""

    def __init__(self, name: str, origin: str, faults: Iterable[str]) -> None:
        self.name = name
        self.origin = origin
        self.faults = tuple(faults)
        super().__init__(
            f"`{name}`, which {origin} offers, cannot be used: {' '.join(self.faults)} "
            "Mend that package or remove it."
        )

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), (self.name, self.origin, self.faults)


class RegimeFilesError(ProcurementError):
    """Raised where files of code of a scenario do not give the ways of buying that it needs."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), (self.faults,)


class HookError(UserCodeError):
    """Raised where a hook of somebody's own way of buying stops, or answers what it may not.

    Parameters
    ----------
    place : str
        File and line.
    regime, hook : str
        Name of the way of buying, and of its method or property.
    found, wanted : str
        What it did or returned, and what it is to return.
    """

    def __init__(self, place: str, regime: str, hook: str, found: str, wanted: str) -> None:
        self.facts = (place, regime, hook, found, wanted)
        super().__init__(
            f"{place}: the hook `{hook}` of the way of buying `{regime}` {found}; wanted {wanted}. "
            "Mend it there."
        )

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), self.facts


class UnknownParameterError(ProcurementError):
    """Raised for a parameter that a way of buying does not declare."""

    def __init__(self, regime: str, name: str, known: Iterable[str]) -> None:
        self.regime = regime
        self.name = name
        self.known = tuple(known)
        sentence = f"found the parameter `{name}`; wanted one that `{regime}` declares."
        super().__init__(f"{sentence} {did_you_mean(name, self.known)}".rstrip())

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), (self.regime, self.name, self.known)


class UnlawfulRouteError(ProcurementError):
    """Raised where a way of buying has no basis in the law of its date."""

    def __init__(self, regime: str, category: str, reason: str) -> None:
        self.regime = regime
        self.category = category
        self.reason = reason
        super().__init__(
            f"`{regime}` cannot buy `{category}`: {reason}. Choose another way of buying, or "
            "write counterfactual = true in the scenario."
        )

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), (self.regime, self.category, self.reason)


class MixedLuckError(PoundflowError):
    """Raised where tenders that are looked at together do not share one month of keyed luck."""

    def __init__(self, tenders: int, keyed: int) -> None:
        self.tenders, self.keyed = tenders, keyed
        super().__init__(
            f"of {tenders} tenders {keyed} have keyed luck, not all of one month; wanted luck made "
            "by `luck_of`, in one month, for each. Look at other tenders one by one."
        )

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), (self.tenders, self.keyed)
