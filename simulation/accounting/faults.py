"""What can be wrong with the books of a month, and what to do about it."""

from scenarios.errors import PoundflowError

REPORT = "This is a fault of the model: please report it with the scenario and the seed."


class LedgerError(PoundflowError):
    """Raised when the books of a month do not close."""

    exit_code = 1


class TooLargeError(LedgerError):
    """Raised for a budget that cannot be split exactly."""

    def __init__(self, kind: str, pence: int) -> None:
        super().__init__(
            f"A {kind} budget of {pence} pence is above 2**46, the largest amount that the "
            "ledger splits exactly."
        )


class OverdrawnError(LedgerError):
    """Raised when a phase closes with a payment that its payer could not make."""

    def __init__(self, month: int, kind: str) -> None:
        super().__init__(
            f"In month {month} somebody paid more than it held before the phase of {kind} closed. "
            "Pay no more than the balance at its opening, or draw a loan first."
        )


class NotClosedError(LedgerError):
    """Raised when a penny is missing at the close of a month, or an account is overdrawn."""

    def __init__(self, month: int, total: int, by_class: int, lowest: int, row: int) -> None:
        super().__init__(
            f"The books of month {month} do not close: balances are off by {total} pence, flows "
            f"by class by {by_class} pence, and the lowest balance is {lowest} pence on row {row}. "
            f"{REPORT}"
        )


class DyeLostError(LedgerError):
    """Raised when dye is not accounted for at the close of a month."""

    def __init__(self, month: int, missing: int, above: int) -> None:
        super().__init__(
            f"Dye is not accounted for in month {month}: {missing} units missing, {above} above a "
            f"balance. {REPORT}"
        )
