"""What is written down of premises that a council has leased, or passed on to an enterprise."""

from dataclasses import dataclass


@dataclass(slots=True)
class Lease:
    """A lease of a council's: whose premises, the rent a month, its end, and what is unpaid.

    `row` is the occupier's trading row; where the premises are let on, its landlord holds the
    lease. `ends` is the first month after the term.
    """

    row: int
    ground_rent: int
    ends: int
    owed: int = 0


@dataclass(slots=True)
class Premises:
    """What an enterprise has of a council's own: the rent that it is spared, and on what terms.

    Attributes
    ----------
    month : int
        Market rent of what it uses of them [pence a month].
    worth : int
        Of the freehold [pence]; nothing under a lease.
    upkeep : int
        What keeping them up costs the council [pence a month].
    lease : Lease or None
        None where the freehold was passed on.
    """

    month: int
    worth: int
    upkeep: int
    lease: Lease | None = None
