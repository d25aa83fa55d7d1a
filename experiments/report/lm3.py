"""LM3 of a council's real spending as a page: rounds, ranges, and what would narrow them most."""

from collections.abc import Sequence

from experiments.analysis.lm3 import COUNCIL, PAYROLL, Found, Gap, Lm3, Placed
from experiments.analysis.lm3_ranges import used
from experiments.figures.rounds import Round, rounds_figure
from experiments.report.pictures import Picture, picture
from experiments.report.swept import Answer, many, plain
from experiments.report.tables import Grid
from experiments.report.words import listed, pounds

NAMES = {
    COUNCIL: "lm3_council: all outlay on services",
    "lm3_contract": "lm3_contract: what suppliers are paid",
}
HEADINGS = {
    COUNCIL: ("paid here", "spent again"),
    "lm3_contract": ("spent here", "spent again"),
}
REASONS = {
    "place": "It is not known whether the supplier is in the place",
    "answer": "It is not known what the supplier does with the money",
    PAYROLL: "Own staff: what they cost, take home, and where they live",
}
KINDS = {
    "grant": "grants",
    "transfer": "transfers",
    "tax": "taxes",
    "pay": "pay and pensions",
    "finance": "loans, interest and investments",
}


FINE = 1_000
"""Money of the rounds is told to this part of the first round."""


def exact(pence: int) -> str:
    """Write pence as pounds to the penny, with a true minus sign."""
    sign = "−" if pence < 0 else ""
    return f"{sign}£{abs(pence) // 100:,}.{abs(pence) % 100:02d}"


def between(low: float, high: float) -> str:
    """Write a range of LM3: "1.31 to 1.58"; one figure where nothing is in doubt."""
    return f"{low:.2f}" if high - low < 0.005 else f"{low:.2f} to {high:.2f}"


def pounds_between(low: float, high: float, whole: float) -> str:
    """Write a range of money to a thousandth of the whole [pence]."""
    least, most = (pounds(one / 100, whole / 100 / FINE) for one in (low, high))
    return least if least == most else f"{least} to {most}"


def rounds_grid(found: Sequence[Found]) -> Grid:
    """Set out rounds and LM3 of every variant and place."""
    rows = [
        [
            one.variant, one.place,
            pounds_between(one.rounds.r1, one.rounds.r1, one.rounds.r1),
            pounds_between(one.rounds.r2_low, one.rounds.r2_high, one.rounds.r1),
            pounds_between(one.rounds.r3_low, one.rounds.r3_high, one.rounds.r1),
            between(one.low, one.high),
        ]
        for one in found
    ]  # fmt: skip
    head = ["Variant", "Place", "Round 1", "Round 2", "Round 3", "LM3"]
    return Grid("Rounds in pounds and LM3, least to most", head, rows)


def places_grid(lm3: Lm3) -> Grid:
    """Set out where suppliers and their owners are, place by place."""
    total = lm3.spend.pence
    rows = [
        [f"{what} in {one.place}", exact(one.here), exact(one.elsewhere), exact(one.unknown),
         _share_between(one, total)]
        for what, places in (("Based", lm3.based), ("Owned", lm3.owned))
        for one in places
    ]  # fmt: skip
    head = ["Supplier", "There", "Elsewhere", "Not known", "Share there"]
    return Grid("Purchases by where suppliers are and where their owners are", head, rows)


def _share_between(one: Placed, total: int) -> str:
    low, high = 100 * one.here / total, 100 * (one.here + one.unknown) / total
    return f"{low:.1f}%" if one.unknown == 0 else f"{low:.1f}% to {high:.1f}%"


