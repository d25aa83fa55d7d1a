"""What a supplier is: sme, corporate, coop, vcse, public_body or person, how likely, and why.

Evidence in its order: what a person has reviewed, a list of co-operatives that was given, flags of
a contracts register, the legal form, numbers, and the words of the name. How much a council paid is
no evidence of size. What nothing speaks for stays unknown.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from scenarios.sources.resolved import KINDS
from scenarios.sources.supplier_clean import FOREIGN
from scenarios.sources.supplier_numbers import prefix_of
from scenarios.tables.reading import rows

NAMED = 0.7
"""A kind is named from this chance on; below it the supplier is unknown. Grade: judgement: at a
lower one more than every fourth kind named would be expected to be wrong."""

MASKED = 0.8
"""Chance that a masked payee is a person: the rule errs on masking. Grade: judgement."""

FLAGGED = 0.95
"""Chance that a register's flag is right. Grade: judgement; buyers fill it in by hand."""

AUTHORITY = 0.98
"""Chance that a name like a council's is the council's. Grade: judgement."""

NO_FIRM = 0.6
"""The same, of no SME without the form of a company: it may be a charity. Grade: judgement."""

LISTED = 0.97
"""Chance that a list of co-operatives is right about one. Grade: judgement."""

CHARITY = 0.93
"""Chance that a registered charity is of no other kind. Grade: judgement; some run schools."""

IN_FIRM = 0.45
"""What is left of the chance of words beside the form of a company. Grade: judgement."""

SURE_WORDS = 0.9
"""Words of charities from this chance on hold beside the form of a company, too: many have it."""

