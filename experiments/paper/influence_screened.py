"""What a screening of all assumptions tells: effects, their ranking, and what was left out.

The ranking is over all main questions at once: of each question (one way of buying, one measure)
an assumption has a part of the effects of all, and its rank is that of its mean part.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from experiments.design.ignorance import is_uncertain
from experiments.library.analyses import analyse
from experiments.library.swept import read_swept
from experiments.paper.stored import Table, open_finished, swept_table, titled
from experiments.runner.replicate import all_entries

MEASURES = (
    "local_income_multiplier", "net_local_income", "net_gain_after_cost", "retained_share",
    "unit_cost_premium", "quality", "unmet_need",
)  # fmt: skip
"""Measures of the main questions."""
MATTER = 12
"""How many of the first are told apart by Sobol' indices."""

EFFECTS = "influence-effects"
RANKING = "influence-ranking"
LEFT_OUT = "influence-left-out"
SCREENED = "influence-screened"

COLUMNS = (
    "measure", "unit", "policy", "assumption", "mu", "mu_star", "mu_star_conf", "sigma",
)  # fmt: skip
QUESTIONS = ("measure", "policy", "groups", "dropped", "luck_share", "settled", "why")

NOT_READ = {
    **dict.fromkeys(
        ("alliance", "grant", "incubated_coop", "insourcing", "joint_venture", "public_commons",
         "reserved_local", "reserved_mutual"),
        "of a way that is not compared",
    ),
    "subsidy": "of the subsidy test of enterprises that a council founds, and of levers",
    "option": "of appraising a way before it begins, which a comparison leaves out",
    "ownership": "of the lever on ownership, which no compared policy uses",
    "pillars": "of levers beside buying, which no compared policy uses",
    "commuting": "of places whose file does not say who commutes",
}  # fmt: skip
"""Why entries of a family are read neither in building the village nor under the compared ways."""
ALSO_READ = (
    "ownership.closes", "ownership.price_years", "ownership.retirement",
)  # fmt: skip
"""Entries of such a family that are read all the same."""
HELD = "read, but held at the register's value in this screening"


def screened(folder: Path) -> dict[str, Table]:
    """Read a finished screening.

    Parameters
    ----------
    folder : Path
        Of the sweep.

    Returns
    -------
    dict of str to Table
        Effects of each assumption by question, the ranking, the questions with their share of
        luck, and the entries left out by family.
    """
    with open_finished(folder) as store:
        answer = analyse(store, "sensitivity", measures=MEASURES)
        factors = read_swept(store).factors
    told = answer.found["sensitivity"]
    effects = effects_of(told)
    return {
        EFFECTS: swept_table(effects, folder),
        RANKING: swept_table(ranking_of(effects, factors), folder),
        SCREENED: swept_table(questions_of(told), folder),
        LEFT_OUT: swept_table(left_out(factors), folder),
    }


def effects_of(told: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """A row for each question and assumption."""
    names = COLUMNS[-4:]
    rows = [
        (one["measure"], one["unit"], one["policy"], factor["factor"],
         *(float(factor[name]) for name in names))
        for one in told
        for factor in one["factors"]
    ]  # fmt: skip
    return titled(COLUMNS, rows)


def questions_of(told: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """A row for each question: groups of points that count, the share of luck, whether settled."""
    rows = [
        (one["measure"], one["policy"], one["groups"], one["groups_dropped"],
         one["luck"]["share"], _yes(one["settled"]), one["why"] or None)
        for one in told
    ]  # fmt: skip
    return titled(QUESTIONS, rows)


def ranking_of(
    effects: Mapping[str, Sequence[Any]], factors: Sequence[str]
) -> dict[str, list[Any]]:
    """Rank assumptions by their mean part of the effects on all questions.

    Parameters
    ----------
    effects : mapping of str to sequence
        Columns of `effects_of`.
    factors : sequence of str
        All that were screened; those without a row moved nothing.

    Returns
    -------
    dict of str to list
        `rank`, `assumption`, `part` (mean over questions, all adding up to 1) and `first_for`, the
        question of which it has the largest part.
    """
    keys = list(zip(effects["measure"], effects["policy"], strict=True))
    whole: dict[tuple[str, str], float] = dict.fromkeys(keys, 0.0)
    for key, star in zip(keys, effects["mu_star"], strict=True):
        whole[key] += star
    asked = [key for key, sum_of in whole.items() if sum_of > 0.0]
    part = dict.fromkeys(factors, 0.0)
    most: dict[str, tuple[float, str]] = {}
    for key, name, star in zip(keys, effects["assumption"], effects["mu_star"], strict=True):
        if key not in asked:
            continue
        own = star / whole[key]
        part[name] += own / len(asked)
        most[name] = max(most.get(name, (-1.0, "")), (own, f"{key[0]} under {key[1]}"))
    ordered = sorted(part, key=lambda name: (-part[name], name))
    rows = [
        (rank, name, part[name], most[name][1] if part[name] > 0.0 else None)
        for rank, name in enumerate(ordered, 1)
    ]
    return titled(("rank", "assumption", "part", "first_for"), rows)


def left_out(factors: Sequence[str]) -> dict[str, list[Any]]:
    """Name the uncertain entries that a design does not vary, by family, with the reason."""
    entries = all_entries()
    out: dict[tuple[str, str], list[str]] = {}
    for name in sorted(set(entries) - set(factors)):
        if is_uncertain(entries[name]):
            family = name.partition(".")[0]
            why = HELD if name in ALSO_READ else NOT_READ.get(family, HELD)
            out.setdefault((family, why), []).append(name)
    rows = [(family, len(names), why, ", ".join(names)) for (family, why), names in out.items()]
    return titled(("family", "entries", "why", "names"), rows)


def _yes(settled: bool | None) -> str | None:
    return None if settled is None else "yes" if settled else "no"