def cover_grid(lm3: Lm3) -> Grid:
    """Say which pounds of the import are measured, and which are not and why."""
    spend = lm3.spend
    rows = [["Purchases net of refunds, measured", exact(spend.pence)]]
    if spend.credit_suppliers:
        gave = many(spend.credit_suppliers, "supplier")
        rows.append(
            [f"Left out: {gave} with more given back than paid", exact(spend.credits_pence)]
        )
    rows += [
        [f"Left out: {KINDS.get(kind, kind)}", exact(pence)]
        for kind, pence in sorted(spend.left_out.items())
    ]
    whole = spend.pence + spend.credits_pence + sum(spend.left_out.values())
    rows.append(["All payments of the import", exact(whole)])
    return Grid("What is measured, and what is left out", ["Payments", "Sum"], rows)


def gaps_grid(lm3: Lm3) -> Grid:
    """Say what widens the range in the council's own place, and by how much."""
    rows = [_gap_row(REASONS[one.what], one) for one in lm3.gaps]
    head = ["Not known", "Pounds", "LM3 of the council", "LM3 of the contract"]
    return Grid(f"What widens the range for {_own(lm3)}", head, rows)


def largest_grid(lm3: Lm3) -> Grid:
    """Name the suppliers whose answer, or whose place, would narrow the range most."""
    rows = [_gap_row(one.what, one) for one in lm3.largest]
    head = ["Supplier", "Paid", "LM3 of the council", "LM3 of the contract"]
    return Grid(f"What would narrow the range for {_own(lm3)} most", head, rows)


def _gap_row(name: str, gap: Gap) -> list[str]:
    paid = exact(gap.pence) if gap.pence else "not known"
    return [name, paid, f"{gap.council:.3f}", f"{gap.contract:.3f}"]


def _own(lm3: Lm3) -> str:
    return lm3.spend.around.levels[0].name


def left_told(lm3: Lm3) -> list[str]:
    """Say what is not covered, each with its pounds."""
    spend, said = lm3.spend, []
    if spend.of_area is not None:
        said.append(
            f"The import is of {spend.of_area}, and is measured here for another place, "
            f"{_own(lm3)} ({spend.around.levels[0].code}): the payments of that council, followed "
            "as if they were this place's own."
        )
    if spend.payroll is None:
        said.append(
            "Own payroll is not covered: lm3_council lies in its range whatever own staff cost. "
            "Give it with --payroll POUNDS[:SHARE%]."
        )
    if lm3.based[0].unknown:
        said.append(
            f"Of {exact(lm3.based[0].unknown)} nobody knows whether the suppliers are in "
            f"{_own(lm3)}: between none and all of it counts."
        )
    silent = spend.pence - lm3.answered_pence
    if silent:
        said.append(
            f"Of {exact(silent)} no survey says what suppliers do with the money: ranges of their "
            "sector and of the register stand in for it."
        )
    if lm3.uncategorised_pence:
        said.append(
            f"Of {exact(lm3.uncategorised_pence)} it is not known what was bought: the range holds "
            "that of every category."
        )
    out = [f"{exact(pence)} in {KINDS.get(kind, kind)}" for kind, pence in spend.left_out.items()]
    if out:
        said.append(f"Left out, for they are no purchases: {listed(out)}.")
    if spend.credit_suppliers:
        said.append(
            f"Left out: {many(spend.credit_suppliers, 'supplier')} with more given back than paid "
            f"in these months ({exact(spend.credits_pence)})."
        )
    return said


def lm3_answer(lm3: Lm3, council: str | None) -> Answer:
    """Put together what the page says.

    Parameters
    ----------
    lm3 : Lm3
        What was found.
    council : str or None
        Whose spending it is.

    Returns
    -------
    Answer
        For `answer_page`.
    """
    own = [one for one in lm3.found if one.tier == lm3.spend.tiers[0]]
    said = [
        f"Of each pound {_what(one)}, {_own(lm3)} keeps so much in three rounds that LM3 is "
        f"{between(one.low, one.high)} ({one.variant})."
        for one in own
    ]
    said.append(
        f"Suppliers based in {_own(lm3)} had {_share_between(lm3.based[0], lm3.spend.pence)} of "
        f"purchases; owners there, {_share_between(lm3.owned[0], lm3.spend.pence)}."
    )
    return Answer(
        title=f"LM3 of {council}" if council else "LM3 of a council’s spending",
        paragraph=said,
        left=left_told(lm3),
        grids=[
            rounds_grid(lm3.found), gaps_grid(lm3), largest_grid(lm3), places_grid(lm3),
            cover_grid(lm3), _assumptions(lm3),
        ],
        pictures=[_picture(one) for one in own],
        method=_method(),
    )  # fmt: skip