PLC = 0.75
"""Chance that a public limited company is no SME. Grade: judgement; some are small."""

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one supplier.

    Attributes
    ----------
    payee_kind : str
        organisation, person, redacted or not stated.
    cores, forms : sequence of str
        Cleaned names and their forms of law.
    company, charity : str or None
    sme, vcse : bool or None
        Flags of a register.
    coop : bool
        Whether a list of co-operatives has it.
    authority : bool
        Whether the name is that of a local authority that is known.
    """

    payee_kind: str
    cores: Sequence[str]
    forms: Sequence[str]
    company: str | None = None
    charity: str | None = None
    sme: bool | None = None
    vcse: bool | None = None
    coop: bool = False
    authority: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """What a supplier is taken for.

    Attributes
    ----------
    chances : mapping of str to float
        Of each kind that something speaks for; the rest to 1 is unknown.
    kind : str
        The one that is named, or unknown.
    reason : str
    """

    chances: Mapping[str, float]
    kind: str
    reason: str


@cache
def _words() -> Sequence[tuple[str, float, re.Pattern[str]]]:
    text = (files("scenarios.sources") / "suppliers.toml").read_text("utf-8")
    return [
        (kind, chance, re.compile(pattern))
        for kind, rules in tomllib.loads(text).items()
        for chance, pattern in rules
    ]


def kind_of(known: Evidence) -> Kind:
    """Say what a supplier is.

    Parameters
    ----------
    known : Evidence
        All that is known of it.

    Returns
    -------
    Kind
    """
    if known.payee_kind == "person":
        return _named("person", MASKED, "the name looks like a person's and is masked")
    if known.payee_kind != "organisation":
        return Kind({}, UNKNOWN, f"the payee is {known.payee_kind}")
    kind, chance, reason = max(_evidence(known), key=lambda one: one[1])
    if kind == UNKNOWN:
        return Kind({}, UNKNOWN, _no_evidence(known))
    return _named(kind, chance, reason)


def reviewed(kind: str) -> Kind:
    """Give the kind that a person has set in the review list."""
    return Kind({} if kind == UNKNOWN else {kind: 1.0}, kind, "set in the review list")


def _named(kind: str, chance: float, reason: str) -> Kind:
    said = kind if chance >= NAMED else UNKNOWN
    told = reason if said == kind else f"perhaps {kind}: {reason}"
    return Kind({kind: round(chance, 3)}, said, told)


def _evidence(known: Evidence) -> list[tuple[str, float, str]]:
    """Each piece with its chance; the first of equal ones counts."""
    found: list[tuple[str, float, str]] = [(UNKNOWN, 0.0, "")]
    firm = bool({"ltd", "plc", "llp", "unltd", *FOREIGN} & set(known.forms))
    if known.coop:
        found.append(("coop", LISTED, "on the list of co-operatives that was given"))
    if known.authority:
        found.append(("public_body", AUTHORITY, "the name is that of a local authority"))
    prefix = prefix_of(known.company)
    if prefix and prefix.kind:
        found.append((prefix.kind, prefix.chance, f"its number says {prefix.form}"))
    word = _of_words(known.cores)
    if word:
        kind, chance, told = word
        registered = prefix is not None and prefix.kind == "coop"
        if kind == "coop" and registered:
            chance, told = LISTED, f"{told}, and its number says registered society"
        elif (
            firm
            and not (kind == "vcse" and chance >= SURE_WORDS)
            and not (kind == "coop" and "plc" not in known.forms)
        ):
            chance, told = chance * IN_FIRM, f"{told}, though with the form of a company"
        found.append((kind, chance, told))
    if "cic" in known.forms:
        found.append(("vcse", 0.96, "a community interest company by its name"))
    if "cio" in known.forms:
        found.append(("vcse", 0.98, "a charitable incorporated organisation by its name"))
    if known.vcse:
        found.append(("vcse", FLAGGED, "flagged as VCSE in the register"))
    if known.charity and not (word and word[0] == "public_body" and word[1] >= NAMED):
        found.append(("vcse", CHARITY, f"a charity, number {known.charity}"))
    if max(chance for _, chance, _ in found) >= NAMED:
        return found
    other = any(kind in ("vcse", "coop", "public_body") for kind, _, _ in found)
    if known.sme and not other:
        found.append(("sme", FLAGGED, "flagged as an SME in the register"))
    elif known.sme is False and not other:
        chance = FLAGGED if firm or known.company else NO_FIRM
        found.append(("corporate", chance, "flagged as no SME in the register"))
    elif "plc" in known.forms:
        found.append(("corporate", PLC, "a public limited company by its name"))
    return found


def _of_words(cores: Sequence[str]) -> tuple[str, float, str] | None:
    """What the words of the names say; the surest of all spellings."""
    best: tuple[str, float, str] | None = None
    for core in sorted(set(cores)):
        for kind, chance, pattern in _words():
            hit = pattern.search(core)
            if hit:
                if best is None or chance > best[1]:
                    best = (kind, chance, f"the name says “{hit[0].strip()}”")
                break
    return best


@cache
def prior() -> tuple[float, float]:
    """Shares of SMEs in UK businesses with employees: by number, and by turnover.

    Returns
    -------
    tuple of (float, float)
        From size_bands.csv; said beside unknown kinds, never used as a fact.
    """
    bands = [row for row in rows("size_bands") if row["band"] != "none"]
    small = [row for row in bands if int(row["from_employees"] or 0) < 250]

    def share(column: str) -> float:
        return sum(int(row[column]) for row in small) / sum(int(row[column]) for row in bands)

    return share("businesses"), share("turnover_pounds")


def _no_evidence(known: Evidence) -> str:
    """Why the kind is unknown, with what holds for UK businesses as a whole."""
    if not {"ltd", "llp", "lp", "unltd"} & set(known.forms) and not known.company:
        return "nothing in the name or the numbers says"
    number, turnover = prior()
    return (
        f"a company of unknown size: of UK businesses with employees {number:.1%} are SMEs, "
        f"with {turnover:.0%} of turnover"
    )


def chances(kind: Kind) -> list[float]:
    """Give the six chances in the order of `KINDS`."""
    return [kind.chances.get(name, 0.0) for name in KINDS]
