"""What a council's own payments say, for an officer: each word explained, each doubt told."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import escape

import pyarrow.compute as pc

from experiments.analysis import spending
from experiments.analysis.lm3 import Found, Lm3
from experiments.analysis.resolved_spending import range_of
from experiments.analysis.spending import Line
from experiments.report.lm3 import between, cover_grid, gaps_grid, largest_grid, lm3_answer
from experiments.report.payments import DRAWN, Profile, handed_on, lines_grid, lines_picture
from experiments.report.pictures import Picture
from experiments.report.suppliers import KIND_WORDS, supplier_grids
from experiments.report.swept import many
from experiments.report.today import Part
from experiments.report.words import exact, listed, pounds, share
from scenarios.tables import category_names

UNKNOWN_CATEGORY = "not known"


def payments_facts(profile: Profile) -> list[tuple[str, str]]:
    """Say in a few words what was read."""
    months = profile.payments["month"]
    first, last = pc.min(months).as_py(), pc.max(months).as_py()
    label = profile.label
    when = NOT_SAID if first is None else first if first == last else f"{first} to {last}"
    return [
        ("Council", label["council"] or NOT_SAID),
        ("Payments", f"{profile.payments.num_rows:,}"),
        ("Sum of all", exact(pc.sum(profile.payments["pence"]).as_py() or 0)),
        ("Months", when),
    ]


NOT_SAID = "not said"


def payments_parts(profile: Profile, lm3: Lm3 | None) -> list[Part]:
    """Set out what payments say.

    Parameters
    ----------
    profile : Profile
        The import, each supplier under one name.
    lm3 : Lm3 or None
        What was measured of it; None where there are no purchases.
    """
    parts = [_whole(profile), _categories(profile), _months(profile), _suppliers(profile)]
    parts += [_kinds(profile), _here(profile)]
    if lm3 is not None:
        parts.append(_lm3(profile, lm3))
    return [*parts, _apart(profile), _doubts(profile)]


def _whole(profile: Profile) -> Part:
    kinds = spending.lines_by(profile.payments, "kind")
    by_kind = {one.name: one.pence for one in kinds}
    bought = sum(by_kind.get(kind, 0) for kind in spending.BOUGHT)
    refunds = -by_kind.get("refund", 0)
    said = [f"{_who(profile)} bought goods and services for {pounds(bought / 100)}."]
    if refunds:
        said.append(f"That is after {pounds(refunds / 100)} that came back.")
    grid = lines_grid("All payments, by what they are", "Kind", kinds)
    return Part(
        "whole", "How much was paid", said, grids=[grid],
        words=[
            ("Purchase", "a payment for goods or services"),
            ("Refund", "money that a supplier gave back"),
            ("Transfer", "money passed on to others, such as benefits; nothing is bought with it"),
        ],
        unsure=_threshold(profile),
    )  # fmt: skip


def _threshold(profile: Profile) -> list[str]:
    said = ["Lists leave out what is below a threshold, often £500. Small payments are missing."]
    return said + [
        f"{many(one['payments'], 'payment')} ({exact(one['pence'])}) stand in two of your files. "
        "They were counted twice; leave one file out if they are copies."
        for one in profile.label["duplicates"]
    ]


def _who(profile: Profile) -> str:
    return profile.label["council"] or "The council"


def _categories(profile: Profile) -> Part:
    told, names = profile.label["suppliers"], category_names()
    lines = [
        Line(names.get(one["category"], UNKNOWN_CATEGORY), one["payments"], one["pence"])
        for one in told["categories"]
    ]
    known = sum(line.pence for line in lines if line.name != UNKNOWN_CATEGORY)
    grid = lines_grid("Purchases by category", "Category", lines, len(lines))
    most = [line.name for line in lines if line.name != UNKNOWN_CATEGORY][:3]
    unknown = told["pence"] - known
    known_of = "Of what is known, most" if unknown else "Most"
    said = [f"{known_of} was spent on {listed(most)}."] if most else []
    unsure = (
        [f"Of {pounds(unknown / 100)} ({share(unknown, told['pence'])}) it is not known what was "
         "bought."] if unknown else []
    )  # fmt: skip
    named = [line for line in lines if line.name != UNKNOWN_CATEGORY]
    shown = [*named[: DRAWN - 1], *(line for line in lines if line.name == UNKNOWN_CATEGORY)]
    return Part(
        "categories", "What was bought", said, unsure=unsure,
        words=[("Category", "a kind of spending, such as home care or building repairs. We read it "
                "from the words of your ledger and from the supplier")],
        pictures=[lines_picture("by-category", "Purchases by category", grid, shown)],
    )  # fmt: skip


def _months(profile: Profile) -> Part:
    lines = spending.months(spending.purchases(profile.payments))
    grid = lines_grid("Purchases by month", "Month", lines, len(lines))
    dated = [line for line in lines if line.name != spending.UNKNOWN]
    said = [f"The payments cover {many(len(dated), 'month')}."]
    if len(dated) != YEAR and dated:
        said.append("The model needs a year: it takes these months for a year in proportion.")
    lost = sum(line.pence for line in lines if line.name == spending.UNKNOWN)
    return Part(
        "months", "When it was bought", said,
        pictures=[lines_picture("by-month", "Purchases by month", grid, lines[-YEAR:])],
        unsure=[f"{pounds(lost / 100)} have no date that could be read."] if lost else [],
    )  # fmt: skip


YEAR = 12


def _suppliers(profile: Profile) -> Part:
    bought = spending.purchases(profile.payments)
    lines, found = spending.suppliers(bought), spending.concentration(bought)
    grid = lines_grid("Purchases by supplier", "Supplier", lines)
    said = [f"The money went to {many(found.suppliers, 'supplier')}."]
    said += [
        f"The {count} largest had {part:.0%} of it." if count > 1
        else f"The largest had {part:.0%} of it."
        for count, part in found.top
        if count in (1, 10)
    ]  # fmt: skip
    unsure = []
    if profile.label["persons_masked"]:
        unsure.append(
            f"Payees that may be people are shown as numbers, to protect them: "
            f"{profile.label['persons_masked']:,}."
        )
    if found.unnamed > 0:
        unsure.append(f"{found.unnamed:.1%} of purchases went to payees that are not named.")
    words = []
    if found.hhi is not None:
        words.append(
            ("Concentration", "how much of the money goes to few suppliers. On a scale that ends "
             f"at 10,000 for a single supplier, yours is {found.hhi:,.0f}")
        )  # fmt: skip
    return Part(
        "suppliers", "Who was paid", said, words=words, unsure=unsure,
        pictures=[lines_picture("by-supplier", "Purchases by supplier", grid, lines)],
    )  # fmt: skip


def _kinds(profile: Profile) -> Part:
    told = profile.label["suppliers"]
    known = [one for one in told["kinds"] if one["kind"] != "unknown" and one["pence"] > 0]
    known.sort(key=lambda one: -one["pence"])
    unknown = next(one["pence"] for one in told["kinds"] if one["kind"] == "unknown")
    lines = [Line(KIND_WORDS[one["kind"]], one["suppliers"], one["pence"]) for one in known]
    lines.append(Line("not known", 0, unknown))
    said = [f"Of {share(told['pence'] - unknown, told['pence'])} of purchases the kind of supplier "
            "is known."]  # fmt: skip
    return Part(
        "kinds", "What kinds of supplier", said, grids=supplier_grids(told)[:1],
        words=[("Small and medium enterprise", "a firm with fewer than 250 staff")],
        unsure=["A kind is told by names and by numbers of companies and charities. What nothing "
                "speaks for stays unknown."],
    )  # fmt: skip


def _here(profile: Profile) -> Part:
    told = profile.label["suppliers"]
    if not told["area"] or told["pence"] <= 0:
        return Part(
            "here", "How much stays here", ["Without the council’s area this is not known."]
        )
    based, owned = (_share_range(told, column) for column in ("based", "owned"))
    return Part(
        "here", "How much goes to suppliers here",
        [f"Suppliers based here got {based} of purchases.",
         f"Suppliers whose owners are here got {owned}."],
        words=[("A range", "the true figure lies between the two. The first is what is known to be "
                "here; the second adds all that may be")],
        grids=supplier_grids(told)[1:2],
        unsure=["Most lists give no address. A list of suppliers with postcodes would make the "
                "range narrower."],
    )  # fmt: skip


def _share_range(told: Mapping[str, Any], column: str) -> str:
    low, high = (share(pence, told["pence"]) for pence in range_of(told[column]))
    return low if low == high else f"between {low} and {high}"


def _lm3(profile: Profile, lm3: Lm3) -> Part:
    own = [one for one in lm3.found if one.tier == lm3.spend.tiers[0]]
    answer = lm3_answer(lm3, profile.label["council"])
    said = [
        f"LM3 of {_LM3[one.variant]} is {between(one.low, one.high)} in {one.place}." for one in own
    ]
    said.append("The tables below say how much narrower each range would be if more were known.")
    return Part(
        "lm3", "What becomes of the money: LM3", said,
        words=[
            ("LM3", "local multiplier 3. It follows a pound for three rounds: what the council "
             "pays, what of it reaches people and firms here, and what they spend here again. 1 is "
             "nothing stays, 3 is all of it stays"),
        ],
        grids=[gaps_grid(lm3), largest_grid(lm3), cover_grid(lm3)],
        pictures=[_plainly(drawn, one) for drawn, one in zip(answer.pictures, own, strict=True)],
        unsure=["The range is no margin of error: the figure may lie anywhere in it."],
    )  # fmt: skip


def _plainly(drawn: Picture, one: Found) -> Picture:
    """Call a picture of the rounds what it is of, in place of the measure's name."""
    heading = f"{_LM3[one.variant].capitalize()}: three rounds in {one.place}"
    inline = drawn.inline.replace(escape(drawn.title), escape(heading))
    data = drawn.data and replace(drawn.data, caption=heading)
    return replace(drawn, heading=heading, title=heading, inline=inline, data=data)


