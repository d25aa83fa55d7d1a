"""Following the dyed pound and solving the flow matrix must give the same multiplier.

With P the share of local payer i's outlays that local payee j gets, s what is put in and d what
is still held: receipts + d P (I - P)^-1 1 = s' (I - P)^-1 1.

The bound of whole pence and whole units
----------------------------------------
Let w = (I - P)^-1 1 with P the shares realised over the window, so that w_i = 1 + sum_j P_ij w_j:
a unit held at i will still be received w_i - 1 times. The identity says that

    phi = receipts + sum_i d_i (w_i - 1)

never changes after the dye is put in. Let payer i, holding o pence and r units a pence
(r <= 1024, since dye never exceeds the balance), make m payments in a phase. Its intended outlay
on link e is q_e o; the budget of each door is rounded down and its split by less than a penny, so

    pence_e = q_e o + x_e, |x_e| < 2,   all pence = Q o + X, |X| < m   (one penny a door),
    u_e = r pence_e - f_e, 0 <= f_e < T + 1                            (one floor a tag, T tags).

With p_e = q_e / Q and U = sum u_e, phi changes by sum_e (u_e - P_e U) w_e (a leak has w = 0):

1. pence: |sum_e r (x_e - p_e X) w_e| <= 1024 x 3 m x max w;
2. units: |sum_e (-f_e + p_e sum f) w_e| <= m (T + 1) max w, both terms lying in [0, sum f max w];
3. realised instead of intended shares: over the window the shares differ by
   sum_e |P_e - p_e| <= 3 M / (all pence), with M the sum of m, and U <= 1024 x (pence of the
   phase): again at most 1024 x 3 M x max w in all;
4. dye that the fold lets go on an account dyed through and through: at most sum f, each unit worth
   less than max w: m (T + 1) max w.

So |receipts + tail - s'w| <= M (6 x 1024 + 2 (T + 1)) max w units: six pence and a few units for
each link in each month, whatever the sum that was put in.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments.validation.little_economy import (
    LOCAL,
    OUTLAY,
    PENNY,
    WARM_UP,
    LittleEconomy,
    bound,
    closed_doors,
    followed,
    leaking_doors,
    usual_doors,
    worth_of,
)
from simulation.accounting.dyed_accounts import RECEIVED, SUNK

FROZEN = 1e-9
"""Relative error allowed on a frozen matrix with real-valued dye."""
WINDOW = 30
STATIONARY = 1e-4
"""Monthly change of what local rows hold, as a share of it, after the warm-up."""
SHARP = 1e-4
"""The bound must be a small part of what was put in, else the test says little."""


@pytest.mark.parametrize("window", [1, 3, WINDOW])
@pytest.mark.parametrize("tags", [1, 4, 8])
def test_live_dye_and_the_flow_matrix_agree_within_the_bound(window, tags):
    """However long it is followed, receipts and the undrained tail make the matrix's multiplier."""
    economy = followed(LittleEconomy(usual_doors(), tags), window)
    shares = economy.realised_shares(since=WARM_UP + 1)
    w = worth_of(shares)

    traced = economy.received() + float((economy.held() * (w - 1.0)).sum())
    solved = float((economy.injected() * w).sum())

    allowed = bound(economy, window, w)
    assert abs(traced - solved) <= allowed
    assert allowed < SHARP * OUTLAY * PENNY
    assert economy.injected().sum() == OUTLAY * PENNY
    assert solved > 1.5 * OUTLAY * PENNY


def test_the_conditions_of_the_identity_hold():
    """The economy stands still when the dye is put in, and drains it afterwards."""
    economy = LittleEconomy(usual_doors())
    for _ in range(WARM_UP):
        economy.live()
    before = int(economy.ledger.deposits[:LOCAL].sum())

    economy.live(dyed=True)
    after = int(economy.ledger.deposits[:LOCAL].sum())
    for _ in range(WINDOW):
        economy.live()

    assert abs(after - before) < STATIONARY * before
    assert economy.held().sum() < 1e-3 * economy.injected().sum()


@pytest.mark.parametrize("lost", ["a round of receipts", "the tail", "a supplier"])
def test_the_bound_would_notice(lost):
    """Leaving out what the identity needs breaks it by far more than the bound allows."""
    economy = followed(LittleEconomy(usual_doors()), window=2)
    w = worth_of(economy.realised_shares(since=WARM_UP + 1))
    received, held, injected = economy.received(), economy.held(), economy.injected()
    if lost == "a round of receipts":
        received -= int(economy.units(RECEIVED)[:LOCAL, 1].sum())
    if lost == "the tail":
        held[:] = 0
    if lost == "a supplier":
        injected[2] = 0

    gap = received + float((held * (w - 1.0)).sum()) - float((injected * w).sum())

    assert abs(gap) > 10 * bound(economy, 2, w)


def follow(shares: np.ndarray, spend: np.ndarray, s: np.ndarray, months: int) -> float:
    """Follow real-valued dye on a frozen matrix; return receipts and tail together."""
    held, receipts = s.copy(), float(s.sum())
    for _ in range(months):
        paid = held * spend
        arrived = (paid[:, None] * shares).sum(axis=0)
        receipts += float(arrived.sum())
        held += arrived - paid
    return receipts + float((held * (worth_of(shares) - 1.0)).sum())


def test_real_valued_dye_on_the_realised_matrix_agrees_to_the_ninth_figure():
    """On the flow matrix that the ledger has filed, frozen, only the floats' own error is left."""
    economy = followed(LittleEconomy(usual_doors()), window=12)
    shares, s = economy.realised_shares(since=WARM_UP + 1), economy.injected() / PENNY
    spend = np.where(np.arange(LOCAL) < LOCAL // 2, 0.87, 0.75)

    traced = follow(shares, spend, s, months=20)

    assert traced == pytest.approx(float((s * worth_of(shares)).sum()), rel=FROZEN)


@settings(max_examples=25)
@given(st.integers(0, 2**31), st.integers(0, 60), st.floats(0.02, 0.9))
def test_real_valued_dye_on_any_leaking_matrix_agrees_to_the_ninth_figure(seed, months, leak):
    """Whatever the shares, the speed of spending and the months followed."""
    rng = np.random.default_rng(seed)
    shares = rng.random((9, 9)) * (rng.random((9, 9)) < 0.5)
    shares *= (1.0 - leak) / np.maximum(shares.sum(axis=1, keepdims=True), 1.0)
    spend, s = rng.random(9), rng.random(9)

    traced = follow(shares, spend, s, months)

    assert traced == pytest.approx(float((s * worth_of(shares)).sum()), rel=FROZEN)


def test_where_nothing_leaks_every_unit_stays():
    """A place that pays only itself holds every dyed pound for good, to the last unit."""
    economy = followed(LittleEconomy(closed_doors()), WINDOW)

    assert economy.held().sum() == economy.injected().sum() == OUTLAY * PENNY
    assert economy.received() > WINDOW / 2 * OUTLAY * PENNY
    assert economy.units(SUNK).sum() == 0


def test_where_everything_leaks_nothing_stays():
    """A place that spends every pound outside keeps none, and receives only the council's own."""
    economy = followed(LittleEconomy(leaking_doors()), window=1)

    assert economy.held().sum() == 0
    assert economy.received() == economy.injected().sum() == OUTLAY * PENNY
    assert economy.units(SUNK).sum() == OUTLAY * PENNY
    assert worth_of(economy.realised_shares(since=WARM_UP + 1)).tolist() == [1.0] * LOCAL
