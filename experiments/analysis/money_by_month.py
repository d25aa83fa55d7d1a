"""Who paid whom in each month of a run, by groups that a reader knows, to the penny.

Groups are councils, firms by who owns them, homes and clubs of the place, and a few groups for
everybody else. What one group holds at a month's start, with all that it receives and without all
that it pays, is what it holds at the end (Godley and Lavoie 2007, chapter 2).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from simulation.accounting.books import Books

Int64 = NDArray[np.int64]

HERE = (
    "councils", "firms_local", "firms_outside", "firms_coop", "firms_vcse", "firms_public",
    "firms_other", "clubs", "homes",
)  # fmt: skip
"""Groups of the place that the run is about."""
AWAY = ("councils_away", "firms_away", "homes_away", "government", "banks", "pensions", "world")
"""Groups of everybody else."""
GROUPS = HERE + AWAY
MOST_KINDS = 3
"""So many kinds of payment are named of a pair of groups."""


class BooksDisagreeError(Exception):
    """Raised where what a group held, received and paid is not what it holds at the end."""

    def __init__(self, group: str, pence: int) -> None:
        super().__init__(
            f"what “{group}” held, received and paid misses what it holds at the end by "
            f"{pence} pence: these books are damaged. Live the run again."
        )
        self.group = group
        self.pence = pence


@dataclass(frozen=True, slots=True)
class Money:
    """Payments of a run by month and group; `GROUPS` gives the order of groups.

    Attributes
    ----------
    pence, payments : int64[n_months, n_kinds, n_groups, n_groups]
        From payer (third) to payee (fourth) [pence, payments]; loans written off are none.
    opened : int64[n_groups]
        Held on accounts before the first month [pence].
    """

    pence: Int64
    payments: Int64
    opened: Int64

    @property
    def moved(self) -> Int64:
        """What groups receive less what they pay, int64[n_months, n_groups] [pence]."""
        pairs = self.pence.sum(axis=1)
        net: Int64 = pairs.sum(axis=1) - pairs.sum(axis=2)
        return net

    @property
    def held(self) -> Int64:
        """Held at each month's end, the time before the first at 0: int64[n_months + 1, n]."""
        held: Int64 = self.opened + np.concatenate(
            [np.zeros((1, len(GROUPS)), dtype=np.int64), np.cumsum(self.moved, axis=0)]
        )
        return held

    @property
    def largest(self) -> int:
        """Most that moved in one month with the place on one side or both [pence]."""
        return max((_drawn(month.sum(axis=0)) for month in self.pence), default=0)


def money_of(books: "Books") -> Money:
    """Add up the payments of a run by month, kind and group.

    Parameters
    ----------
    books : Books
        With `areas`, `classes`, `flows` and `stocks`.

    Raises
    ------
    BooksDisagreeError
        Where a penny is missing at the end.
    """
    from scenarios.vocabulary import Instrument, Kind

    group = _groups(books)
    flows, stocks, months = books.tables["flows"], books.tables["stocks"], books.meta.months
    told = (flows["month"] > 0) & (flows["kind"] != Kind.WRITE_OFF)
    n = len(GROUPS)
    pence = np.zeros((months, max(Kind) + 1, n, n), dtype=np.int64)
    payments = np.zeros_like(pence)
    at = (
        flows["month"][told].astype(np.int64) - 1, flows["kind"][told].astype(np.int64),
        group[flows["payer"][told]], group[flows["payee"][told]],
    )  # fmt: skip
    np.add.at(pence, at, flows["pence"][told])
    np.add.at(payments, at, flows["count"][told])
    ends = np.zeros((2, n), dtype=np.int64)
    for row, month in enumerate((0, months)):
        now = (stocks["month"] == month) & (stocks["instrument"] == Instrument.DEPOSITS)
        np.add.at(ends[row], group[stocks["klass"][now]], stocks["pence"][now])
    money = Money(pence, payments, ends[0])
    missing = ends[1] - money.held[-1]
    if missing.any():
        worst = int(np.abs(missing).argmax())
        raise BooksDisagreeError(GROUPS[worst], int(missing[worst]))
    return money


