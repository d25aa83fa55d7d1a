"""Nanoseconds per payment of the core, without tags and with, beside the machine's streaming bound.

The bound is the time in which memory could stream what the declared month must read and write at
least: each column of the world once, each balance read once and written once, nothing twice, all
receipts caught in cache. Two more figures are shown: the same for the columns that the core's
doors in fact pass over, and the time of the totals (the flow sheet, the sums by class that it
files, and the audits), which are left out of the payments' own time. Counting a payment by class is
one addition in the pass that makes it; it cannot be taken out and is part of the payments' time.
"""

import statistics
from dataclasses import dataclass

from experiments.bench.core import CoreMonths
from experiments.bench.limits import Limits
from experiments.bench.rows import Bar, Row, at_least, at_most, measured
from experiments.bench.world import World

GIGA = 1e9
LEAST_SHARE, MOST_NS, AT_GB_S = 0.15, 5.0, 13.0
MOST_TIMES = {1: 1.7, 4: 3.0, 8: 5.0}
"""How many times as long a payment may take with so many tags."""
FOLLOWED = 6
"""Months until dye is all over the world."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What payments cost with so many tags.

    Attributes
    ----------
    tags : int
    payment_ns, totals_ns : float
        Median processor time of the months that count, by payment.
    payments : int
        Of the last month.
    dyed : float
        Share of accounts that hold dye at the end.
    digest : str
        Of all balances and all dye at the end.
    """

    tags: int
    payment_ns: float
    totals_ns: float
    payments: int
    dyed: float
    digest: str


def cost_of(world: World, tags: int, months: int) -> Cost:
    """Live the reference month in the core, and say what it cost.

    Parameters
    ----------
    world : World
    tags : int
    months : int
        Months that count, after those of the warm-up.
    """
    core = CoreMonths(world, tags)
    warm_up = FOLLOWED if tags else 2
    for _ in range(warm_up + months):
        core.live()
    each = zip(core.moving, core.totals, core.counts, strict=True)
    figures = [(move / n * GIGA, total / n * GIGA) for move, total, n in each][warm_up:]
    payment, totals = (statistics.median(column) for column in zip(*figures, strict=True))
    dyed = float((core.ledger.dye.any(axis=1)).mean()) if tags else 0.0
    return Cost(tags, payment, totals, core.counts[-1], dyed, core.digest())


def least_bytes(world: World) -> int:
    """Count the bytes that a month as declared has to read and write at least.

    Each column of the world once as it is stored, each balance once read and once written (8 bytes
    each); shares of links, stored in 4 bytes, counted as the 2 that they need.
    """
    links = world.contracts, world.supply, world.shopping
    columns = (world.employer, world.wage, world.council_tax, world.council, world.owner)
    stored = sum(column.nbytes for column in (*columns, world.propensity, world.grant))
    stored += sum(edges.payee.nbytes + edges.cum.nbytes // 2 for edges in links)
    return int(stored + 2 * world.deposits.nbytes)


def passed_bytes(world: World) -> int:
    """Count the bytes of the columns that the core's doors pass over, without dye.

    A column that is read and written counts twice, a column that is passed twice counts each time;
    words met by chance (inboxes, tills, balances of employers) count nothing.
    """
    wages = 4 + 4 + 8 + 1 + 2 * (8 + 8)
    tax = 5 * 8 + 4 + 8 + 3 * 4 + 2 * (8 + 8)
    income = 3 * 8
    shopping = 5 * 8 + 8 + 4 * 2 * 8 + 4 * (4 + 4) + 4
    closings = 6 * 2 * (8 + 8)
    inputs = 3 * 8 + 2 * 8 + 5 * (4 + 4 + 4) + 4 + 4
    payroll = 4 * 8 + 2 * (8 + 8) + 4
    surplus = 2 * 5 * 3 * 8
    of_home = wages + tax + income + shopping
    of_firm = closings + inputs + payroll + surplus
    return int(world.homes * of_home + world.firms * of_firm + world.contracts.payee.size * 12)


def payment_rows(world: World, limits: Limits, months: int) -> list[Row]:
    """Measure payments with no tag, 1, 4 and 8.

    Parameters
    ----------
    world : World
    limits : Limits
        Of the same call.
    months : int
        Months that count, with each number of tags.
    """
    costs = [cost_of(world, tags, months) for tags in (0, 1, 4, 8)]
    plain = costs[0]
    size = f"{world.firms:,} firms + {world.homes:,} homes"
    rows = []
    for label, count, bar in (
        ("declared", least_bytes(world), at_least(LEAST_SHARE)),
        ("passed over by the doors", passed_bytes(world), None),
    ):
        each = count / plain.payments
        bound = each / limits.streaming
        rows.append(
            measured(
                f"core, no tag: streaming bound of bytes {label}",
                plain.payment_ns,
                "ns/payment",
                reference=bound,
                ratio=bound / plain.payment_ns,
                bar=bar,
                why=f"{each:.1f} bytes a payment at {limits.streaming:.1f} GB/s of a copy through "
                "memory; ratio = bound / measured",
            )
        )
    allowed = MOST_NS * max(AT_GB_S / limits.streaming, 1.0)
    rows.append(
        measured(
            "core, no tag",
            plain.payment_ns,
            "ns/payment",
            bar=at_most(round(allowed, 2), "value"),
            why=f"{size}, {plain.payments:,} payments a month; {MOST_NS:g} ns where memory streams "
            f"{AT_GB_S:g} GB/s or more, in proportion below; balances {plain.digest}",
        )
    )
    rows += [_tagged(cost, plain) for cost in costs[1:]]
    rows += [
        measured(
            f"totals, {_tags(cost.tags)}",
            cost.totals_ns,
            "ns/payment",
            reference=cost.payment_ns,
            why="flow sheet, filing and audits; beside the payments",
        )
        for cost in costs
    ]
    return rows


def _tagged(cost: Cost, plain: Cost) -> Row:
    """Hold payments with tags against payments with none."""
    bar: Bar = at_most(MOST_TIMES[cost.tags])
    return measured(
        f"core, {_tags(cost.tags)}",
        cost.payment_ns,
        "ns/payment",
        reference=plain.payment_ns,
        bar=bar,
        why=f"beside no tag; {cost.dyed:.0%} of accounts hold dye; balances {cost.digest}",
    )


def _tags(tags: int) -> str:
    return {0: "no tag", 1: "1 tag"}.get(tags, f"{tags} tags")
