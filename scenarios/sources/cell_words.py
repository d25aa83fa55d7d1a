"""Words that the cells of some columns are made of: names of currencies, kinds of documents."""

import re

_POUNDS = re.compile(r"£|\b(?:gb ?p|ukp|stg|sterling|pounds?)\b", re.IGNORECASE)
_NOT_OURS = re.compile(r"\b(?:egypt|leban|syri|suda|irish|cypr)", re.IGNORECASE)
_ISO = re.compile(
    "eur|usd|chf|aud|cad|nzd|jpy|sek|nok|dkk|pln|czk|huf|ron|bgn|isk|inr|pkr|bdt|lkr|npr|zar|sgd"
    "|hkd|cny|rmb|twd|krw|thb|myr|idr|php|vnd|aed|sar|qar|kwd|bhd|omr|ils|egp|mad|tnd|kes|ugx|tzs"
    "|ngn|ghs|zmw|etb|mxn|brl|ars|clp|cop|pen|jmd|ttd|bbd|xcd|uah|rub|jep|imp|ggp|gip|fkp",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[€$¥]|\b(?:euros?|dollars?|yen|zloty|rupees?|francs?|kron[aeo]r?|dirhams?|rand|yuan|lira"
    r"|shekels?|pesos?|forint|rubles?)\b",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\b(?:credit[ -]?(?:notes?|memos?|memorand(?:um|a)|invoices?)|cr[ -](?:notes?|memos?)"
    r"|crns?|scn|pcn|c/n)\b",
    re.IGNORECASE,
)
_BARE_CREDIT = frozenset({"c", "cr", "cn", "cm", "kg", "credit", "credits", "supplier credit"})
"""These may mean something else: only beside words for its opposite are they credits."""

_INVOICE = re.compile(r"\b(?:invoices?|inv|debits?|purchases?|charges?|dr|kr)\b", re.IGNORECASE)
_BARE_INVOICE = frozenset({"d", "i", "re"})
_OTHER_PAPER = re.compile(r"(?:pre)?payments?|standard|journals?|receipts?", re.IGNORECASE)
LONGEST = 60
"""Letters; a longer text names no currency and no kind of document."""


def is_pounds(text: str) -> bool:
    """Say whether a text names pounds sterling."""
    return bool(_POUNDS.search(text)) and not _NOT_OURS.search(text)


def is_currency(text: str) -> bool:
    """Say whether a text names a currency, by its code or its name."""
    if len(text) > LONGEST:
        return False
    return is_pounds(text) or bool(_ISO.fullmatch(text) or _MONEY.search(text))


def is_credit_note(text: str) -> bool:
    """Say whether a text names a credit note, whatever else the column says."""
    return len(text) <= LONGEST and bool(_CREDIT.search(text))


def is_bare_credit(text: str) -> bool:
    """Say whether a text names a credit where others of the column name invoices."""
    return text.casefold().strip(". ") in _BARE_CREDIT


def is_invoice(text: str) -> bool:
    """Say whether a text names an invoice or a debit."""
    if len(text) > LONGEST or is_credit_note(text):
        return False
    return bool(_INVOICE.search(text)) or text.casefold() in _BARE_INVOICE


def is_document(text: str) -> bool:
    """Say whether a text names a kind of document."""
    return is_credit_note(text) or is_invoice(text) or bool(_OTHER_PAPER.fullmatch(text))
