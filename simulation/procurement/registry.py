"""The shelf of ways of buying: a name leads to one file, read only when it is asked for.

A package adds its own by entry points, a scenario by files of code, a program with `register`.
"""

from collections.abc import Sequence
from importlib import import_module
from typing import Final

from scenarios.regime_files import RegimeFile
from simulation.procurement import outside
from simulation.procurement.errors import BrokenRegimeError, RegimeFilesError, UnknownRegimeError
from simulation.procurement.interface import Regime
from simulation.procurement.outside import Misfit, Packaged

BUILT_IN: Final = {
    "lowest_price": "LowestPrice",
    "price_quality": "PriceQuality",
    "social_value": "SocialValue",
    "ethical_framework": "EthicalFramework",
    "cooperative_membership": "CooperativeMembership",
    "reserved_local": "ReservedLocal",
    "reserved_mutual": "ReservedMutual",
    "alliance": "Alliance",
    "insourcing": "Insourcing",
    "incubated_coop": "IncubatedCoop",
    "public_commons": "PublicCommons",
    "joint_venture": "JointVenture",
    "grant": "Grant",
}
"""File (and name) of each way of buying, and its class."""

_added: dict[str, type[Regime]] = {}
_filed: dict[str, type[Regime]] = {}


def names() -> tuple[str, ...]:
    """Return the registered names in a fixed order: built in, packaged, added, of files."""
    return (*BUILT_IN, *packaged().regimes, *_added, *_filed)


def packaged() -> Packaged:
    """Return what installed packages offer, and what of it cannot be used."""
    return outside.packaged(frozenset(BUILT_IN))


def register(regime: type[Regime]) -> type[Regime]:
    """Add a way of buying; use it as a decorator on a subclass of `Regime`.

    It is known in this process alone: a comparison with several workers wants a file or a package.

    Raises
    ------
    ValueError
        Where the name is empty or taken.
    """
    if not regime.name or regime.name in names():
        raise ValueError(
            f"found the name {regime.name!r} for a way of buying; wanted one that is not taken. "
            f"Taken: {', '.join(names())}."
        )
    _added[regime.name] = regime
    return regime


def take_files(files: Sequence[RegimeFile]) -> list[tuple[RegimeFile, Misfit]]:
    """Take the ways of buying in a scenario's files, in place of those of the scenario before.

    So a name means what the scenario at hand says. A text that was run in this process is not run
    again, and one that has changed is another text.

    Parameters
    ----------
    files : sequence of RegimeFile
        None of them is run anew where it has been before.

    Returns
    -------
    list of (RegimeFile, Misfit)
        What cannot be used, and why.
    """
    _filed.clear()
    misfits: list[tuple[RegimeFile, Misfit]] = []
    for file in files:
        found = outside.regimes_in(file)
        misfits += [(file, misfit) for misfit in found.misfits]
        known = names()
        misfits += [(file, outside.taken(name)) for name in found.names if name in known]
        _filed.update({one.name: one for one in found.regimes if one.name not in known})
    return misfits


def require_files(files: Sequence[RegimeFile]) -> None:
    """Take the ways of buying in a scenario's files, all of which have to fit.

    Raises
    ------
    RegimeFilesError
        With everything that does not: a file may run where it was checked and not in a worker.
    """
    misfits = take_files(files)
    if misfits:
        raise RegimeFilesError([f"{file.path}: {misfit}" for file, misfit in misfits])


def get(name: str) -> type[Regime]:
    """Return the class of a way of buying.

    Raises
    ------
    UnknownRegimeError
        With the name that was probably meant.
    BrokenRegimeError
        Where a package offers it that does not give it.
    """
    for known in (_added, _filed):
        if name in known:
            return known[name]
    if name not in BUILT_IN:
        offered = packaged()
        if name in offered.regimes:
            return offered.regimes[name]
        if name in offered.misfits:
            faults = [str(misfit) for misfit in offered.misfits[name]]
            raise BrokenRegimeError(name, offered.origins[name], faults)
        raise UnknownRegimeError(name, names())
    module = import_module(f"simulation.procurement.{name}")
    found: type[Regime] = getattr(module, BUILT_IN[name])
    return found
