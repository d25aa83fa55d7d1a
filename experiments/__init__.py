"""What comes out: comparisons, sweeps and their results. Names are imported when first used."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from experiments.calibration.session import calibrate
    from experiments.library.analyses import AllAnswered, Answered, analyse, analyse_all
    from experiments.library.comparisons import Compared, compare
    from experiments.library.plans import Planned, plan
    from experiments.library.sweeps import SweepEnded, sweep
    from experiments.store.relations import Store, open_store

OFFERED = {
    "AllAnswered": "experiments.library.analyses",
    "Answered": "experiments.library.analyses",
    "Compared": "experiments.library.comparisons",
    "Planned": "experiments.library.plans",
    "Store": "experiments.store.relations",
    "SweepEnded": "experiments.library.sweeps",
    "analyse": "experiments.library.analyses",
    "analyse_all": "experiments.library.analyses",
    "calibrate": "experiments.calibration.session",
    "compare": "experiments.library.comparisons",
    "open_store": "experiments.store.relations",
    "plan": "experiments.library.plans",
    "sweep": "experiments.library.sweeps",
}
"""Names that a program may import from here, and the module that each stands in."""

__all__ = [
    "OFFERED",
    "AllAnswered",
    "Answered",
    "Compared",
    "Planned",
    "Store",
    "SweepEnded",
    "analyse",
    "analyse_all",
    "calibrate",
    "compare",
    "open_store",
    "plan",
    "sweep",
]


def __getattr__(name: str) -> Any:
    if name not in OFFERED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(OFFERED[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *OFFERED})
