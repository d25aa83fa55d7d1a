"""The shelf of ways of buying: a name leads to one file, read only when it is asked for.

An outside package adds its own with `register`.
"""

from importlib import import_module
from typing import Final

from simulation.procurement.errors import UnknownRegimeError
from simulation.procurement.interface import Regime

BUILT_IN: Final = {
    "lowest_price": "LowestPrice",
    "price_quality": "PriceQuality",
    "social_value": "SocialValue",
    "ethical_framework": "EthicalFramework",
    "cooperative_membership": "CooperativeMembership",
    "incubated_coop": "IncubatedCoop",
    "public_commons": "PublicCommons",
    "joint_venture": "JointVenture",
}
"""File (and name) of each way of buying, and its class."""

_added: dict[str, type[Regime]] = {}


def names() -> tuple[str, ...]:
    """Return the registered names, built in first, in a fixed order."""
    return (*BUILT_IN, *_added)


def register(regime: type[Regime]) -> type[Regime]:
    """Add a way of buying; use it as a decorator on a subclass of `Regime`.

    Raises
    ------
    ValueError
        Where the name is empty or taken.
    """
    if not regime.name or regime.name in BUILT_IN or regime.name in _added:
        raise ValueError(
            f"found the name {regime.name!r} for a way of buying; wanted one that is not taken. "
            f"Taken: {', '.join(names())}."
        )
    _added[regime.name] = regime
    return regime


def get(name: str) -> type[Regime]:
    """Return the class of a way of buying.

    Raises
    ------
    UnknownRegimeError
        With the name that was probably meant.
    """
    if name in _added:
        return _added[name]
    if name not in BUILT_IN:
        raise UnknownRegimeError(name, names())
    module = import_module(f"simulation.procurement.{name}")
    found: type[Regime] = getattr(module, BUILT_IN[name])
    return found
