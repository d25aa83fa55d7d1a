"""One month of the twin, act by act, by the names that the model's acts have."""

from collections.abc import Callable

from tests.reference.village.adjustment import adjust
from tests.reference.village.delivery import deliver
from tests.reference.village.homes import households
from tests.reference.village.income import close_public_income, open_month, public_income
from tests.reference.village.ledger import Village
from tests.reference.village.surplus import share_surplus
from tests.reference.village.trade import trade
from tests.reference.village.wages import pay_wages

ACTS: dict[str, Callable[[Village], None]] = {
    "open": open_month,
    "public income": public_income,
    "commissioning": close_public_income,
    "delivery": deliver,
    "trade": trade,
    "wages and taxes": pay_wages,
    "surplus": share_surplus,
    "households": households,
    "adjustment": adjust,
}