def lm3_facts(lm3: Lm3, council: str | None) -> list[tuple[str, str]]:
    """Say in a few words what was measured."""
    spend = lm3.spend
    asked = sum(1 for one in spend.suppliers if one.answers is not None and one.answers.shares)
    return [
        ("Council", council or "not named"),
        ("Area", f"{_own(lm3)} ({spend.around.levels[0].code})"),
        ("Purchases", pounds(spend.pence / 100)),
        ("Suppliers", f"{len(spend.suppliers):,}"),
        ("That answered", f"{asked:,}"),
        ("Own payroll", pounds(spend.payroll.pence / 100) if spend.payroll else "not covered"),
    ]


def _what(one: Found) -> str:
    return "spent on services" if one.variant == COUNCIL else "that suppliers are paid"


def _picture(one: Found) -> Picture:
    rounds, (second, third) = one.rounds, HEADINGS[one.variant]
    ends = [(rounds.r2_low, rounds.r2_high), (rounds.r3_low, rounds.r3_high)]
    paid, two, three = (
        pounds_between(low, high, rounds.r1) for low, high in ((rounds.r1, rounds.r1), *ends)
    )
    steps = [
        Round(heading, words.replace(" to ", " to\n"), low / rounds.r1, high / rounds.r1)
        for heading, words, (low, high) in zip((second, third), (two, three), ends, strict=True)
    ]
    told = (
        f"Three columns on one scale. {paid} was paid out; {two} of it reaches people and "
        f"businesses in {one.place}; they spend {three} there again."
    )
    data = Grid(
        f"The rounds of {one.variant} in {one.place}",
        ["Round", "Least", "Most"],
        [
            ["1, paid", exact(round(rounds.r1)), exact(round(rounds.r1))],
            [f"2, {second}", exact(round(rounds.r2_low)), exact(round(rounds.r2_high))],
            [f"3, {third}", exact(round(rounds.r3_low)), exact(round(rounds.r3_high))],
        ],
    )
    drawing = rounds_figure(paid, steps)
    return picture(one.variant.replace("_", "-"), NAMES[one.variant], told, drawing, data)


def _assumptions(lm3: Lm3) -> Grid:
    rows = [
        [one.name, f"{plain(one.low)} to {plain(one.high)} {one.unit}", one.what, one.source]
        for one in used(lm3.spend.around)
    ]
    head = ["Assumption", "Range", "What it is", "Source"]
    return Grid("Ranges that stand in for what the data do not say", head, rows)


def _method() -> list[str]:
    return [
        "LM3 is (round 1 + round 2 + round 3) / round 1 of the New Economics Foundation (Sacks "
        "2002), worked out by the same code as for simulated economies. lm3_council: round 1 is "
        "all outlay on services, round 2 what suppliers based and staff living in the place "
        "receive of it, round 3 what they spend there again. lm3_contract: round 1 is what "
        "suppliers are paid, round 2 their pay, purchases and dividends in the place, round 3 what "
        "is re-spent of them. The two are never mixed.",
        "LM3 stops after the third round, does not ask what the money would have done otherwise "
        "(displacement), and says nothing of prices and quality.",
        "A supplier that was not asked spends as its sector does (technology table, UK 2019): pay "
        "by how many workers of a place live in it, purchases by the size of the place (lambda of "
        "the FLQ), profit by where owners are. One that is based elsewhere spends at least nothing "
        "here and at most as much as if it were here.",
        "Ranges are no margins of error: the figure may lie anywhere in them. To learn where "
        "a supplier or its owners are, or what was bought, keeps a range within what it was. An "
        "answer makes a part a figure, which may lie outside what its sector suggests.",
    ]
