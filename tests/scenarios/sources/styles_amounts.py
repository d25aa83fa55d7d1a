"""Amounts, currencies and credits in many styles."""

from tests.scenarios.sources.styles import (
    AMOUNTS,
    DAYS,
    HEAD,
    PAYEES,
    PENCE,
    SUM,
    Style,
    footed,
    grouped,
    headed,
    pounds,
    rows,
    text,
    turned,
    under,
    with_column,
)

CREDIT = ["Invoice", "Invoice", "Credit Note", "Invoice", "Invoice", "Invoice"]
ISO = ["GBP", "GBP", "GBP", "EUR", "GBP", "USD"]
IN_POUNDS = SUM - 99 - 60000

TOP = ["Payment", "Supplier", "Amount", "Service"]
WHOLE = sum(100 * round(p / 100) for p in PENCE)

AMOUNT_STYLES: dict[str, Style] = {
    "plain": Style(footed()),
    "two lines of headings": Style(
        text(
            [["Payment", "Supplier", "Amount", "Service"], ["Date", "Name", "£", "Area"], *rows()]
        ),
        aside={"heading": 1},
    ),
    "headings once more on a second page": Style(
        under(HEAD, [*rows()[:3], HEAD, *rows()[3:]]), aside={"heading": 1}
    ),
    "a page number on each page": Style(
        under(HEAD, [*rows()[:3], ["Page 1 of 2", "", "", ""], *rows()[3:], ["Page 2 of 2"]]),
        aside={"note": 2},
    ),
    "a preamble of four lines": Style(
        headed(["Northmoor Borough Council"], ["Payments over £500"], ["April 2023"], []),
        aside={"preamble": 3},
    ),
    "a preamble with a sum": Style(
        headed(["Total spend", "", pounds(SUM), ""], ["", "", "", ""]),
        aside={"preamble": 1, "blank": 1},
    ),
    "supplier left blank below": Style(
        under(
            HEAD,
            [[*row[:1], row[1] if k % 2 == 0 else "", *row[2:]] for k, row in enumerate(rows())],
        ),
        told="name no payee",
    ),
    "red brackets": Style(under(HEAD, rows(lambda p: f"({grouped(-p)})" if p < 0 else grouped(p)))),
    "pound signs and brackets": Style(
        under(HEAD, rows(lambda p: f"(£{grouped(-p)})" if p < 0 else f"£{grouped(p)}"))
    ),
    "minus behind": Style(under(HEAD, rows(lambda p: f"{grouped(abs(p))}{'-' if p < 0 else ''}"))),
    "accounting format": Style(
        under(HEAD, rows(lambda p: f" £ {grouped(p)} " if p > 0 else f"-£ {grouped(-p)} "))
    ),
    "credits by letters": Style(
        under(HEAD, rows(lambda p: f"{grouped(abs(p))} {'CR' if p < 0 else 'DR'}"))
    ),
    "spaces between thousands": Style(under(HEAD, rows(lambda p: grouped(p).replace(",", " ")))),
    "GBP before": Style(under(HEAD, rows(lambda p: f"GBP {grouped(p)}"))),
    "GBP behind": Style(under(HEAD, rows(lambda p: f"{grouped(p)} GBP"))),
    "whole pounds": Style(
        under(HEAD, rows(lambda p: str(round(p / 100)))),
        pence=WHOLE,
    ),
    "four decimals": Style(under(HEAD, rows(lambda p: f"{pounds(p)}00"))),
    "decimal commas": Style(
        under(HEAD, rows(lambda p: grouped(p).translate(str.maketrans(",.", ".,"))), mark=";"),
        refused="decimal commas",
    ),
    "decimal commas without thousands": Style(
        under(HEAD, rows(lambda p: pounds(p).replace(".", ",")), mark=";"), refused="decimal commas"
    ),
    "millions": Style(
        under(["Date", "Supplier", "Amount (£m)", "Service"], rows()), refused="thousands"
    ),
    "thousands": Style(
        under(["Date", "Supplier", "Spend £'000", "Service"], rows()), refused="thousands"
    ),
    "thousands in the preamble": Style(headed(["All figures are in £000s"]), refused="thousands"),
    "euros": Style(under(["Date", "Supplier", "Amount €", "Service"], rows()), refused="currency"),
    "a column of currencies": Style(
        with_column("Currency", ISO),
        4,
        IN_POUNDS,
        {"other_currency": 2},
        ["2023-04", "2023-05"],
        told="EUR, USD|USD, EUR",
    ),
    "currencies under a strange heading": Style(
        with_column("Ccy.", ISO), 4, IN_POUNDS, {"other_currency": 2}
    ),
    "currencies by name": Style(
        with_column("Curr", ["Pounds", "Sterling", "£", "Euro", "GBP", "US Dollar"]),
        4,
        IN_POUNDS,
        {"other_currency": 2},
    ),
    "currencies alone where not pounds": Style(
        with_column("Currency Code", ["", "", "", "EUR", "", "USD"]),
        4,
        IN_POUNDS,
        {"other_currency": 2},
    ),
    "currencies that are not stated": Style(
        with_column("Currency", ["GBP", "N/A", "-", "€", "not known", "$"]),
        4,
        IN_POUNDS,
        {"other_currency": 2},
    ),
    "amounts in the currency of the document and of the council": Style(
        turned(
            [
                "Posting Date",
                "Name 1",
                "Amount in doc. curr.",
                "Document currency",
                "Amount in local currency",
                "Local Currency",
            ],
            a=DAYS,
            b=PAYEES,
            c=["7.50"] * 6,
            d=["EUR"] * 6,
            e=AMOUNTS,
            f=["GBP"] * 6,
        ),
    ),
    "all in euros": Style(with_column("Currency", ["EUR"] * 6), refused="no amount in pounds.*EUR"),
    "all in pounds": Style(with_column("Currency", ["GBP"] * 6)),
    "a card list with the price abroad": Style(
        turned(
            [
                "Transaction Date",
                "Merchant",
                "Merchant Category",
                "Original Currency",
                "Original Amount",
                "Billing Amount",
            ],
            a=DAYS,
            b=PAYEES,
            c=["Hotels"] * 6,
            d=ISO,
            e=["7.50"] * 6,
            f=AMOUNTS,
        ),
        told="purchase card",
    ),
    "sterling beside a foreign amount": Style(
        turned(
            ["Date", "Supplier", "Amount", "Currency", "Sterling Amount"],
            a=DAYS,
            b=PAYEES,
            c=["7.50"] * 6,
            d=ISO,
            e=AMOUNTS,
        ),
    ),
    "credit notes by type": Style(
        with_column("Document Type", CREDIT, lambda p: pounds(abs(p))), told="credit note"
    ),
    "credit notes by type, signed": Style(with_column("Transaction Type", CREDIT)),
    "credit notes by short type": Style(
        with_column(
            "Inv Type", ["INV", "INV", "CRN", "INV", "INV", "INV"], lambda p: pounds(abs(p))
        )
    ),
    "credit notes under Type": Style(
        with_column("Type", CREDIT, lambda p: pounds(abs(p))), told="credit note"
    ),
    "a type that says nothing of sign": Style(
        with_column("Transaction Type", ["BACS", "CHQ", "BACS", "CHAPS", "BACS", "BACS"])
    ),
    "debits and credits": Style(
        turned(
            ["Date", "Supplier", "Debit", "Credit"],
            a=DAYS,
            b=PAYEES,
            c=[pounds(p) if p > 0 else "" for p in PENCE],
            d=[pounds(-p) if p < 0 else "" for p in PENCE],
        ),
    ),
}
