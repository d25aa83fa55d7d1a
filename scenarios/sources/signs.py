"""Amounts whose sign, or whose other half, stands in a second column, made one column.

Ledgers write money that went out as a debit and money that came back as a credit, in two columns
or with a letter beside the amount. What is summed is debits less credits; the column keeps its
place, and every cell that is no amount stays as it stands.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.sources.cell_words import is_bare_credit, is_credit_note, is_invoice
from scenarios.sources.columns import Found, Meaning
from scenarios.sources.money import pence_of
from scenarios.sources.sheet import Column

DEBIT_WORDS = frozenset({"d", "dr", "debit", "debits", "+", "invoice"})
CREDIT_WORDS = frozenset({"c", "cr", "credit", "credits", "-"})

SPREAD = 0.2
"""A second column of amounts that alone is filled in this share of the rows holds payments too."""


class SignedAmounts(NamedTuple):
    """The column that is summed, with its signs.

    Attributes
    ----------
    column : Column
        All rows; the ones above the headings as they stood.
    note : str
        What was done; empty where nothing was.
    """

    column: Column
    note: str


def signed_amounts(columns: Sequence[Column], first: int, meaning: Meaning) -> SignedAmounts:
    """Take credits off debits, where a column of credits or of signs stands beside the amount.

    Parameters
    ----------
    columns : sequence of Column
        All rows.
    first : int
        The first row below the headings.
    meaning : Meaning
        What the columns are; one of them is summed.

    Returns
    -------
    SignedAmounts
        The column that is summed, changed or not.
    """
    amount = columns[meaning.position(meaning.used) or 0]
    credit, sign = meaning.position("credit"), meaning.position("sign")
    if credit is not None:
        return _less_credits(amount, columns[credit], first)
    if sign is not None:
        return _with_signs(amount, columns[sign], first)
    papers = meaning.position("document_type")
    return (
        SignedAmounts(amount, "") if papers is None else _by_papers(amount, columns[papers], first)
    )


def spread_over(columns: Sequence[Column], first: int, meaning: Meaning) -> Found | None:
    """Find a column of amounts that goes on where the one that is summed is blank or nothing."""
    amount = pence_of(columns[meaning.position(meaning.used) or 0].below(first))
    filled = max(1, int(np.count_nonzero(amount.pence)))
    for one in meaning.unused:
        other = pence_of(columns[one.position - 1].below(first))
        both = np.count_nonzero(amount.pence * (other.pence != 0))
        alone = np.count_nonzero((other.pence != 0) & (amount.pence == 0))
        if one.heading and not both and alone >= SPREAD * filled:
            return one
    return None


def _less_credits(amount: Column, credit: Column, first: int) -> SignedAmounts:
    out, back = pence_of(amount), pence_of(credit)
    below = np.arange(amount.codes.size) >= first
    if (below & (out.pence != 0) & (back.pence != 0)).any():
        return SignedAmounts(amount, "")  # the amount has its sign already
    sign = 1 if (back.pence[below] <= 0).all() else -1
    change = below & credit.filled & (~amount.filled | (out.read & (out.pence == 0)))
    texts = [
        _text(sign * int(back.pence[row])) if back.read[row] else credit.cell(row)
        for row in np.flatnonzero(change).tolist()
    ]
    return SignedAmounts(_changed(amount, change, texts), "credits were taken off debits")


def _with_signs(amount: Column, sign: Column, first: int) -> SignedAmounts:
    words = [text.casefold().strip(". ") for text in sign.texts]
    seen = {words[code] for code in np.unique(sign.codes[first:])} - {""}
    below = np.arange(amount.codes.size) >= first
    credits_ = below & np.array([word in CREDIT_WORDS for word in words])[sign.codes]
    read = pence_of(amount)
    change = credits_ & read.read & (read.pence != 0)
    if not seen <= DEBIT_WORDS | CREDIT_WORDS or (read.pence[change] < 0).any():
        return SignedAmounts(amount, "")  # no signs, or the amounts have theirs already
    texts = [_text(-int(pence)) for pence in read.pence[change].tolist()]
    note = "a column says which amounts are credits; they were taken off" if texts else ""
    return SignedAmounts(_changed(amount, change, texts), note)


def _by_papers(amount: Column, papers: Column, first: int) -> SignedAmounts:
    """Take off what stands beside a credit note, unless such amounts have signs of their own."""
    seen = [papers.texts[code] for code in np.unique(papers.codes[first:])]
    beside_invoices = any(is_invoice(text) for text in seen)
    named = [is_credit_note(t) or (beside_invoices and is_bare_credit(t)) for t in papers.texts]
    below = np.arange(amount.codes.size) >= first
    read = pence_of(amount)
    back = below & np.array(named)[papers.codes] & (read.pence != 0)
    plus, minus = back & (read.pence > 0), back & (read.pence < 0)
    if not plus.any():
        return SignedAmounts(amount, "")
    rest = read.pence[below & ~back]
    if minus.any() or (rest < 0).sum() > (rest > 0).sum():
        note = (
            f"credit notes with a positive amount: {int(plus.sum()):,}, though amounts of the list "
            "have signs of their own; all were left as they stand"
        )
        return SignedAmounts(amount, note)
    texts = [_text(-int(pence)) for pence in read.pence[plus].tolist()]
    note = f"positive amounts beside a credit note were taken off: {len(texts):,}"
    return SignedAmounts(_changed(amount, plus, texts), note)


def _text(pence: int) -> str:
    return f"{'-' if pence < 0 else ''}{abs(pence) // 100}.{abs(pence) % 100:02d}"


def _changed(column: Column, where: NDArray[np.bool_], texts: Sequence[str]) -> Column:
    """The column with other texts in some rows."""
    known = {text: code for code, text in enumerate(column.texts)}
    codes = column.codes.copy()
    codes[where] = np.array([known.setdefault(text, len(known)) for text in texts], np.int32)
    return Column(list(known), codes)
