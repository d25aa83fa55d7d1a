"""Delimiters, totals, subtotals and notes, lists without dates and lists with months across."""

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
    html,
    pounds,
    rows,
    subtotals,
    text,
    turned,
    under,
)

ACROSS = [[payee, amount, "0.00", amount] for payee, amount in zip(PAYEES, AMOUNTS, strict=True)]

LAYOUT_STYLES: dict[str, Style] = {
    "semicolons": Style(under(HEAD, rows(grouped), mark=";")),
    "tabs": Style(under(HEAD, rows(), mark="\t")),
    "bars": Style(under(HEAD, rows(grouped), mark="|")),
    "line ends of three systems": Style(
        under(HEAD, rows()[:2]) + text(rows()[2:4], end="\n") + text(rows()[4:], end="\r\n")
    ),
    "sep= first": Style(b"sep=;\r\n" + under(HEAD, rows(), mark=";")),
    "blank columns and rows between": Style(
        text(
            [["", c, ""] for c in ()]
            + [["", *HEAD, "", ""]]
            + [line for row in rows() for line in (["", *row, "", ""], [""] * 7)]
        ),
        aside={"blank": 6},
    ),
    "a label of a total": Style(footed(["", "Total", pounds(SUM), ""]), aside={"total": 1}),
    "Sum:": Style(footed(["Sum:", "", pounds(SUM), ""]), aside={"total": 1}),
    "a grand total with a dash": Style(
        footed(["", "GRAND TOTAL -", pounds(SUM), ""]), aside={"total": 1}
    ),
    "a total and a remark": Style(
        footed(["", "", pounds(SUM), ""], ["Produced by Finance"]), aside={"total": 1, "note": 1}
    ),
    "a total and a count": Style(footed(["Count: 6", "", pounds(SUM), ""]), aside={"total": 1}),
    "subtotals without a label": Style(
        subtotals(lambda p: ["", "", p, ""]), aside={"total": 3, "blank": 1}
    ),
    "subtotals by directorate": Style(
        subtotals(lambda p: ["Adults Total", "", p, ""]), aside={"total": 3, "blank": 1}
    ),
    "subtotals with the service": Style(
        subtotals(lambda p: ["", "Subtotal", p, "Adults"]), aside={"total": 3, "blank": 1}
    ),
    "subtotals under the supplier": Style(
        under(
            HEAD,
            [
                *rows()[:2],
                ["", "Brackenfell Builders Ltd", pounds(sum(PENCE[:2])), ""],
                *rows()[2:],
            ],
        ),
        aside={"total": 1},
    ),
    "a directorate on a line of its own": Style(
        under(HEAD, [["Adults"], *rows()[:3], ["Children"], *rows()[3:]]), aside={"note": 2}
    ),
    "trailing notes": Style(
        footed([], ["Notes"], ["1. VAT is excluded"], ["2. Names of persons are redacted"]),
        aside={"note": 3},
    ),
    "redacted": Style(under(HEAD, [[d, "REDACTED PERSONAL DATA", a, s] for d, _, a, s in rows()])),
    "a list without dates, with an overall": Style(
        turned(["Supplier", "Amount"], a=[*PAYEES, "Overall"], b=[*AMOUNTS, pounds(SUM)]),
        aside={"total": 1},
        months=[],
    ),
    "a list without dates, with its owner below": Style(
        turned(["Supplier", "Amount"], a=[*PAYEES, "All of us"], b=[*AMOUNTS, pounds(SUM)]),
        aside={"total": 1},
        months=[],
    ),
    "a list without dates, with a grand total": Style(
        turned(["Supplier", "Total"], a=[*PAYEES, "Grand Total"], b=[*AMOUNTS, pounds(SUM)]),
        aside={"total": 1},
        months=[],
    ),
    "months across": Style(
        under(
            ["Supplier", "Apr", "May", "Jun"],
            ACROSS,
        ),
        refused="month",
    ),
    "months across with a total": Style(
        under(
            ["Supplier", "Apr-23", "May-23", "Total"],
            ACROSS,
        ),
        refused="by month",
    ),
    "quarters across with a total": Style(
        under(
            ["Supplier", "Q1", "Q2", "Total Spend"],
            ACROSS,
        ),
        months=[],
    ),
    "quarters across": Style(
        under(
            ["Supplier", "Q1 23/24", "Q2 23/24", "Q3 23/24"],
            ACROSS,
        ),
        refused="by month",
    ),
    "supplier in two columns": Style(
        turned(
            ["Date", "Supplier ID", "Supplier Name 1", "Supplier Name 2", "Amount"],
            a=DAYS,
            b=["101", "102", "103", "104", "105", "106"],
            c=PAYEES,
            d=["", "t/a Quill"] * 3,
            e=AMOUNTS,
        ),
    ),
    "gross, VAT and net": Style(
        turned(
            ["Date", "Supplier", "Gross", "VAT", "Net"],
            a=DAYS,
            b=PAYEES,
            c=[pounds(p + p // 5) for p in PENCE],
            d=[pounds(p // 5) for p in PENCE],
            e=AMOUNTS,
        ),
    ),
    "irrecoverable VAT beside": Style(
        turned(
            ["Date", "Supplier", "Amount excluding VAT", "Irrecoverable VAT"],
            a=DAYS,
            b=PAYEES,
            c=AMOUNTS,
            d=["0.00"] * 6,
        ),
    ),
    "Welsh headings": Style(
        turned(["Dyddiad Talu", "Cyflenwr", "Swm (£)"], a=DAYS, b=PAYEES, c=AMOUNTS),
    ),
    "two languages": Style(
        turned(
            ["Dyddiad / Date", "Cyflenwr / Supplier", "Swm / Amount"], a=DAYS, b=PAYEES, c=AMOUNTS
        ),
    ),
    "snake case": Style(
        turned(["payment_date", "supplier_name", "amount_gbp"], a=DAYS, b=PAYEES, c=AMOUNTS)
    ),
    "camel case": Style(
        turned(["PaymentDate", "SupplierName", "NetAmount"], a=DAYS, b=PAYEES, c=AMOUNTS)
    ),
    "capitals run together": Style(
        turned(["PAYMENTDATE", "SUPPLIERNAME", "NETAMOUNT"], a=DAYS, b=PAYEES, c=AMOUNTS)
    ),
    "no headings": Style(text(rows()), told="no headings"),
    "quoted throughout": Style(
        "\r\n".join(",".join(f'"{c}"' for c in row) for row in [HEAD, *rows(grouped)]).encode()
    ),
    "formulas for text": Style(under(HEAD, [[d, f'="{p}"', a, s] for d, p, a, s in rows()])),
    "a running balance": Style(
        turned(
            ["Date", "Supplier", "Amount", "Balance"],
            a=DAYS,
            b=PAYEES,
            c=AMOUNTS,
            d=[pounds(sum(PENCE[: k + 1])) for k in range(6)],
        ),
    ),
    "a web page saved as xls": Style(html(), refused="as a table", name="list.xls"),
    "a spreadsheet saved as XML": Style(
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook></Workbook>',
        refused="as a table",
        name="list.xls",
    ),
}
