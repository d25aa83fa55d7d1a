"""What comes out: comparisons, sweeps and their results. Names are imported when first used."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from experiments.store.relations import Store, open_store

OFFERED = {
    "Store": "experiments.store.relations",
    "open_store": "experiments.store.relations",
}
"""Names that a program may import from here, and the module that each stands in."""

__all__ = ["OFFERED", "Store", "open_store"]


def __getattr__(name: str) -> Any:
    if name not in OFFERED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(OFFERED[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *OFFERED})
