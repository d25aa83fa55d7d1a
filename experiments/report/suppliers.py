"""Suppliers of an import on its page: kinds, places as ranges, categories, what is doubtful."""

from collections.abc import Mapping, Sequence
from typing import Any

from experiments.analysis.resolved_spending import ELSEWHERE, HERE, MAYBE, UNKNOWN, range_of
from experiments.report.swept import many
from experiments.report.tables import Grid
from experiments.report.words import exact, share
from scenarios.tables.classifications import category_names

KIND_WORDS = {
    "sme": "small and medium enterprises",
    "corporate": "larger companies",
    "coop": "co-operatives",
    "vcse": "charities, voluntary bodies, social enterprises",
    "public_body": "public bodies",
    "person": "persons (masked)",
    UNKNOWN: "unknown",
}
GAVE_BACK = "gave back more than they were paid"
PLACE_WORDS = {
    HERE: "known: here",
    MAYBE: "here or in a neighbour",
    ELSEWHERE: "known: elsewhere",
    UNKNOWN: "unknown",
}


def supplier_sentences(told: Mapping[str, Any]) -> list[str]:
    """Say what became of the suppliers.

    Parameters
    ----------
    told : mapping
        `suppliers` of import.json.

    Returns
    -------
    list of str
    """
    said = [
        f"{many(told['spellings'], 'spelling')} of payees are "
        f"{many(told['suppliers'], 'supplier')}: {told['merged']:,} were merged, "
        f"{many(told['doubtful'], 'pair')} stayed apart in doubt; suppliers_review.csv has them."
    ]
    if told["area"] and told["paid_pence"] > 0:
        based, owned = (_range(told, column) for column in ("based", "owned"))
        said.append(
            f"Of purchases, {based} went to suppliers based here, and {owned} to suppliers owned "
            "here: from what is known to what cannot be ruled out."
        )
    return said + unmatched_told(told)


def unmatched_told(told: Mapping[str, Any]) -> list[str]:
    """Say which answers of the review list are about nobody here; nothing where there are none."""
    left, first = told["answers_unmatched"], told["answers_unmatched_first"]
    if not left:
        return []
    more = f" and {left - len(first):,} more" if left > len(first) else ""
    return [
        f"{many(left, 'answer')} in suppliers_review.csv {'matches' if left == 1 else 'match'} no "
        f"supplier here, and {'is' if left == 1 else 'are'} kept at its end: "
        f"{'; '.join(first)}{more}."
    ]


def _range(told: Mapping[str, Any], column: str) -> str:
    low, high = (share(pence, told["paid_pence"]) for pence in range_of(told[column]))
    return f"between {low} and {high}"


def supplier_grids(told: Mapping[str, Any]) -> list[Grid]:
    """Set out purchases by kind of supplier, by place and by category.

    Parameters
    ----------
    told : mapping
        `suppliers` of import.json.

    Returns
    -------
    list of Grid
    """
    grids = [_kinds(told)]
    if told["area"]:
        grids.append(_places(told))
    return [*grids, _categories(told)]


def _kinds(told: Mapping[str, Any]) -> Grid:
    total = told["paid_pence"]
    unknown = next(one["pence"] for one in told["kinds"] if one["kind"] == UNKNOWN)
    rows = []
    for one in told["kinds"]:
        high = one["pence"] + (unknown if one["kind"] != UNKNOWN else 0)
        between = "" if one["kind"] == UNKNOWN else f"to {share(high, total)}"
        told_share = f"{share(one['pence'], total)} {between}".strip()
        rows.append(
            [KIND_WORDS[one["kind"]], f"{one['suppliers']:,}", exact(one["pence"]), told_share]
        )
    if told["net_credit_suppliers"]:
        many_back, back = told["net_credit_suppliers"], exact(told["net_credits_pence"])
        rows.append([GAVE_BACK, f"{many_back:,}", back, ""])
    head = ["Kind", "Suppliers", "Known", "Share: known to possible"]
    return Grid("Purchases net of refunds, by kind of supplier", head, rows)


def _places(told: Mapping[str, Any]) -> Grid:
    rows = [
        [word, *(text for column in ("based", "owned") for text in
                 (exact(told[column][place]), share(told[column][place], told["paid_pence"])))]
        for place, word in PLACE_WORDS.items()
    ]  # fmt: skip
    if told["net_credit_suppliers"]:
        back = exact(told["net_credits_pence"])
        rows.append([GAVE_BACK, back, "", back, ""])
    head = ["Where", "Based", "Share", "Owned", "Share"]
    return Grid("Purchases net of refunds, by where suppliers and their owners are", head, rows)


def _categories(told: Mapping[str, Any]) -> Grid:
    names = category_names()
    rows = [
        [names.get(one["category"], UNKNOWN), f"{one['payments']:,}", exact(one["pence"]),
         share(one["pence"], told["pence"])]
        for one in told["categories"]
    ]  # fmt: skip
    return Grid(
        "Purchases net of refunds, by the tool’s categories",
        ["Category", "Payments", "Sum", "Share"],
        rows,
    )


def supplier_method() -> Sequence[str]:
    """How suppliers were resolved."""
    return (
        "Suppliers are merged by company and charity number, by cleaned name, and by likeness "
        "where it is beyond doubt. Kind, place and category have their reasons in "
        "suppliers.parquet and categories.parquet; docs/suppliers.md has the rules. What nothing "
        "speaks for is unknown, and a range goes from what is known to what cannot be ruled out.",
    )
