"""The table of switches as a page of documentation."""

from collections.abc import Sequence

from experiments.ablation.effects import Effect, Setting

HEAD = """# What each mechanism does

Every register entry with a `null` is a switch: at that value its mechanism is absent, through the
same code. Each was lived as it is and at its null, in the same futures (same seeds, everything
else at its central value), from the first day of the burn-in on. Named is the measure that moved
most: shares and indices by their change, other measures by their change in proportion; local
measures at the tier `district`. A change is *off less on*; in brackets its range over the futures.
Switches that the model leaves at their null are tried at the far end of their range, and marked
(rests). Paired measures (premium, displacement) are left out, since the baseline is moved too.
What did nothing in one place is tried in a larger one, and then once more with nothing at rest:
every switch that the model leaves at its null stands in the middle of its range (a count or a code
at its far end), since many of them act on each other alone. The last of them are tried in the
first place again, where the law of today binds and buyers shun its risks. Where a setting is
shorter than what a switch waits for, inert means not reached.
"""


def page(tables: Sequence[tuple[Setting, Sequence[Effect]]], commit: str) -> str:
    """Write the page.

    Parameters
    ----------
    tables : sequence of (Setting, sequence of Effect)
        In the order in which they are shown.
    commit : str
        Of the model that was run.
    """
    made = f"Made by `make ablation` at commit `{commit}`.\n"
    return "\n".join([HEAD, made, *(_table(*one) for one in tables)])


def _table(setting: Setting, effects: Sequence[Effect]) -> str:
    futures = "one future" if setting.replicates == 1 else f"{setting.replicates} futures"
    awake = ", nothing at rest" if setting.awake else ""
    awake += f", {setting.note}" if setting.note else ""
    lines = [
        f"## {setting.scenario.name}, {setting.months} months, {futures}{awake}",
        "",
        "| switch | on | off | bought by | moves most | on | off | change | unit |",
        "| --- | ---: | ---: | --- | --- | ---: | ---: | ---: | --- |",
        *(_line(one) for one in effects if not one.inert),
        "",
    ]
    inert = [one for one in effects if one.inert]
    if inert:
        lines += ["Inert in this setting, to the penny:", ""]
        lines += [
            f"- `{one.switch.entry.name}` ({one.switch.policy}): {_what(one)}" for one in inert
        ]
        lines.append("")
    return "\n".join(lines)


def _line(effect: Effect) -> str:
    switch = effect.switch
    name = f"`{switch.entry.name}`" + (" (rests)" if switch.rests else "")
    values = f"{_number(switch.on)} | {_number(switch.off)} | {switch.policy}"
    if not effect.measure:
        return f"| {name} | {values} | moves pence, no measure | | | | |"
    change = _number(effect.off - effect.on)
    if effect.low != effect.high:
        change += f" ({_number(effect.low)} to {_number(effect.high)})"
    return (
        f"| {name} | {values} | {effect.measure} | {_number(effect.on)} | {_number(effect.off)} "
        f"| {change} | {effect.unit} |"
    )


def _what(effect: Effect) -> str:
    return effect.switch.entry.what.rstrip(".").replace("|", "/")


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
