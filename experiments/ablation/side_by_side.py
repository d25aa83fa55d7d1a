"""Switches tried in several processes."""

import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from time import monotonic

from experiments.ablation.effects import Ablation, Effect, Setting
from experiments.ablation.switches import Switch

_settled: list[Ablation] = []
"""The one of this process, which keeps what its switches share."""


def tried(setting: Setting, some: Sequence[Switch], workers: int) -> list[Effect]:
    """Try switches in one setting, and say on stderr how far it is.

    Parameters
    ----------
    setting : Setting
    some : sequence of Switch
    workers : int
        Processes; their number changes nothing that is found.

    Returns
    -------
    list of Effect
        In the order of the switches.
    """
    effects, began = [], monotonic()
    with ProcessPoolExecutor(workers, get_context("spawn"), _settle, (setting,)) as pool:
        for number, effect in enumerate(pool.map(_effect, some), start=1):
            effects.append(effect)
            sys.stderr.write(
                f"{setting.scenario.name} {number}/{len(some)} {effect.switch.entry.name} "
                f"{monotonic() - began:.0f} s\n"
            )
    return effects


def _settle(setting: Setting) -> None:
    _settled[:] = [Ablation(setting)]


def _effect(switch: Switch) -> Effect:
    return _settled[0].effect(switch)
