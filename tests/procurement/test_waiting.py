"""How long a mutual that won must wait before the same council may reserve another for it."""

from simulation.procurement.reserved_mutual import ReservedMutual
from simulation.procurement.waiting import Contracts
from tests.procurement.markets import need

WINNER, OTHER = 11, 12
WON_IN = 10


def after(month: int, contracts: Contracts, **changes: int) -> list[int]:
    """Who must still wait when a need comes up in a month."""
    asked = need(month=month, **changes)
    return [uid for uid, _ in contracts.before(ReservedMutual(), asked)]


def one_won() -> Contracts:
    """A contract that one mutual won in month 10."""
    contracts = Contracts()
    contracts.note(ReservedMutual(), need(month=WON_IN), [WINNER])
    return contracts


def test_who_won_waits_for_three_years_to_the_month() -> None:
    """It is free again 36 months after it won, and not a month before."""
    contracts = one_won()

    assert after(WON_IN + 35, contracts) == [WINNER]
    assert after(WON_IN + 36, contracts) == []


def test_only_the_same_council_and_the_same_work_make_it_wait() -> None:
    """Another council, or another category, may give it a contract at once."""
    contracts = one_won()

    assert after(WON_IN + 1, contracts, buyer_index=1) == []
    assert after(WON_IN + 1, contracts, category=1) == []


def test_the_last_contract_counts() -> None:
    """Who wins again waits from then on; who won besides is told of in the order of identity."""
    contracts = one_won()
    contracts.note(ReservedMutual(), need(month=WON_IN + 36), [OTHER, WINNER])

    assert after(WON_IN + 37, contracts) == [WINNER, OTHER]
    assert after(WON_IN + 72, contracts) == []


def test_months_before_the_beginning_are_told_from_it() -> None:
    """Moved back by 12 months, the wait ends 12 months sooner."""
    contracts = one_won()

    contracts.turn_back(12)

    assert contracts.before(ReservedMutual(), need(month=1)) == ((WINNER, WON_IN - 12),)
    assert after(WON_IN - 12 + 36, contracts) == []


def test_without_the_rule_nobody_waits() -> None:
    """Supported employment is reserved under another section, which has no such rule."""
    contracts, supported = Contracts(), ReservedMutual({"power": 32.0})

    contracts.note(supported, need(month=WON_IN), [WINNER])

    assert contracts.before(supported, need(month=WON_IN + 1)) == ()