_LM3 = {
    "lm3_council": "all that the council pays for services",
    "lm3_contract": "what its suppliers are paid",
}


def _apart(profile: Profile) -> Part:
    grids = handed_on(profile.payments)
    kinds = spending.lines_by(profile.payments, "kind")
    by_kind = {one.name: one.pence for one in kinds}
    told = [
        f"{pounds(by_kind[kind] / 100)} in {words}" for kind, words in _HANDED.items()
        if by_kind.get(kind)
    ]  # fmt: skip
    said = f"Not bought but handed on: {listed(told)}." if told else "Nothing was handed on."
    return Part(
        "apart", "Grants and transfers, told apart", [said], grids=grids,
        words=[("Grant", "money given for a purpose, without goods or services in return")],
    )  # fmt: skip


_HANDED = {
    "grant": "grants",
    "transfer": "transfers",
    "tax": "tax",
    "pay": "pay and pensions",
    "finance": "loans, interest and investments",
}


def _doubts(profile: Profile) -> Part:
    told = profile.label["suppliers"]
    said = [
        f"{many(told['spellings'], 'spelling')} of names were taken for "
        f"{many(told['suppliers'], 'supplier')}."
    ]
    said.append(
        f"{many(told['questions'], 'pair')} of names may be one supplier or two: only a person can "
        "tell."
        if told["questions"]
        else "No pair of names is in doubt."
    )
    return Part("doubts", "What a person should look at", said)
