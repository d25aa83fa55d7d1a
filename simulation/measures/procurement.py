"""Who wins public money, how many compete for it, and what competing costs."""

from collections.abc import Callable

import numpy as np

from scenarios.vocabulary import OwnerKind, SizeBand
from simulation.accounting.books import Table
from simulation.accounting.grouping import totals
from simulation.measures.measure import EVERYWHERE, Measure, Undefined, ratio
from simulation.measures.spending import bought, suppliers
from simulation.measures.view import View

NOTHING_BOUGHT = "nothing was bought in the window"
NO_TENDER = "no tender closed in the window"
NOBODY = (OwnerKind.COOP, OwnerKind.VCSE, OwnerKind.PUBLIC)
SMALL = (SizeBand.MICRO, SizeBand.SMALL, SizeBand.MEDIUM)
CLES = "Centre for Local Economic Strategies, spend analysis"
SCOREBOARD = "European Commission, Single Market Scoreboard, public procurement"


def local_share(column: str) -> Callable[[View, str], float]:
    """Make the measure of purchases from suppliers whose `column` lies in the buyer's place.

    With `owner_area`, an organisation that nobody in particular owns (a VCSE, a public body, a
    co-op's common reserve) counts where it is based. Suppliers whose area or owner the source does
    not know are left out.
    """

    def answer(view: View, tier: str) -> float:
        firms = suppliers(view)
        at = firms.area
        if column == "owner_area":
            owner = view.parties["owner_area"][firms.party]
            common = np.isin(view.parties["owner_kind"][firms.party], NOBODY)
            at = np.where(common & (owner < 0), firms.area, owner)
        local = known = 0.0
        for place in view.places(tier):
            paid = bought(view, place)
            local += float(paid[place.areas[at] & (at >= 0)].sum())
            known += float(paid[at >= 0].sum())
        return ratio(local, known, NOTHING_BOUGHT)

    return answer


def share_of(column: str, codes: tuple[int, ...]) -> Callable[[View, str], float]:
    """Make the measure of the share of purchases from suppliers with given codes in `parties`."""

    def answer(view: View, tier: str) -> float:
        paid, party = _by_supplier(view)
        code = view.parties[column][party]
        if not (code > 0).any():
            raise Undefined(f"the source does not know the {column} of any supplier")
        mine = np.isin(code, codes)
        return ratio(paid[mine].sum(), paid.sum(), NOTHING_BOUGHT)

    return answer


def supplier_hhi(view: View, tier: str) -> float:
    """Return the Herfindahl-Hirschman index of purchases by supplier: 1/n where n are alike."""
    paid, _ = _by_supplier(view)
    total = float(paid.sum())
    return ratio((paid * paid).sum(), total * total, NOTHING_BOUGHT)


def top_five_share(view: View, tier: str) -> float:
    """Return the share of purchases from the five largest suppliers."""
    paid, _ = _by_supplier(view)
    return ratio(np.sort(paid)[-5:].sum(), paid.sum(), NOTHING_BOUGHT)


def bids_per_tender(view: View, tier: str) -> float:
    """Return the mean number of bids for a tender, those without a bid included."""
    rows = view.table("tenders")
    return ratio(rows["bids"].sum(), rows["bids"].size, NO_TENDER)


def single_bid_share(view: View, tier: str) -> float:
    """Return the share of tenders that drew exactly one bid, of those that drew any."""
    bids = view.table("tenders")["bids"]
    return ratio((bids == 1).sum(), (bids > 0).sum(), "no tender drew a bid in the window")


def challenge_share(view: View, tier: str) -> float:
    """Return the share of tenders that were challenged."""
    rows = view.table("tenders")
    return ratio(rows["challenged"].sum(), rows["bids"].size, NO_TENDER)


def losers_share(view: View, tier: str) -> float:
    """Return the share of bidders' cost that was borne by those who did not win.

    A tender's bidding cost is taken as equal between its bidders; several may win.
    """
    rows, bids = view.table("tenders"), view.whole("bids")
    n = int(max(rows["tender"].max(initial=-1), bids["tender"].max(initial=-1))) + 1
    winners = totals(bids["tender"], bids["won"], n)[rows["tender"]]
    made = rows["bids"]
    lost = np.divide(made - winners, made, out=np.zeros(made.size), where=made > 0)
    cost = rows["bidder_cost_pence"]
    return ratio((cost * lost).sum(), cost.sum(), "bidding cost nothing in the window")


