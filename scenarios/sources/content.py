"""What stands in a column, whatever its heading says: money, dates, words, numbers of things."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from scenarios.sources.amounts import read_amount
from scenarios.sources.cell_words import is_credit_note, is_currency, is_document, is_pounds
from scenarios.sources.dates import read_dates
from scenarios.sources.fields import MONEY
from scenarios.sources.sheet import Column

LOOKED_AT = 2_000
"""Distinct texts of a column that are looked at."""

_LETTERS = re.compile("[A-Za-z].*[A-Za-z]")
_NUMBER = re.compile("[0-9]{5,}")
_CAPITAL = re.compile("(?:capital|revenue|cap|rev|c|r)", re.IGNORECASE)
_FIRM = re.compile(r"\b(?:ltd|limited|plc|llp|cic|council|school|trust|nhs)\b", re.IGNORECASE)
_COMPANY = re.compile("(?:[A-Z]{2}[0-9]{5,6}|[0-9]{6,8})", re.IGNORECASE)
_ADDRESS = re.compile("(?:https?://|www[.])", re.IGNORECASE)
NO_DAY = re.compile("0{1,2}:00(?::00)?|#+|#(?:value|ref|n/a|name|num)!?", re.IGNORECASE)
"""What is left of dates that were lost: midnight, or an error of a spreadsheet."""

_USUAL = frozenset({"eur", "euro", "euros", "€", "usd", "$"})
MANY = 20


class Content(NamedTuple):
    """Shares of the filled cells of a column, 0 to 1.

    Attributes
    ----------
    money, exact, dates, words, long_numbers, addresses, companies, lost, capital, firms,
    currencies, documents : float
        Amounts; amounts with pence, commas or a pound sign; dates; two letters or more that are no
        amount or date; whole numbers of five digits or more; web addresses; what could be numbers
        of companies; dates that were lost; the words capital and revenue; names
        with a form of law or a public body in them; names of currencies; kinds of documents, none
        where no credit note is among them.
    home : bool
        Whether pounds, euros or dollars are among the currencies.
    distinct : int
        Different texts.
    filled : int
        Cells that are not blank.
    """

    money: float
    exact: float
    dates: float
    words: float
    long_numbers: float
    addresses: float
    companies: float
    lost: float
    capital: float
    firms: float
    currencies: float
    documents: float
    home: bool
    distinct: int
    filled: int

    @property
    def holds_pounds(self) -> bool:
        """Whether nearly all are amounts, and many have pence."""
        return self.money > 0.9 and self.exact > 0.3

    @property
    def names_currencies(self) -> bool:
        """Whether nearly all are currencies, and not codes of three letters by chance."""
        return self.currencies > 0.9 and self.home

    def alone(self) -> Iterator[tuple[str, float, str]]:
        """Fields that the cells show without a heading, how sure, and why."""
        if self.holds_pounds:
            yield "amount", 0.5, f"{self.money:.0%} amounts, {self.exact:.0%} with pence"
        if self.names_currencies:
            yield "currency", 0.6, f"{self.currencies:.0%} currencies"
            return
        if self.dates > 0.9 and self.money < 0.5:
            yield "date", 0.6, f"{self.dates:.0%} dates"
        varied = min(1.0, self.distinct / max(1, self.filled))
        if self.words > 0.9 and not self.addresses and (self.distinct > 2 or self.filled < MANY):
            sure = 0.4 + 0.1 * varied + 0.3 * self.firms
            yield "payee", sure, f"words, {self.distinct:,} different ones"


def content_of(column: Column) -> Content:
    """Look at the distinct texts of a column."""
    often = np.bincount(column.codes, minlength=1)
    codes = np.flatnonzero(often[1:]) + 1
    many = {column.texts[code]: int(often[code]) for code in codes[:LOOKED_AT].tolist()}
    total = max(1, sum(many.values()))
    money = {text for text in many if read_amount(text) is not None}
    dated = set(read_dates(many).days)
    exact = {text for text in money if any(mark in text for mark in ".,£")}
    words = {text for text in many if _LETTERS.search(text)} - money - dated
    currencies = {text for text in many if is_currency(text)} - money
    credits_ = any(is_credit_note(text) for text in words)

    def share(texts: set[str]) -> float:
        return sum(many[text] for text in texts) / total

    return Content(
        share(money),
        share(exact),
        share(dated),
        share(words),
        share({text for text in many if _NUMBER.fullmatch(text)}),
        share({text for text in many if _ADDRESS.match(text)}),
        share({text for text in many if _COMPANY.fullmatch(text)}),
        share({text for text in many if NO_DAY.fullmatch(text)}),
        share({text for text in many if _CAPITAL.fullmatch(text)}),
        share({text for text in words if _FIRM.search(text)}),
        share(currencies),
        share({text for text in many if is_document(text)}) if credits_ else 0.0,
        any(is_pounds(text) or text.casefold() in _USUAL for text in currencies),
        int(codes.size),
        int(often[1:].sum()),
    )


def fit(field: str, content: Content) -> tuple[float, str]:
    """Say how well cells fit a field.

    Parameters
    ----------
    field : str
        A field of a payment.
    content : Content
        What stands in the column.

    Returns
    -------
    tuple of (float, str)
        0 to 1, and why.
    """
    if field in (*MONEY, "credit"):
        return _fit_money(field, content)
    if field == "date":
        if content.lost > 0.9:
            return 0.6, "every day is lost"
        if content.dates < 0.05 < content.words:
            return 0.2, "hardly a date in it"
        return max(0.1, content.dates), f"{content.dates:.0%} dates"
    if field == "payee":
        alike = content.distinct < 3 and content.filled > MANY
        good = content.words * (0.5 if alike else 1.0) * (1.0 - 0.8 * content.addresses)
        return good, f"{content.words:.0%} words, {content.distinct:,} different ones"
    if field == "currency":
        return content.currencies, f"{content.currencies:.0%} currencies"
    if field == "capital_revenue":
        return 0.3 + 0.7 * content.capital, f"{content.capital:.0%} capital or revenue"
    if content.capital > 0.9:
        return 0.1, "nothing but capital or revenue"
    if field in (
        "service",
        "category",
        "detail",
        "purpose",
        "merchant_category",
        "procurement_category",
    ):
        return 0.3 + 0.7 * content.words, f"{content.words:.0%} words"
    if field == "company_number":
        return 0.2 + 0.8 * content.companies, f"{content.companies:.0%} look like one"
    if field in ("supplier_id", "transaction", "charity_number"):
        return 0.6 + 0.4 * (1.0 - content.words), f"{content.distinct:,} different ones"
    return 1.0, f"{content.distinct:,} different ones"


def _fit_money(field: str, content: Content) -> tuple[float, str]:
    """Money is what can be read as such and is no row of long whole numbers."""
    if field in ("vat", "irrecoverable_vat"):
        return 0.5 + 0.5 * content.money, f"{content.money:.0%} amounts"
    good = content.money
    if content.long_numbers > 0.9 and content.exact < 0.02 and content.filled > MANY:
        return 0.4 * good, "whole numbers of five digits or more, which look like references"
    return good, f"{content.money:.0%} amounts"
