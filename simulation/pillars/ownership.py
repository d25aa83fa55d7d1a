"""Plural ownership: what staff pay for the firm of an owner who retires, and who bears it.

The council pays the owner and is repaid out of surplus and members' stakes. A worker co-operative
or an employee ownership trust (Finance Act 2014, Sch. 37) after the same rule; the council may
keep a part for itself (municipal ownership).
"""

from typing import NamedTuple


class Offer(NamedTuple):
    """What a conversion costs the council [pence].

    Attributes
    ----------
    loan : int
        Paid to the owner in the staff's stead, and owed by the firm.
    shares : int
        Paid to the owner for the council's own part.
    advice : int
        Given to the firm, which spends it on valuation, law and tax.
    """

    loan: int
    shares: int
    advice: int

    @property
    def total(self) -> int:
        """All that has to lie ready."""
        return self.loan + self.shares + self.advice


def offer(price: int, municipal: float, advice: int) -> Offer:
    """Divide a price between the staff's loan and the council's shares, to the penny."""
    shares = int(price * municipal)
    return Offer(price - shares, shares, advice)
