"""The prose of a report can be read at fourteen, by the published index, part by part."""

import re
from html import unescape
from pathlib import Path

import pytest

from experiments.report.page import read_report
from tests.experiments.result_folder import LOCAL_LOSES, NO_DIFFERENCE, Case, write_result_folder
from tests.reading_age import reading_age

OLDEST = 14.0
"""Years."""

_NOT_PROSE = re.compile(
    r"<(style|svg|table|pre|details|h1|h2|h3|nav|footer|figure)\b.*?</\1>",
    re.DOTALL,
)
_SAID = re.compile(r"<(p|li|dd)\b[^>]*>(.*?)</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_LISTED = re.compile(r"(?<=\(95% interval\)): |; (?=“)")
"""Before each way of buying in a list of differences: an item is read by itself."""


def prose(html: str) -> str:
    """What a page says in sentences, one paragraph a line: no tables, pictures, code or names."""
    html = re.sub(r'<p class="sure">', "</li><li>", _NOT_PROSE.sub(" ", html))
    lines = (" ".join(unescape(_TAG.sub("", text)).split()) for _, text in _SAID.findall(html))
    return "\n".join(_LISTED.sub("\n", line) for line in lines if line.endswith((".", "?")))


@pytest.mark.parametrize(
    "case", [Case(), NO_DIFFERENCE, LOCAL_LOSES], ids=["clear", "none", "loses"]
)
def test_the_report_can_be_read_at_fourteen(case: Case, tmp_path: Path) -> None:
    """The whole, its summary, and what surrounds the numbers in each of its parts."""
    report = read_report(write_result_folder(tmp_path / "out", case))

    ages = {"whole": reading_age(prose(report.page)), "summary": reading_age(prose(report.summary))}
    for name, text in re.findall(
        r'<section aria-labelledby="([\w-]+)">(.*?)</section>', report.page, re.DOTALL
    ):
        if told := prose(text):
            ages[name] = reading_age(told)

    assert {name: round(age, 1) for name, age in ages.items() if age > OLDEST} == {}
    assert len(ages) >= 12
