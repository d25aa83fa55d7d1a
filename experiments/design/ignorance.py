"""What nobody knows: each future draws the uncertain assumptions once, for all policies alike.

A draw is keyed by (replicate seed, name of the entry), so a new entry in the register changes no
other entry's draw. A value that the scenario sets by hand is held as set.
"""

from collections.abc import Collection, Iterable

from experiments.design.seeds import keyed_uniform
from scenarios.assumptions import Entry, quantile


def is_uncertain(entry: Entry) -> bool:
    """Whether an entry is drawn: an input of the model whose range has a width."""
    return entry.role == "input" and entry.distribution != "fixed" and entry.low < entry.high


def draw_ignorance(
    entries: Iterable[Entry], seed: int, held: Collection[str] = ()
) -> dict[str, float]:
    """Draw every uncertain entry that is not held.

    Parameters
    ----------
    entries : iterable of Entry
        The register.
    seed : int
        The replicate's seed.
    held : collection of str
        Names that the scenario sets by hand; they are not drawn.

    Returns
    -------
    dict of str to float
        Name to drawn value in the entry's own unit, in the order of names.
    """
    drawn = (entry for entry in entries if is_uncertain(entry) and entry.name not in held)
    return {
        entry.name: quantile(entry, keyed_uniform("poundflow ignorance", seed, entry.name))
        for entry in sorted(drawn, key=lambda entry: entry.name)
    }
