"""Switches tried in several processes."""

import sys
from collections.abc import Sequence
from time import monotonic
from typing import NamedTuple

from experiments.ablation.effects import Ablation, Effect, Setting
from experiments.ablation.switches import Switch
from experiments.runner.workforce import Lost, hand_out


class _Trial(NamedTuple):
    setting: Setting
    switch: Switch


_settled: list[Ablation] = []
"""The one of this process and its setting, which keeps what switches share."""


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

    Raises
    ------
    RuntimeError
        Where a switch could not be tried; it is named, with the reason.
    """
    found, began = dict[Switch, Effect](), monotonic()
    for trial, effect in hand_out(_effect, [_Trial(setting, one) for one in some], workers):
        name = trial.switch.entry.name
        if isinstance(effect, Lost):
            raise RuntimeError(f"{name} could not be tried: {effect.reason}")
        found[trial.switch] = effect
        sys.stderr.write(
            f"{setting.scenario.name} {len(found)}/{len(some)} {name} {monotonic() - began:.0f} s\n"
        )
    return [found[one] for one in some]


def _effect(trial: _Trial) -> Effect:
    if not _settled or _settled[0].setting != trial.setting:
        _settled[:] = [Ablation(trial.setting)]
    return _settled[0].effect(trial.switch)