def month_of_money(money: Money, month: int) -> dict[str, Any]:
    """Tell one month as plain data.

    Parameters
    ----------
    money : Money
    month : int
        Counted from 1.

    Returns
    -------
    dict
        `pairs` of groups with the place on one side or both, `away_pence` between all others, and
        `balances`, which add up: opened + received - paid = closed.
    """
    pence, payments = money.pence[month - 1], money.payments[month - 1]
    whole, many = pence.sum(axis=0), payments.sum(axis=0)
    here = len(HERE)
    pairs = [
        {
            "payer": GROUPS[payer],
            "payee": GROUPS[payee],
            "pence": int(whole[payer, payee]),
            "payments": int(many[payer, payee]),
            "kinds": _kinds(pence[:, payer, payee]),
        }
        for payer, payee in np.argwhere(whole).tolist()
        if payer < here or payee < here
    ]
    opened, closed = money.held[month - 1], money.held[month]
    balances = [
        {
            "group": name,
            "opened": int(opened[k]),
            "received": int(whole[:, k].sum()),
            "paid": int(whole[k].sum()),
            "closed": int(closed[k]),
        }
        for k, name in enumerate(GROUPS)
        if opened[k] or closed[k] or whole[k].any() or whole[:, k].any()
    ]
    away = int(whole[here:, here:].sum())
    return {"pairs": pairs, "away_pence": away, "balances": balances}


def _drawn(whole: Int64) -> int:
    return int(whole.sum() - whole[len(HERE) :, len(HERE) :].sum())


def _kinds(pence: Int64) -> list[dict[str, Any]]:
    from scenarios.vocabulary import Kind

    order = [int(k) for k in np.argsort(-pence, kind="stable")[:MOST_KINDS] if pence[k] > 0]
    return [{"kind": Kind(k).name.lower(), "pence": int(pence[k])} for k in order]


def _groups(books: "Books") -> Int64:
    """Which group each class belongs to: int64[n_classes], a place in `GROUPS`."""
    from scenarios.vocabulary import Institution, OwnerKind

    classes = books.tables["classes"]
    inside = _inside(books)
    owners: Mapping[int, str] = {
        OwnerKind.LOCAL: "firms_local", OwnerKind.OUTSIDE: "firms_outside",
        OwnerKind.COOP: "firms_coop", OwnerKind.VCSE: "firms_vcse",
        OwnerKind.PUBLIC: "firms_public",
    }  # fmt: skip
    others: Mapping[int, tuple[str, str]] = {
        Institution.BUYER: ("councils", "councils_away"),
        Institution.CLUB: ("clubs", "firms_away"),
        Institution.HOUSEHOLD: ("homes", "homes_away"),
        Institution.GOVERNMENT: ("government", "government"),
        Institution.BANK: ("banks", "banks"),
        Institution.PENSION_FUND: ("pensions", "pensions"),
        Institution.WORLD: ("world", "world"),
        Institution.OUTSIDE_DEMAND: ("world", "world"),
    }
    group = np.zeros(int(classes["klass"].max(initial=-1)) + 1, dtype=np.int64)
    for klass, institution, area, owner in zip(
        *(classes[name].tolist() for name in ("klass", "institution", "area", "owner_kind")),
        strict=True,
    ):
        if institution == Institution.FIRM:
            name = owners.get(owner, "firms_other") if area in inside else "firms_away"
        else:
            name = others[institution][0 if area in inside else 1]
        group[klass] = GROUPS.index(name)
    return group


def _inside(books: "Books") -> frozenset[int]:
    """Areas that lie in the place, itself among them."""
    areas, focus = books.tables["areas"], books.meta.focus_area
    parent = dict(zip(areas["area"].tolist(), areas["parent"].tolist(), strict=True))

    def lies(area: int) -> bool:
        while area not in (focus, -1):
            area = parent.get(area, -1)
        return area == focus

    return frozenset(area for area in parent if lies(area))
