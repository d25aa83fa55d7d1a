"""Numbers on co-operative life that every way of buying which founds a co-op has, all at null."""

from functools import partial
from typing import Final

from scenarios.assumptions import Entry
from simulation.procurement.entries import entry

PRINCIPLES: Final = (
    "International Co-operative Alliance, statement on the co-operative identity (1995)"
)


def life_entries(regime: str) -> tuple[Entry, ...]:
    """Return the entries on members' votes, aims and kinds.

    Parameters
    ----------
    regime : str
        The way of buying that they belong to.
    """
    own = partial(entry, regime, null=0.0, fixed=True, source=PRINCIPLES)
    return (
        own("kind", 1.0, 1.0, 3.0, "kind",
            "Who the members are: 1 the staff, 2 those who buy, 3 both, each with half of the "
            "votes.",
            null=1.0),
        own("vote", 0.0, 0.0, 1.0, "share",
            "How far members vote each year on their part of the surplus; the rest follows the "
            "charter.",
            source="ICA principle 2, one member one vote; no rate found"),
        own("least_reserve", 0.0, 0.0, 1.0, "share of surplus",
            "Part that no vote can take from the savings of the firm (the reserve).",
            source="Spain, Ley 27/1999 art. 58: 20 % of surplus; none in UK law"),
        own("concern", 0.0, 0.0, 0.3, "share of surplus",
            "Part that goes first to a charity or group of the place (concern for community).",
            source="ICA principle 7; no rate found"),
        own("nonmembers", 0.0, 0.0, 0.9, "share of staff",
            "The largest part of staff whom members may keep from being members.",
            source="Mondragon: estimates of members among staff from 30 to 80 %"),
        own("solidarity", 0.0, 0.0, 0.5, "share of pay",
            "What members would on average give up to let those who work with them become members.",
            source="No figure found"),
        own("steady", 0.0, 0.0, 1.0, "share of dismissals",
            "Part of dismissals that are put off while savings and cash last (stable jobs before "
            "profit).",
            source="Perotin 2016: co-ops' jobs move less than their sales; no rate found"),
        own("pay_flex", 0.0, 0.0, 1.0, "share of cost",
            "When work is short: part of the cost of those kept on that members bear by fewer paid"
            " hours.",
            source="Burdin and Dean 2009, Uruguay: pay moves more and jobs less; no rate found"),
    )  # fmt: skip
