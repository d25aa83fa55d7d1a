"""What a payment is: a purchase, or money handed on as a grant, a transfer, a tax, pay or finance.

The ledger's own words decide, then the payee's. What nothing speaks against is a purchase; a
negative purchase is a refund or a credit note, and is netted against purchases.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.sources.sheet import Column

PURCHASE, REFUND = "purchase", "refund"
KINDS = (PURCHASE, REFUND, "grant", "transfer", "tax", "pay", "finance")

_LOOKED = ("detail", "category", "purpose", "procurement_category")
"""Fields whose words tell the kind, before the payee."""

_WORDS = {
    "tax": (
        r"\bhmrc\b|\bhm revenue\b|inland revenue|\bp\.?a\.?y\.?e\b|national insurance contrib",
        r"\bvat (?:payment|payable|control)|apprenticeship levy|land tax",
    ),
    "finance": (
        r"public works loan|\bpwlb\b|\bloans?\b(?! of equipment| equipment)|money market",
        r"\binvestments?\b(?! advi| manag)|treasury (?:deposit|management)",
        r"debt (?:charge|repay)|\binterest (?:-|paid|payable|on)|minimum revenue provision",
        r"share capital",
    ),
    "pay": (
        r"\bsalar(?:y|ies)\b|\bwages?\b|\bnet pay\b|superannuation|redundancy",
        r"employers? (?:pension|ni)\b|pensions? (?:fund|contrib|strain)|members'? allowances?",
    ),
    "transfer": (
        r"\bprecepts?\b|\blevy\b|\blevies\b|housing benefit|rent allowance|direct payments?",
        r"personal budgets?|transfer payments?|budget share|business rates? refund|\bnndr\b",
        r"council tax (?:refund|support|reduction|rebate)|\ballow(?:ances?)?\b|hardship",
        r"discretionary housing|client (?:payments?|contributions? refund)|section 17",
        r"clients? monies|\bcompensation\b|pay ?over|dedicated schools|pupil premium|social fund",
    ),
    "grant": (
        r"\bgrants?\b(?! (?:income|received|aided school|maintained|funded))|\bdonations?\b",
        r"\bcontributions? to\b|\bsubsid(?:y|ies)\b|\bawards? to\b|\bsponsorship\b",
    ),
}
_RULES = tuple(
    (kind, re.compile("|".join(patterns), re.IGNORECASE)) for kind, patterns in _WORDS.items()
)
_ANY = re.compile("|".join(p for patterns in _WORDS.values() for p in patterns), re.IGNORECASE)
_PAYEE_RULES = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("tax", r"\bhmrc\b|\bhm revenue|inland revenue"),
        ("finance", r"public works loan|\bpwlb\b|debt management (?:office|account)"),
        ("transfer", r"\bbenefits? payments?\b|\bhousing benefits?\b(?! plus)"),
        ("pay", r"\b(?:payroll|salaries|wages|net pay) (?:account|control|run|bacs)\b"),
    )
)


class Kinds(NamedTuple):
    """The kind of each row, with its reason.

    Attributes
    ----------
    codes : int8[rows]
        Into `KINDS`.
    reasons : sequence of str
        Distinct reasons.
    reason_codes : int32[rows]
        Into `reasons`.
    """

    codes: NDArray[np.int8]
    reasons: list[str]
    reason_codes: NDArray[np.int32]


def find_kinds(fields: Mapping[str, Column], pence: NDArray[np.int64]) -> Kinds:
    """Say what each payment is.

    Parameters
    ----------
    fields : mapping of str to Column
        Field -> its column.
    pence : int64[rows]
        What is summed [pence].

    Returns
    -------
    Kinds
        A row each.
    """
    codes = np.zeros(pence.size, np.int8)
    reasons, why = ["nothing speaks against a purchase"], np.zeros(pence.size, np.int32)
    for name in (*_LOOKED, "payee"):
        if name not in fields:
            continue
        column = fields[name]
        told = [_told(name, text) for text in column.texts]
        kinds = np.array([kind for kind, _ in told], np.int8)[column.codes]
        places = np.array([_place(reasons, reason) for _, reason in told], np.int32)[column.codes]
        new = (codes == 0) & (kinds > 0)
        codes[new], why[new] = kinds[new], places[new]
    back = (codes == 0) & (pence < 0)
    codes[back], why[back] = KINDS.index(REFUND), _place(reasons, "a negative amount")
    return Kinds(codes, reasons, why)


def _place(reasons: list[str], reason: str) -> int:
    if not reason:
        return 0
    if reason not in reasons:
        reasons.append(reason)
    return reasons.index(reason)


def _told(name: str, text: str) -> tuple[int, str]:
    """The kind that a text tells, and the word that tells it."""
    payee = name == "payee"
    if not payee and not _ANY.search(text):
        return 0, ""
    for kind, pattern in _PAYEE_RULES if payee else _RULES:
        found = pattern.search(text)
        if found:
            return KINDS.index(kind), f"{name.replace('_', ' ')}: “{found[0].lower()}”"
    return 0, ""
