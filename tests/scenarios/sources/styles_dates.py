"""Dates in many forms, and workbooks."""

from datetime import date

from tests.scenarios.sources.books import book
from tests.scenarios.sources.styles import (
    AMOUNTS,
    DAYS,
    HEAD,
    PAID,
    PAYEES,
    SUM,
    Style,
    dated,
    grouped,
    numbers,
    turned,
)

DATE_STYLES: dict[str, Style] = {
    "1-Apr-23": Style(dated(lambda d: f"{d.day}-{d:%b-%y}")),
    "1 April 2023": Style(dated(lambda d: f"{d.day} {d:%B %Y}")),
    "1st April 2023": Style(dated(lambda d: f"{d.day}th {d:%B %Y}")),
    "Monday, 3 April 2023": Style(dated(lambda d: f"{d:%A}, {d.day} {d:%B %Y}")),
    "20230401": Style(dated(lambda d: f"{d:%Y%m%d}")),
    "01042023": Style(dated(lambda d: f"{d:%d%m%Y}")),
    "01.04.2023": Style(dated(lambda d: f"{d:%d.%m.%Y}")),
    "01.04.23": Style(dated(lambda d: f"{d:%d.%m.%y}")),
    "with T00:00:00": Style(dated(lambda d: f"{d:%Y-%m-%d}T00:00:00")),
    "with T00:00:00.000Z": Style(dated(lambda d: f"{d:%Y-%m-%d}T00:00:00.000Z")),
    "with 00:00": Style(dated(lambda d: f"{d:%d/%m/%Y} 00:00")),
    "Excel's numbers": Style(dated(lambda d: str((d - date(1899, 12, 30)).days))),
    "US order": Style(dated(lambda d: f"{d:%m/%d/%Y}")),
    "US order with time": Style(dated(lambda d: f"{d.month}/{d.day}/{d:%Y} 12:00:00 AM")),
    "Apr-23": Style(dated(lambda d: f"{d:%b-%y}")),
    "April 2023": Style(dated(lambda d: f"{d:%B %Y}")),
    "2023-04": Style(dated(lambda d: f"{d:%Y-%m}")),
    "04/2023": Style(dated(lambda d: f"{d:%m/%Y}")),
    "202304": Style(dated(lambda d: f"{d:%Y%m}")),
    "year and month apart": Style(
        turned(
            ["Year", "Month", "Supplier", "Amount"],
            a=["2023"] * 6,
            b=[f"{day:%B}" for *_, day in PAID],
            c=PAYEES,
            d=AMOUNTS,
        ),
    ),
    "financial year and period": Style(
        turned(
            ["Financial Year", "Period", "Supplier", "Amount"],
            a=["2023/24"] * 6,
            b=[str(day.month - 3) for *_, day in PAID],
            c=PAYEES,
            d=AMOUNTS,
        ),
    ),
    "invoice and payment dates": Style(
        turned(
            ["Invoice Date", "Payment Date", "Supplier", "Amount"],
            a=["01/01/2020"] * 6,
            b=DAYS,
            c=PAYEES,
            d=AMOUNTS,
        ),
    ),
}


def book_styles() -> dict[str, Style]:
    """Workbooks, made when asked for."""
    body = numbers()
    return {
        "a plain sheet": Style(book({"April": [HEAD, *body]})),
        "a sheet for each month": Style(book({"Apr": [HEAD, *body[:4]], "May": [HEAD, *body[4:]]})),
        "a sheet for each quarter and a summary": Style(
            book({"Summary": [["Quarter", "Total"], ["Q1", SUM / 100]], "Q1": [HEAD, *body]}),
            aside={"other_sheet": 2},
        ),
        "merged headings": Style(
            book({"List": [["Payments over £500", None, None, None], [None] * 4, HEAD, *body]}),
            aside={"preamble": 1, "blank": 1},
        ),
        "dates as text": Style(book({"List": [HEAD, *numbers(as_dates=False)]})),
        "amounts as text": Style(
            book({"List": [HEAD, *([d, p, grouped(round(a * 100)), s] for d, p, a, s in body)]})
        ),
        "a total by formula": Style(
            book({"List": [HEAD, *body, ["Total", None, "=SUM(C2:C7)", None]]}),
            aside={"total": 1},
        ),
        "blank sheets": Style(book({"Sheet1": [HEAD, *body], "Sheet2": [], "Sheet3": []})),
    }
