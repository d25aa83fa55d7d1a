"""Lists that look whole and are not: two tables, summaries, hidden sheets, odd headings."""

import io
import zipfile

from tests.scenarios.sources.books import book
from tests.scenarios.sources.styles import (
    AMOUNTS,
    DAYS,
    HEAD,
    PAID,
    PAYEES,
    PENCE,
    SUM,
    Style,
    footed,
    grouped,
    numbers,
    pounds,
    rows,
    subtotals,
    text,
    turned,
    under,
)  # fmt: skip


def called(*heads: str) -> Style:
    """Date, payee and amount under other headings."""
    return Style(turned(list(heads), a=DAYS, b=PAYEES, c=AMOUNTS))


MANIFEST = (
    '<?xml version="1.0"?><m:manifest '
    'xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="/" '
    'm:media-type="application/vnd.oasis.opendocument.spreadsheet"/></m:manifest>'
)


def ods(lines: list[list[str]]) -> bytes:
    """The least that is a spreadsheet of OpenDocument."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p>'
            "</table:table-cell>"
            for cell in line
        )
        + "</table:table-row>"
        for line in lines
    )
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names}><office:body>'
        f'<office:spreadsheet><table:table table:name="List">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as folder:
        folder.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        folder.writestr("content.xml", content)
        folder.writestr("META-INF/manifest.xml", MANIFEST)
    return made.getvalue()


STRANGE_STYLES: dict[str, Style] = {
    "headings 1": called(
        "Payment Date", "Beneficiary (Supplier) Name", "Amount Paid (£) (Excl. VAT)"
    ),
    "headings 2": called("Date Posted", "Supplier Name (Redacted)", "Net Amt £"),
    "headings 3": called("Paid On", "Merchant Name/Location", "Val"),
    "headings 4": called("Trx Date", "Paid to (name)", "Payment Value"),
    "headings 5": called("Pymt Date", "Creditor", "Sum £"),
    "headings 6": called("Date", "Organisation Paid", "Amount Of Payment"),
    "headings 7": called("Month of payment", "Recipient of payment", "Expenditure (£)"),
    "headings 8": called("Posting date", "Company Name", "Distribution Amount"),
    "headings 9": called("Cleared", "Payee Name", "Spend in Period"),
    "headings 10": called("DATE", "NAME", "£"),
    "headings 11": called("Date\nPaid", "Supplier\nName", "Amount\n(£)"),
    "headings 12": called("Inv. Date", "Supplier Name & Number", "Invoice Line Net"),
    "headings 13": called("Date of transaction", "Vendor Desc", "Cost (ex VAT)"),
    "headings 14": called("Pay Date", "Trading As", "Actual"),
    "headings 15": called("date", "counterparty", "value_gbp"),
    "headings 16": called("When", "To whom", "How much"),
    "a second table with other headings": Style(
        footed(
            ["", "", "", ""],
            ["Merchant", "Amount", "Date", "Service"],
            ["Thistle Rooms", "80.00", "03/04/2023", "Adults"],
        ),
        refused="second table",
    ),
    "a second table in other words": Style(
        under(HEAD, [*rows()[:3], ["Payment Date", "Payee", "Value", "Dept"], *rows()[3:]]),
        aside={"heading": 1},
    ),
    "the total first": Style(
        turned(["Supplier", "Amount"], a=["All suppliers", *PAYEES], b=[pounds(SUM), *AMOUNTS]),
        aside={"total": 1},
        months=[],
    ),
    "the total first, with a label": Style(
        under(HEAD, [["", "Total", pounds(SUM), ""], *rows()]), aside={"total": 1}
    ),
    "a period of the council's": Style(
        turned(["Financial Period", "Supplier", "Amount"], a=["202301"] * 6, b=PAYEES, c=AMOUNTS),
        months=[],
        told="period",
    ),
    "a period with its year": Style(
        turned(["Accounting Period", "Supplier", "Amount"], a=["2023/01"] * 6, b=PAYEES, c=AMOUNTS),
        months=[],
        told="period",
    ),
    "Excel's numbers among dates": Style(
        turned(["Date", "Supplier", "Amount"], a=[*DAYS[:5], "45077"], b=PAYEES, c=AMOUNTS),
        told="no date that can be read",
    ),
    "a credit card's signs": Style(
        turned(
            ["Date", "Merchant", "Merchant Category", "Debit/Credit", "Amount"],
            a=DAYS,
            b=PAYEES,
            c=["Hotels"] * 6,
            d=["D", "D", "C", "D", "D", "D"],
            e=[pounds(abs(p)) for p in PENCE],
        ),
    ),
    "all amounts negative": Style(
        turned(["Date", "Supplier", "Amount"], a=DAYS, b=PAYEES, c=[pounds(-p) for p in PENCE]),
        pence=-SUM,
        told="negative",
    ),
    "percentages beside": Style(
        turned(
            ["Date", "Supplier", "Amount", "% of total"],
            a=DAYS,
            b=PAYEES,
            c=AMOUNTS,
            d=["12.5%"] * 6,
        ),
    ),
    "a number of each line": Style(
        turned(
            ["No.", "Date", "Supplier", "Amount"],
            z=[str(k) for k in range(1, 7)],
            a=DAYS,
            b=PAYEES,
            c=AMOUNTS,
        ),
    ),
    "budget and actual": Style(
        turned(
            ["Date", "Supplier", "Budget", "Actual Amount"],
            a=DAYS,
            b=PAYEES,
            c=["99.00"] * 6,
            d=AMOUNTS,
        ),
    ),
    "invoice amount and payment amount": Style(
        turned(
            ["Date", "Supplier", "Invoice Amount", "Payment Amount"],
            a=DAYS,
            b=PAYEES,
            c=["99.00"] * 6,
            d=AMOUNTS,
        ),
    ),
    "a comma in every payee": Style(
        under(HEAD, [[d, f"{p}, Northmoor", a, s] for d, p, a, s in rows(grouped)])
    ),
    "a payee over two lines": Style(
        under(HEAD, [[d, f"{p}\nNorthmoor", a, s] for d, p, a, s in rows(grouped)])
    ),
    "the end is marked": Style(footed(["*** END OF REPORT ***"]), aside={"note": 1}),
    "a total of each column": Style(footed(["", "Total", pounds(SUM), "6"]), aside={"total": 1}),
    "a total with a date": Style(
        footed(["31/05/2023", "Total for period", pounds(SUM), ""]), aside={"total": 1}
    ),
    "two totals": Style(
        footed(["", "Total", pounds(SUM), ""], ["", "Grand Total", pounds(SUM), ""]),
        aside={"total": 2},
    ),
    "a subtotal of each supplier with a count": Style(
        subtotals(lambda p: ["", "Brackenfell Builders Ltd Total (3)", p, ""]),
        aside={"total": 3, "blank": 1},
    ),
    "subtotals by name of supplier alone": Style(
        subtotals(lambda p: ["", "Brackenfell Builders Ltd", p, ""]),
        aside={"total": 3, "blank": 1},
    ),
    "results": Style(subtotals(lambda p: ["Result", "", p, ""]), aside={"total": 3, "blank": 1}),
    "an unknown word in the place of the date": Style(
        subtotals(lambda p: ["Zwischensumme", "", p, ""]), aside={"total": 3, "blank": 1}
    ),
    "a balance brought forward": Style(
        under(
            HEAD, [["", "Balance b/f", "500.00", ""], *rows(), ["", "Carried forward", "9.00", ""]]
        ),
        aside={"total": 2},
    ),
    "amounts with words": Style(
        under(HEAD, [[d, p, f"£{a} inc", s] for d, p, a, s in rows()]), refused="1520.32 inc"
    ),
    "records of every width": Style(
        text([HEAD, *[[*row, *[""] * k] for k, row in enumerate(rows())]])
    ),
}


def strange_books() -> dict[str, Style]:
    """Workbooks, made when asked for."""
    body = numbers()
    summary = [["Supplier", "Total Spend"], *[[p, a / 100] for p, a, _ in PAID]]
    return {
        "a hidden sheet": Style(
            book({"List": [HEAD, *body], "Raw": [HEAD, *body, *body]}, hidden=("Raw",)),
            aside={"other_sheet": 13},
            told="hidden",
        ),
        "nothing but a hidden sheet": Style(
            book({"Cover": [["Payments"]], "Raw": [HEAD, *body]}, hidden=("Raw",)),
            aside={"other_sheet": 1},
        ),
        "a summary by supplier": Style(
            book({"List": [HEAD, *body], "Suppliers": summary}),
            aside={"other_sheet": 7},
            told="sums up",
        ),
        "a summary of two months": Style(
            book(
                {
                    "Suppliers": [*summary, ["Grand Total", SUM / 100]],
                    "Apr": [HEAD, *body[:4]],
                    "May": [HEAD, *body[4:]],
                }
            ),
            aside={"other_sheet": 8},
            told="sums up",
        ),
        "OpenDocument": Style(ods([HEAD, *[[c.replace("&", "&amp;") for c in r] for r in rows()]])),
    }
