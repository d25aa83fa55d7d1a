"""One month of a run in words, pictures and tables: who paid whom, and why each winner won."""

from calendar import month_name
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from experiments.analysis.money_by_month import AWAY, HERE
from experiments.figures.exchange import Band, End, exchange_figure
from experiments.figures.pound import Fate
from experiments.report.pictures import Picture, absent, picture
from experiments.report.tables import Grid
from experiments.report.words import exact, listed, pounds
from scenarios.tables import category_names, symbol_of

NAMES: Mapping[str, tuple[str, str]] = {
    "councils": ("councils", "Councils here"),
    "firms_local": ("local firms", "Firms here, owned here"),
    "firms_outside": ("firms owned away", "Firms here, owned elsewhere"),
    "firms_coop": ("co-operatives", "Co-operatives here"),
    "firms_vcse": ("charities", "Charities and social firms here"),
    "firms_public": ("public firms", "Firms here, owned by the public"),
    "firms_other": ("other firms", "Other firms here"),
    "clubs": ("members’ clubs", "Members’ clubs here"),
    "homes": ("homes", "Homes here"),
    "councils_away": ("other councils", "Councils elsewhere"),
    "firms_away": ("firms elsewhere", "Firms elsewhere"),
    "homes_away": ("homes elsewhere", "Homes elsewhere"),
    "government": ("government", "Government"),
    "banks": ("banks", "Banks"),
    "pensions": ("pension funds", "Pension funds"),
    "world": ("wider world", "The wider world: buyers and sellers further away"),
}
"""Short and long name of each group."""

KINDS: Mapping[str, str] = {
    "purchase": "public contracts", "intermediate": "goods and services", "paye": "tax on pay",
    "vat": "VAT", "consumption": "shopping", "grant": "grants", "wages": "pay",
    "dividend": "profit to owners", "loan_drawn": "loans", "loan_repaid": "loans paid back",
    "saving": "money put into savings", "dissaving": "money taken from savings",
    "process_cost": "costs of buying and bidding", "group_transfer": "profit to a parent firm",
    "export": "sales further away", "import": "purchases further away",
}  # fmt: skip
"""Kinds of payment in plain words, where their own name does not do."""

FATES: Mapping[Fate, str] = {"stays": "stays here", "waits": "comes in", "leaves": "leaves"}

Told = Mapping[str, Any]


def when(date: str) -> str:
    """Write a month of the calendar in words: 2019-07 is July 2019."""
    year, month = date.split("-")
    return f"{month_name[int(month)]} {year}"


def kind_words(kind: str) -> str:
    """Name a kind of payment in plain words."""
    return KINDS.get(kind, kind.replace("_", " "))


def bought(category: str) -> str:
    """Name a spending category as its table does."""
    return category_names().get(category, category)


def money(pence: int, currency: str) -> str:
    """Write a sum of an account to the penny, in the money of the place."""
    return exact(pence).replace("£", symbol_of(currency) or f"{currency} ")


def who(party: Told) -> str:
    """Name an organisation; one that is made from figures goes by its trade and its number."""
    trade = str(party["sector"] or party["institution"]).replace("_", " ")
    return str(party["name"] or f"{trade} firm no. {party['party']}")


def described(party: Told) -> str:
    """Say how large an organisation is, who owns it, and where it and its owner are."""
    size = "" if party["size"] == "none" else f"{party['size']}, "
    owner = {
        "outside": "owned by outsiders", "local": "owned by local people",
        "coop": "a co-operative", "vcse": "a charity or social firm",
        "public": "owned by the public",
    }.get(party["owner"], "owner not known")  # fmt: skip
    return f"{size}{owner}; in {party['based_in']}"


def month_picture(head: Told, month: Told) -> Picture:
    """Draw a month's payments with the place on one side or both.

    Parameters
    ----------
    head, month : dict
        From `experiments.analysis.months.watched`.
    """
    pairs, currency = month["pairs"], head["currency"]
    heading = f"Money on the move in {when(month['date'])}"
    if not pairs or not head["largest_pence"]:
        return absent("money", heading, "nobody in the place paid or was paid")
    bands = [
        Band(one["payer"], one["payee"], one["pence"] / head["largest_pence"], fate_of(one))
        for one in pairs
    ]
    stays, comes, leaves = (
        sum(one["pence"] for one in pairs if fate_of(one) == fate)
        for fate in ("stays", "waits", "leaves")
    )
    said = (
        f"{money(stays, currency)} moved between people and firms here, {money(comes, currency)} "
        f"came in and {money(leaves, currency)} left."
    )
    return picture(
        "money", heading, said,
        exchange_figure(
            _ends(pairs, "payer", currency), _ends(pairs, "payee", currency), bands
        ),
        pairs_grid(head, month),
        f"{said} Solid: stays here. Upright lines: comes in. Slanted lines: leaves. The same "
        "thickness is the same sum in every month.",
    )  # fmt: skip


def fate_of(pair: Told) -> Fate:
    """Say whether a payment stays in the place, comes into it or leaves it."""
    if pair["payer"] not in HERE:
        return "waits"
    return "stays" if pair["payee"] in HERE else "leaves"


