"""The files that the commands of the documents name, made up: a council's data and a scenario."""

import csv
import random
import re
import shutil
from pathlib import Path

from tests.scenarios.sources.books import book
from tests.scenarios.sources.made_up import Layout, payments

ROOT = Path(__file__).resolve().parent.parent
MANY = 300
"""Payments of a month."""

LAYOUT = Layout(
    ("Payment Date", "Paid to", "Expense Type", "Service Area", "Net Amount", "Total"),
    ("date", "payee", "kind", "place", "pence", "gross"),
    "{d:02d}/{m:02d}/{y}",
)


def make(folder: Path) -> None:
    """Put everything that a page's commands name into a folder."""
    luck = random.Random(20231)
    for name in ("april", "may"):
        rows = payments(luck, MANY, LAYOUT)
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        (folder / f"{name}.xlsx").write_bytes(book({"Payments": rows}))
    (folder / "contracts.csv").write_text(CONTRACTS, "utf-8")
    (folder / "onspd.csv").write_text(POSTCODES, "utf-8")
    for shared in ("examples", "paper/plans"):
        shutil.copytree(ROOT / "docs" / shared, folder / "docs" / shared)
    shutil.copy(ROOT / "docs" / "examples" / "village-weights.toml", folder / "plan.toml")
    page = (ROOT / "docs" / "own_regime.md").read_text("utf-8")
    code = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    (folder / "nearest.py").write_text(code[0], "utf-8")
    named = re.findall(r"^```toml\n(regime_files.*?)^```", page, re.MULTILINE | re.DOTALL)
    first, rest = named[0].split("\n", 1)
    village = (ROOT / "scenarios" / "library" / "village.toml").read_text("utf-8")
    (folder / "mine.toml").write_text(f"{first}\n{village}\n{rest}\n{SHOCK}", "utf-8")


SHOCK = """[[shocks]]
kind = "demand_falls"
month = 13
size = 0.3
"""

CONTRACTS = """Contract title,Supplier,Start date,End date,Total value
Home care 1,Alder Home Care Ltd,01/04/2023,31/03/2026,"£1,200,000"
School meals,Brackenfell Catering Ltd,01/09/2022,31/08/2025,"£640,000"
Road repairs,Carr Highways plc,01/04/2023,31/03/2024,"£2,450,000"
Software licences,Dene Systems Limited,01/01/2023,31/12/2024,"£85,500"
"""

POSTCODES = """pcds,oslaua,doterm
PR1 2RL,E07000123,
PR1 8JN,E07000123,
BL1 1RU,E08000001,
"""
