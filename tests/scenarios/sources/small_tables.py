"""One economy of three industries, written as three publishers lay their tables out.

Farming (A01), making (C10) and services (G47), in millions. Inputs of farming: 20 of its own, 10
made, 10 services, 20 imported, 5 taxes on products, 25 pay, 10 surplus: 100. Making: 30, 40, 20,
40, 10, 40, 20: 200. Services: 0, 30, 60, 30, 10, 120, 50: 300.
"""

import numpy as np

FLOWS = np.array([[20.0, 30.0, 0.0], [10.0, 40.0, 30.0], [10.0, 20.0, 60.0]])
IMPORTS = np.array([20.0, 40.0, 30.0])
TAXES = np.array([5.0, 10.0, 10.0])
PAY = np.array([25.0, 40.0, 120.0])
SURPLUS = np.array([10.0, 20.0, 50.0])
OUTPUT = np.array([100.0, 200.0, 300.0])
HOUSEHOLD = np.array([30.0, 70.0, 130.0])
GOVERNMENT = np.array([0.0, 10.0, 60.0])
EXPORTS = np.array([20.0, 40.0, 20.0])
CODES = ("A01", "C10", "G47")
NAMES = ("Farming, and hunting", "Making of food", "Shops")


def ons() -> str:
    """Codes above names; a total beside the flows, and a sum of final use not called one."""
    lines = [
        "2019 Input-Output Analytical Tables",
        '"Input-Output table (domestic use, basic prices, industry by industry), £ million"',
        "MENU",
        ",SIC,A01,C10,G47,_T,P3 S1,P3 S13,P3 S14,P62,TU",
        ",Industry,Farming,Making of food,Shops,Total,Final consumption expenditure,"
        "Final consumption expenditure by government,"
        "Final consumption expenditure by households,Exports of services,Total use",
        "SIC,Industry",
    ]
    for code, name, row, home, state, out, made in zip(
        CODES, NAMES, FLOWS, HOUSEHOLD, GOVERNMENT, EXPORTS, OUTPUT, strict=True
    ):
        cells = [*row, row.sum(), home + state, state, home, out, made]
        lines.append(f'{code},"{name}",' + ",".join(f"{cell:g}" for cell in cells))
    below = [
        ("_T", "Total intermediate use at basic prices", FLOWS.sum(axis=0), ""),
        ("", "Use of imported products, cif", IMPORTS, ",,12,0,12"),
        ("", "Taxes less subsidies on products", TAXES, ",,6,0,6"),
        ("", "Total intermediate consumption", FLOWS.sum(axis=0) + IMPORTS + TAXES, ""),
        ("D1", "Compensation of employees", PAY, ""),
        ("GOS & MI", "Gross operating surplus and mixed income", SURPLUS, ""),
        ("GVA", "Gross value added", PAY + SURPLUS, ""),
        ("P1", "Total output at basic prices", OUTPUT, ""),
    ]
    lines += [
        f'{code},"{name}",' + ",".join(f"{cell:g}" for cell in row) + rest
        for code, name, row, rest in below
    ]
    return "\n".join(lines) + "\n"


def oecd() -> str:
    """Domestic and imported rows one below the other, value added in one row, US dollars."""
    keys = ("01T02", "10T12", "45T47")
    heading = [
        f"D{key}: {name}" for key, name in zip(keys, ("Farming", "Making", "Shops"), strict=True)
    ]
    lines = [
        "Dataset: Input-Output Tables",
        "Time,,2018",
        'Unit,,"US Dollar, Millions"',
        "To industry / sector,," + ",".join(heading) + ",HFCE: Final consumption of households,"
        "GGFC: Government,EXPO: Exports,IMPO: Imports,TOTAL: Total",
        "From industry / sector",
    ]
    for key, row, home, state, out, made in zip(
        keys, FLOWS, HOUSEHOLD, GOVERNMENT, EXPORTS, OUTPUT, strict=True
    ):
        cells = [*row, home, state, out, 0.0, made]
        lines.append(f"DOM_{key}: Somebody,," + ",".join(f"{cell:g}" for cell in cells))
    for key, part in zip(keys, (0.5, 0.3, 0.2), strict=True):
        cells = [*(IMPORTS * part), 12.0 * part, 0.0, 0.0, 0.0, 0.0]
        lines.append(f"IMP_{key}: Somebody,," + ",".join(f"{cell:g}" for cell in cells))
    lines += [
        "TXS_INT_FNL: Taxes less subsidies on intermediate and final products,,"
        + ",".join(f"{cell:g}" for cell in TAXES)
        + ",6",
        "VALU: Value added at basic prices,," + ",".join(f"{cell:g}" for cell in PAY + SURPLUS),
        "OUTPUT: Output at basic prices,," + ",".join(f"{cell:g}" for cell in OUTPUT),
        "Data extracted on 22 May",
    ]
    return "\n".join(lines) + "\n"


def total_use() -> str:
    """Uses at home and abroad together, a column of imports; semicolons and decimal points."""
    imported = np.array([10.0, 20.0, 60.0])
    lines = [
        "Product by product, EUR million, 2020",
        ";A;B05;C10;Households;Exports;Imports;Output",
    ]
    abroad = imported / (OUTPUT + imported - EXPORTS)
    scale = 1.0 / (1.0 - abroad)
    for k, code in enumerate(("A01", "B05", "C10")):
        cells = [*(FLOWS[k] * scale[k]), (HOUSEHOLD[k] + GOVERNMENT[k]) * scale[k], EXPORTS[k]]
        lines.append(";".join([code, *(repr(float(c)) for c in (*cells, -imported[k], OUTPUT[k]))]))
    lines[1] = ";A01;B05;C10;Households;Exports;Imports;Total"
    spent = (FLOWS * scale[:, None]).sum(axis=0)
    lines.append(";".join(["Value added", *(repr(float(v)) for v in OUTPUT - spent)]))
    lines.append(";".join(["Output", *(repr(float(v)) for v in OUTPUT)]))
    return "\n".join(lines) + "\n"
