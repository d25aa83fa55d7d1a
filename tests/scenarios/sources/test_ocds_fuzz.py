"""Whatever stands in a file of notices: each release has its fate, nothing ends in a traceback."""

import json
import random
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.sources.ocds_files import NoticesError
from scenarios.sources.ocds_import import import_notices
from tests.scenarios.sources.made_up_notices import PERSON, purchase, table

WORDS = (
    "ocid", "id", "date", "tag", "tender", "awards", "contracts", "parties", "lots", "items",
    "value", "amount", "amountGross", "currency", "contractPeriod", "startDate", "endDate",
    "suppliers", "bids", "statistics", "measure", "relatedLot", "releases", "records",
    "compiledRelease", "awardCriteria", "criteria", "numbers", "documents", "noticeType",
    "details", "scale", "identifier", "address", "postalCode", "buyer", "name", "awardID",
)  # fmt: skip
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    | st.sampled_from(["ocds-x-1", "bids", "GB-COH", "2026-01-01", "=1+1", "\ud800", "1e400"])
)  # fmt: skip
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=6)
    ),
    max_leaves=30,
)


def adds_up(raw: bytes) -> None:
    """Import bytes as a file: it is refused in words, or all its releases are accounted for."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "notices.json"
        file.write_bytes(raw)
        try:
            told = import_notices([file], folder).as_dict()
        except NoticesError:
            assert sorted(path.name for path in folder.iterdir()) == ["notices.json"]
            return
        [of] = told["files"]
        assert of["releases"] == of["used"] + sum(of["set_aside"].values())
        assert told["totals"]["processes"] == len(table(folder, "tenders"))
        assert json.loads((folder / "import.json").read_text())["totals"] == told["totals"]


@settings(max_examples=30)
@given(values=st.lists(ANYTHING, min_size=1, max_size=4), lines=st.booleans())
def test_any_json_is_read_or_refused(values: list[Any], lines: bool) -> None:
    """Members of the right names hold anything at all."""
    texts = [json.dumps(value) for value in values]
    adds_up(
        ("\n".join(texts) if lines else f"[{','.join(texts)}]").encode("utf-8", "surrogatepass")
    )


@settings(max_examples=25)
@given(part=st.sampled_from(WORDS), instead=ANYTHING, seed=st.integers(0, 10**6))
def test_a_purchase_with_anything_in_place_of_a_part_is_read(
    part: str, instead: Any, seed: int
) -> None:
    """A member may be of any kind wherever it stands; persons stay out all the same."""
    luck = random.Random(seed)

    def changed(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                name: instead if name == part and luck.random() < 0.5 else changed(inner)
                for name, inner in value.items()
            }
        return [changed(inner) for inner in value] if isinstance(value, list) else value

    notices = [changed(notice) for notice in purchase()]

    with TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "notices.jsonl"
        file.write_text("\n".join(json.dumps(notice) for notice in notices), encoding="utf-8")
        try:
            told = import_notices([file], folder).as_dict()
        except NoticesError:
            return
        assert told["totals"]["releases"] >= told["totals"]["used"]
        written = "".join(str(table(folder, each)) for each in ("tenders", "lots", "contracts"))
        assert PERSON.split()[0] not in written


@settings(max_examples=30)
@given(seed=st.integers(0, 10**9), printed=st.booleans())
def test_flipped_cut_and_doubled_bytes_are_read_or_refused(seed: int, printed: bool) -> None:
    """A file damaged on its way ends in tables that add up, or in a refusal that says why."""
    luck = random.Random(seed)
    whole = (
        json.dumps({"releases": purchase()[:3]}, indent=1)
        if printed
        else "\n".join(json.dumps(notice) for notice in purchase()[:3])
    )
    raw = bytearray(whole.encode())
    for _ in range(luck.randint(1, 6)):
        at = luck.randrange(len(raw))
        match luck.randrange(4):
            case 0:
                raw[at] = luck.randrange(256)
            case 1:
                del raw[at : at + luck.randrange(200)]
            case 2:
                raw[at:at] = raw[at : at + luck.randrange(100)]
            case _:
                raw[at:at] = luck.choice([b"\x00", b"\n", b'"', b"{", b"]", b"\xff\xfe", b"\\u"])
        if not raw:
            break
    adds_up(bytes(raw))
