"""What `poundflow sweep --until` says: how wide luck leaves each policy, and what it would take."""

from collections.abc import Sequence

from experiments.analysis.narrowing import Width, wider
from experiments.analysis.spread import MOST
from experiments.library.until import Narrowed
from experiments.report.glossary import term
from experiments.report.swept import many


def next_told(have: int, wanted: int, asked: Sequence[Width]) -> str:
    """Say what a round found, and what the next one lives."""
    told = "; ".join(_width_told(one) for one in wider(asked))
    return f"{told}. {many(wanted - have, 'replicate')} more, {wanted:,} in all."


def _width_told(one: Width) -> str:
    """Say how wide luck leaves a policy: "b on quality (all): ± 0.2, wished ± 0.1"."""
    what = f"{one.policy} on {term(one.measure).title.lower()} ({one.tier})"
    now = "not known" if one.half_width is None else _written(one, one.half_width)
    return f"{what}: {now}, wished {_written(one, one.wished)}"


def _written(one: Width, size: float) -> str:
    """A half-width as a difference of its measure is written: "± 0.2", "± 2.0 points"."""
    written = term(one.measure).writes_change(one.unit, size / 10)(size)
    return f"± {written.removeprefix('+')}"


def outcome_told(narrowed: Narrowed) -> list[str]:
    """Say how it ended, and what is still wider than wished."""
    if not narrowed.rounds:
        return ["--until has not been asked yet: what the plan holds comes first."]
    last = narrowed.rounds[-1]
    if narrowed.holds:
        return [
            f"{_width_told(one)}, with {many(one.replicates, 'replicate')}." for one in last.widths
        ]
    end = "" if narrowed.whole else " Give the same command to go on."
    return [f"{_width_told(one)}. {_takes(one)}{end}" for one in narrowed.wider]


def _takes(one: Width) -> str:
    if one.needed is not None:
        return f"It takes about {one.needed:,} replicates; there are {one.replicates:,}."
    if one.half_width is None:
        return (
            f"{many(one.replicates, 'replicate')} with every policy whole and a number: two at "
            "least are needed to learn from."
        )
    return f"It takes over {MOST:,} replicates; wish for less."
