"""Which district is meant: its code, id or name, and what to say of a word that is none of these.

Never guessed: a name that several share, a code that was replaced, and a county or region each get
an answer that says what could be asked for instead.
"""

import re
from collections.abc import Sequence

from scenarios.errors import Fault, FaultsError
from scenarios.nearest import did_you_mean
from scenarios.tables import (
    AnyDistrict,
    FormerDistrictError,
    NotADistrictError,
    UnknownRowError,
    nations,
    parents,
    uk_district,
    uk_districts,
)

WANTED = "a local authority district of the United Kingdom: its ONS code, id or name"
CODES = "Codes of districts begin with E06, E07, E08, E09, W06, S12 or N09."
WORD = re.compile(r"[^\w']+")
MOST_NAMED = 40
"""Names listed at most; more would hide the sentence."""


class PlaceError(FaultsError):
    """Raised when no scenario of a place can be made of what was given."""


def place_fault(what: str, found: str, wanted: str, hint: str = "") -> Fault:
    """Say what is wrong with something that was typed.

    Parameters
    ----------
    what : str
        The argument or option.
    found, wanted, hint : str
        As of `Fault`.
    """
    return Fault(what, None, None, "", found, wanted, hint)


def find_district(word: str) -> AnyDistrict:
    """Find the district that a person means.

    Parameters
    ----------
    word : str
        ONS code, id of scenario files, or name; capitals and blanks around it do not matter.

    Returns
    -------
    AnyDistrict

    Raises
    ------
    PlaceError
        Where it is none: an area that holds districts, one that ended, a name that several share,
        or nothing that is known.
    """
    asked = " ".join(word.split())
    wider = {one.name.lower(): one.code for one in parents().values()}
    wider |= {one.name.lower(): one.code for one in nations().values()}
    try:
        try:
            return uk_district(asked)
        except UnknownRowError:
            if asked.lower() not in wider:
                raise
            return uk_district(wider[asked.lower()])
    except FormerDistrictError as error:
        found, hint = f"`{asked}`, which is no district any more", f"It lies in {error.now}."
    except NotADistrictError as error:
        found, hint = f"`{asked}`, {error.what}", _choice(error.inside)
    except UnknownRowError:
        several = [one for one in uk_districts().values() if _holds(one, asked.lower())]
        found = f"`{asked}`"
        names = [part for one in uk_districts().values() for part in (one.code, one.id, one.name)]
        hint = did_you_mean(asked, names) or CODES
        if len(several) > 1:
            found += f", which is in {len(several)} names"
            hint = _choice([f"{one.name} ({one.code})" for one in several])
    raise PlaceError([place_fault("CODE", found, WANTED, hint)])


def _choice(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"Ask for one of {', '.join(sorted(names)[:MOST_NAMED])}{more}."


def _holds(one: AnyDistrict, wanted: str) -> bool:
    """Say whether all the words of a name stand in a district's."""
    asked = set(WORD.split(wanted)) - {""}
    return bool(asked) and asked <= set(WORD.split(one.name.lower()))
