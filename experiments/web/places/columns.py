"""What the importer took each column for, as a form to confirm; what is changed becomes `--map`.

Files that are alike, as the months of a year are, stand in one table.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scenarios.sources import register_columns
from scenarios.sources.columns import BY_HAND, NOT_A_FIELD
from scenarios.sources.fields import plain, rules

UNUSED = ""
SURE = ((0.9, "very sure"), (0.7, "fairly sure"), (0.0, "not sure: please look"))


@dataclass(frozen=True, slots=True)
class ColumnTold:
    """A column to confirm.

    Attributes
    ----------
    key : str
        Name of its field in the form.
    position : int
        From 1.
    heading, field : str
        As it stands; what it was read as, empty where it is not used.
    sure, reason : str
        In words.
    samples : sequence of str
        Some of its cells.
    setting : str
        What `--map` calls it.
    by_hand : bool
        Whether a person has set it before.
    """

    key: str
    position: int
    heading: str
    field: str
    sure: str
    reason: str
    samples: Sequence[str]
    setting: str
    by_hand: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """Files with the same columns.

    Attributes
    ----------
    paths : list of str
        As the importer names them.
    sheet : str
        Of a workbook; empty for text.
    columns : list of ColumnTold
    """

    paths: list[str]
    sheet: str
    columns: list[ColumnTold]


PAYMENTS, REGISTER = "column", "register"
"""What the files are, as the fields of the form begin."""


def known_fields(kind: str) -> dict[str, str]:
    """Give what a column of payments or of a register may be, each in words."""
    found = register_columns.rules() if kind == REGISTER else rules()
    return {name: rule.what for name, rule in found.items()}


def field_choices(kind: str = PAYMENTS) -> list[tuple[str, str]]:
    """What a column may be, as a list to choose from."""
    return [(UNUSED, "not used"), *known_fields(kind).items()]


def layouts(label: Mapping[str, Any], kind: str = PAYMENTS) -> list[Layout]:
    """Set out the columns of an import.

    Parameters
    ----------
    label : mapping
        As `import.json` holds it.
    kind : str
        Payments or a register.
    """
    groups: dict[tuple[Any, ...], tuple[list[str], list[Mapping[str, Any]]]] = {}
    for file in label["files"]:
        sheets: dict[str, list[Mapping[str, Any]]] = {}
        for one in file["columns"]:
            sheets.setdefault(one.get("sheet", ""), []).append(one)
        for sheet, columns in sheets.items():
            told = tuple((one["position"], one["heading"], one["field"]) for one in columns)
            groups.setdefault((sheet, told), ([], columns))[0].append(file["path"])
    return [
        Layout(paths, sheet, _columns(f"{kind}-{at}", columns))
        for at, ((sheet, _), (paths, columns)) in enumerate(groups.items())
    ]


def _columns(key: str, columns: Sequence[Mapping[str, Any]]) -> list[ColumnTold]:
    names = [plain(one["heading"]) for one in columns]
    return [
        ColumnTold(
            key=f"{key}-{one['position']}",
            position=one["position"],
            heading=one["heading"],
            field=one["field"],
            sure=_sure(one),
            reason=one["reason"] if one["field"] else "",
            samples=one.get("samples", ()),
            setting=one["heading"] if _alone(name, names, one["heading"]) else "",
            by_hand=one["reason"] == BY_HAND,
        )
        for name, one in zip(names, columns, strict=True)
    ]


def _alone(name: str, names: Sequence[str], heading: str) -> bool:
    """Say whether a heading names one column, and is not read as a position."""
    return bool(name) and names.count(name) == 1 and not heading.startswith(("#", "-"))


def _sure(one: Mapping[str, Any]) -> str:
    if one["reason"] == BY_HAND:
        return "set by you"
    if not one["field"]:
        return "nothing that is needed"
    return next(words for edge, words in SURE if one["confidence"] >= edge)


def maps_of(
    found: Sequence[Layout], chosen: Mapping[str, str], kind: str = PAYMENTS
) -> tuple[tuple[str, ...], dict[str, str]]:
    """Turn what was chosen into settings for the importer.

    Parameters
    ----------
    found : sequence of Layout
        As shown.
    chosen : mapping of str to str
        Field of the form -> what was chosen; one that is missing stays as it was read.
    kind : str
        Payments or a register.

    Returns
    -------
    tuple of str
        `HEADING=FIELD` or `#POSITION=FIELD`.
    dict of str to str
        Field of the form -> what is wrong with it.
    """
    known, maps, faults = {UNUSED: "", **known_fields(kind)}, [], {}
    for layout in found:
        taken: dict[str, ColumnTold] = {}
        for one in layout.columns:
            want = chosen.get(one.key, one.field)
            if want not in known:
                faults[one.key] = f"Choose from the list what “{one.heading}” is."
            elif want != one.field or one.by_hand:
                if want and taken.setdefault(want, one) is not one:
                    faults[one.key] = (
                        f"You said of column {taken[want].position} too that it is: {known[want]}. "
                        "Choose one of the two."
                    )
                if not one.setting and len(found) > 1:
                    faults[one.key] = (
                        f"Column {one.position} has no heading of its own, and your files differ. "
                        "Read files of one kind at a time to set it."
                    )
                setting = one.setting or f"#{one.position}"
                maps.append(f"{setting}={want or NOT_A_FIELD}")
    return tuple(dict.fromkeys(maps)), faults


def typed_maps(
    rows: Iterable[tuple[str, str]], kind: str = PAYMENTS
) -> tuple[tuple[str, ...], str]:
    """Turn headings that were typed into settings; with what is wrong, or nothing.

    Parameters
    ----------
    rows : iterable of (str, str)
        Heading or number of a column, and what it is.
    kind : str
        Payments or a register.
    """
    maps = []
    for heading, field in rows:
        if not heading and not field:
            continue
        if not heading or field not in {NOT_A_FIELD, *known_fields(kind)}:
            return (), "Give both: the heading of a column, and what stands in it."
        maps.append(f"{f'#{heading}' if heading.isdecimal() else heading}={field}")
    return tuple(maps), "" if maps else "Name at least one column, and what stands in it."