def premium_over(column: str, why: str) -> Callable[[View, str], float]:
    """Make the measure of awarded prices over another price of the same tenders, less one."""

    def answer(view: View, tier: str) -> float:
        rows = _awarded(view.table("tenders"), column)
        return ratio(rows["price_pence"].sum(), rows[column].sum(), why) - 1.0

    return answer


def _awarded(rows: Table, column: str) -> Table:
    told = (rows["winner"] >= 0) & (rows["bids"] > 0) & (rows[column] > 0)
    return {key: values[told] for key, values in rows.items()}


def _by_supplier(view: View) -> tuple[np.ndarray, np.ndarray]:
    rows, party = view.table("purchases"), suppliers(view).party
    return totals(rows["supplier"], rows["pence"], view.parties["area"].size)[party], party


def _share(name: str, what: str, column: str, *codes: int) -> Measure:
    return Measure(
        name=name,
        unit="share",
        direction="none",
        nature="flow",
        what=what,
        source="Business Population Estimates (size bands); this project (owners)",
        tiers=EVERYWHERE,
        of_run=share_of(column, codes),
    )


MEASURES = (
    Measure(
        name="local_share_based",
        unit="share",
        direction="up",
        nature="flow",
        what="Share of purchases from suppliers based in the place (an address or a branch).",
        source=CLES,
        of_run=local_share("area"),
    ),
    Measure(
        name="local_share_owned",
        unit="share",
        direction="up",
        nature="flow",
        what="Share of purchases from suppliers whose profit goes to owners in the place.",
        source="this project",
        of_run=local_share("owner_area"),
    ),
    _share("sme_share", "Share of purchases from firms of up to 249 employees.", "size_band",
           *SMALL),
    _share("coop_share", "Share of purchases from co-operatives.", "owner_kind", OwnerKind.COOP),
    _share("vcse_share", "Share of purchases from voluntary, community and social enterprises.",
           "owner_kind", OwnerKind.VCSE),
    Measure(
        name="supplier_hhi",
        unit="index",
        direction="none",
        nature="flow",
        what="Herfindahl-Hirschman index of purchases by supplier, 0 to 1.",
        source="Hirschman (1945); Herfindahl (1950)",
        tiers=EVERYWHERE,
        of_run=supplier_hhi,
    ),
    Measure(
        name="top_five_share",
        unit="share",
        direction="none",
        nature="flow",
        what="Share of purchases from the five largest suppliers.",
        source="Competition and Markets Authority, concentration ratios",
        tiers=EVERYWHERE,
        of_run=top_five_share,
    ),
    Measure(
        name="bids_per_tender",
        unit="bids",
        direction="up",
        nature="flow",
        what="Bids per tender, those that drew none included.",
        source=SCOREBOARD,
        tiers=EVERYWHERE,
        of_run=bids_per_tender,
    ),
    Measure(
        name="single_bid_share",
        unit="share",
        direction="down",
        nature="flow",
        what="Share of tenders with one bid, of those with any.",
        source=SCOREBOARD,
        tiers=EVERYWHERE,
        of_run=single_bid_share,
    ),
    Measure(
        name="challenge_share",
        unit="share",
        direction="down",
        nature="flow",
        what="Share of tenders that were challenged.",
        source="this project",
        tiers=EVERYWHERE,
        of_run=challenge_share,
    ),
    Measure(
        name="losers_share",
        unit="share",
        direction="down",
        nature="flow",
        what="Share of bidders' cost borne by those who did not win.",
        source="this project",
        tiers=EVERYWHERE,
        of_run=losers_share,
    ),
    Measure(
        name="lowest_bid_premium",
        unit="share",
        direction="down",
        nature="flow",
        what="Awarded prices over the lowest bids, less one: a diagnostic.",
        source="this project",
        tiers=EVERYWHERE,
        of_run=premium_over("lowest_pence", "no tender was awarded on bids in the window"),
    ),
    Measure(
        name="true_cost_premium",
        unit="share",
        direction="down",
        nature="flow",
        what="Awarded prices over the cheapest capable suppliers' true cost, less one.",
        source="this project",
        tiers=EVERYWHERE,
        of_run=premium_over("true_cost_pence", "no tender with a known true cost was awarded"),
    ),
)  # fmt: skip
