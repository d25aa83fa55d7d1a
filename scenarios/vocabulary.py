"""The field's words as codes: who an agent is, what a payment is for, where a place stands.

Codes are written into Books and digests, so a code is never reused or renumbered; later work
appends. Names follow the European System of Accounts 2010 where it has a word.
"""

from enum import IntEnum


class Tier(IntEnum):
    """Levels of the area tree, from the smallest outwards."""

    DISTRICT = 0
    COUNTY = 1
    REGION = 2
    UK = 3
    WORLD = 4


class Institution(IntEnum):
    """The institutional sector that an account belongs to."""

    GOVERNMENT = 0
    WORLD = 1
    OUTSIDE_DEMAND = 2
    BANK = 3
    PENSION_FUND = 4
    BUYER = 5
    FIRM = 6
    HOUSEHOLD = 7
    CLUB = 8


class OwnerKind(IntEnum):
    """Who is entitled to an organisation's surplus."""

    NONE = 0
    LOCAL = 1
    OUTSIDE = 2
    COOP = 3
    VCSE = 4
    PUBLIC = 5


class SizeBand(IntEnum):
    """Employment size bands of the Business Population Estimates."""

    NONE = 0
    MICRO = 1
    SMALL = 2
    MEDIUM = 3
    LARGE = 4


class Instrument(IntEnum):
    """Financial instruments of the balance sheet, and tangibles apart."""

    DEPOSITS = 0
    SAVINGS = 1
    LOANS = 2
    TRADE_CREDIT = 3
    EQUITY = 4
    MEMBER_ACCOUNTS = 5
    TANGIBLES = 6
    COUNCIL_LOANS = 7


class Kind(IntEnum):
    """What a payment is for."""

    GRANT = 1
    BENEFIT = 2
    STATE_PENSION = 3
    COUNCIL_TAX = 4
    BUSINESS_RATES = 5
    PURCHASE = 6
    INTERMEDIATE = 7
    WAGES = 8
    PAYE = 9
    PENSION_CONTRIBUTION = 10
    VAT = 11
    CORPORATION_TAX = 12
    DIVIDEND = 13
    CONSUMPTION = 14
    RENT = 15
    MORTGAGE_INTEREST = 16
    INTEREST = 17
    GROUP_TRANSFER = 18
    MEMBER_CONTRIBUTION = 19
    PATRONAGE = 20
    REMEDY = 21
    PROCESS_COST = 22
    EXPORT = 23
    IMPORT = 24
    OCCUPATIONAL_PENSION = 25
    LOAN_DRAWN = 26
    LOAN_REPAID = 27
    SAVING = 28
    DISSAVING = 29
    SOCIAL_FUND = 30
    REDUNDANCY = 31
    REFUND = 32
    COMMERCIAL_RENT = 33
    WRITE_OFF = 34
    SUBSIDY = 35
    ASSET_PURCHASE = 36
    CAPITAL_TRANSFER = 37
    COMMUNITY_LOAN = 38
    COMMUNITY_LOAN_REPAID = 39
    GAIN_SHARE = 40
    CAPITAL = 41
    CAPITAL_REPAID = 42

    @property
    def hop(self) -> int:
        """1 where such a payment is a re-spending hop, 0 where it is not (`NO_HOP`)."""
        return 0 if self in NO_HOP else 1


NO_HOP = frozenset(
    {
        Kind.PAYE,
        Kind.VAT,
        Kind.GROUP_TRANSFER,
        Kind.PATRONAGE,
        Kind.REFUND,
        Kind.SAVING,
        Kind.DISSAVING,
        Kind.LOAN_DRAWN,
        Kind.LOAN_REPAID,
        Kind.COMMUNITY_LOAN,
        Kind.COMMUNITY_LOAN_REPAID,
        Kind.CAPITAL,
        Kind.CAPITAL_REPAID,
    }
)
"""Payments that move dye without a re-spending hop (transfers within an owner, remitted taxes)."""

ISSUED = frozenset({Kind.LOAN_DRAWN, Kind.DISSAVING})
"""Flows in which the bank creates the payee's deposit; no one's deposit falls."""

WITHDRAWN = frozenset({Kind.LOAN_REPAID, Kind.SAVING})
"""Flows that end the payer's deposit at the bank; no one's deposit rises."""


TOO_RISKY = "more risk in law than the buyer would run"
"""Why a way of buying whose route is contested was left, as the power of an award tells it."""

ABROAD = "abroad"
"""In a list of districts: outside the United Kingdom."""
