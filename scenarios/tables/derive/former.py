"""Codes and names beyond those of April 2023: districts of the other nations, county councils."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from scenarios.tables.derive.parts import COUNCILS, councils
from scenarios.tables.derive.published import text_rows

JOINED = {
    "N09000001": "TU", "N09000002": "NOQ", "N09000004": "BCDE", "N09000005": "AJ",
    "N09000006": "KL", "N09000007": "SY", "N09000008": "FGV", "N09000009": "HIM",
    "N09000010": "PR", "N09000011": "WX",
}  # fmt: skip
"""District of Northern Ireland -> last letters of those that it was made of in April 2015."""

RENUMBERED = {"W06000007": ("Powys", "W06000023"), "W06000017": ("Merthyr Tydfil", "W06000024")}
"""Welsh codes replaced in 2009, which the list at hand leaves out."""

Cells = Mapping[str, object]


def of_nations(folder: Path) -> Iterable[Cells]:
    """Former districts and replaced codes of Wales, Scotland, Northern Ireland, in order of code.

    The list says which codes were replaced in Scotland; which of the 26 districts of Northern
    Ireland went where it does not say, and nearly all of each lies in the one named.
    """
    now = {f"NIR-{letter}": code for code, letters in JOINED.items() for letter in letters}
    out: list[Cells] = [
        _row(code, name, "", district) for code, (name, district) in RENUMBERED.items()
    ]
    for row in text_rows(folder, COUNCILS):
        if row["nation"] == "England":
            continue
        out += [
            _row(old, row["nice-name"], "", row["gss-code"])
            for old in row["former-gss-codes"].split(",")
            if old
        ]
        if row["local-authority-code"] in now:
            district = now[row["local-authority-code"]]
            out.append(_row(row["snac"], row["nice-name"], row["end-date"][:4], district))
    return sorted(out, key=lambda row: str(row["code"]))


def counties(folder: Path) -> Iterable[Cells]:
    """County councils of England that ended, and the districts that took their place."""
    known = {row["local-authority-code"]: row for row in councils(folder)}
    for row in sorted(known.values(), key=lambda row: row["gss-code"]):
        if row["local-authority-type"] == "CTY" and row["replaced-by"]:
            heirs = [known[letters]["gss-code"] for letters in row["replaced-by"].split(",")]
            yield {
                "code": row["gss-code"],
                "name": row["nice-name"],
                "ended": row["end-date"][:4],
                "districts": " ".join(sorted(heirs)),
            }


def _row(code: str, name: str, ended: str, district: str) -> Cells:
    return {"code": code, "name": name, "ended": ended, "district": district}
