"""Which assumptions a place and the compared ways of buying read: the rest cannot move an answer.

Every number of the register goes through one mapping. Here it is a mapping that notes which names
are asked for while an economy is built and lived under each policy.
"""

from collections.abc import Iterable, Mapping

from experiments.design.ignorance import is_uncertain
from experiments.design.seeds import replicate_seed
from experiments.runner.replicate import all_entries, assumptions_of
from scenarios.assumptions import Assumptions, Entry
from scenarios.spec import Scenario


class Noting(Assumptions):
    """Assumptions that note which names are read, in copies with other values, too.

    Parameters
    ----------
    values : mapping of str to float
        Copied.
    read : set of str
        Names that were read are added to it.
    """

    __slots__ = ("read",)

    def __init__(self, values: Mapping[str, float], read: set[str]) -> None:
        super().__init__(values)
        self.read = read

    def __getitem__(self, name: str) -> float:
        self.read.add(name)
        return super().__getitem__(name)

    def with_values(self, values: Mapping[str, float]) -> "Noting":
        """Do what `Assumptions` does; what the copy is asked for is noted here."""
        return Noting({**super().with_values(values)}, self.read)

    def joined_by(self, entries: Iterable[Entry]) -> "Noting":
        """Do what `Assumptions` does; what the copy is asked for is noted here."""
        return Noting({**super().joined_by(entries)}, self.read)


def names_read(scenario: Scenario, policies: Iterable[str], months: int, seed: int) -> list[str]:
    """Name the assumptions with a range that are read while policies are lived once.

    Parameters
    ----------
    scenario : Scenario
    policies : iterable of str
    months : int
        Length of each run.
    seed : int
        Root of all luck.

    Returns
    -------
    list of str
        In order. What only a rare event reads may be missing where no run met it.
    """
    from simulation.model.run import live, prepare

    read: set[str] = set()
    noting = Noting({**assumptions_of(scenario, {})}, read)
    start = prepare(scenario, noting, replicate_seed(seed, 0))
    for policy in policies:
        live(start, policy, months)
    entries = all_entries(scenario)
    return sorted(name for name in read if name in entries and is_uncertain(entries[name]))