def _ends(pairs: Sequence[Told], side: str, currency: str) -> list[End]:
    sums: dict[str, int] = {}
    for one in pairs:
        sums[one[side]] = sums.get(one[side], 0) + one["pence"]
    sign = symbol_of(currency) or f"{currency} "
    return [
        End(name, NAMES[name][0], pounds(sums[name] / 100).replace("£", sign))
        for name in (*HERE, *AWAY)
        if name in sums
    ]


def pairs_grid(head: Told, month: Told) -> Grid:
    """Set out who paid whom, the largest first, and what was paid for most."""
    rows = [
        [
            NAMES[one["payer"]][1], NAMES[one["payee"]][1], money(one["pence"], head["currency"]),
            f"{one['payments']:,}", FATES[fate_of(one)],
            listed([kind_words(kind["kind"]) for kind in one["kinds"]]),
        ]
        for one in sorted(month["pairs"], key=lambda one: -one["pence"])
    ]  # fmt: skip
    names = ["Who pays", "Who is paid", "Sum", "Payments", "What becomes of it", "Mostly for"]
    return Grid(f"Who paid whom in {when(month['date'])}", names, rows)


def balances_grid(head: Told, month: Told) -> Grid:
    """Set out what each group had, received, paid and has, with the sum of all."""
    columns = ("opened", "received", "paid", "closed")
    rows = [
        [NAMES[one["group"]][1], *[money(one[name], head["currency"]) for name in columns]]
        for one in month["balances"]
    ]
    sums = [sum(one[name] for one in month["balances"]) for name in columns]
    rows.append(["All together", *[money(one, head["currency"]) for one in sums]])
    names = ["Group", "Had at the start", "Received", "Paid out", "Has at the end"]
    return Grid(f"Money on accounts in {when(month['date'])}", names, rows)


def bids_grid(tender: Told, currency: str) -> Grid:
    """Set out the bids of a tender, the winning first."""
    rows = [
        [
            who(one["bidder"]), described(one["bidder"]), money(one["price_pence"], currency),
            f"{one['quality']:.2f}", money(one["claimed_pence"], currency), f"{one['marks']:.3f}",
            "won" if one["won"] else "lost",
        ]
        for one in tender["bids"]
    ]  # fmt: skip
    names = ["Bidder", "Who that is", "Price", "Quality (1 is usual)", "Social value claimed",
             "Score (1 is best)", "Result"]  # fmt: skip
    return Grid(f"Bids for tender {tender['tender']}", names, rows)


def why(tender: Told, currency: str) -> list[str]:
    """Say why a tender went as it did: the reason on record, then the numbers behind it.

    Parameters
    ----------
    tender : dict
        Of a month.
    currency : str
        Of the place.

    Returns
    -------
    list of str
        Sentences.
    """
    said = [f"Reason on record: {tender['reason']}."] if tender["reason"] else []
    won = [one for one in tender["bids"] if one["won"]]
    lost = [one for one in tender["bids"] if not one["won"]]
    if not won:
        return [*said, "Nobody won, so nothing was bought by this tender."]
    if not lost:
        return [*said, "There was no other bid to weigh it against."]
    best, next_best = won[0], max(lost, key=lambda one: one["marks"])
    gap = best["price_pence"] - min(one["price_pence"] for one in lost)
    said.append(
        f"The winner asked {money(abs(gap), currency)} {'more' if gap > 0 else 'less'} than the "
        "cheapest of the others."
        if gap
        else "The winner and the cheapest of the others asked the same price."
    )
    better = best["quality"] - next_best["quality"]
    said.append(
        f"Its quality was {'higher' if better > 0 else 'lower'} than that of the next best bid: "
        f"{best['quality']:.2f} against {next_best['quality']:.2f}."
        if abs(better) >= 0.005
        else f"Its quality was that of the next best bid: {best['quality']:.2f}."
    )
    said.append(f"Scores: {best['marks']:.3f} against {next_best['marks']:.3f}.")
    return said


def pairs_rows(month: Told) -> list[list[object]]:
    """Who paid whom, for a file: the names of the columns, then a row for each pair."""
    head: list[object] = ["payer", "payee", "sum [pence]", "payments", "fate"]
    return [head] + [
        [NAMES[one["payer"]][1], NAMES[one["payee"]][1], one["pence"], one["payments"],
         FATES[fate_of(one)]]
        for one in month["pairs"]
    ]  # fmt: skip


def balances_rows(month: Told) -> list[list[object]]:
    """What each group had, received, paid and has, for a file."""
    columns = ("opened", "received", "paid", "closed")
    return [["group", *(f"{name} [pence]" for name in columns)]] + [
        [NAMES[one["group"]][1], *(one[name] for name in columns)] for one in month["balances"]
    ]


DATA: Mapping[str, Callable[[Told], list[list[object]]]] = {
    "money": pairs_rows, "balances": balances_rows,
}  # fmt: skip
"""Tables of a month that can be downloaded."""
