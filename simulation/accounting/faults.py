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
            f"A {kind} budget may come to {pence} pence, and the ledger splits only amounts below "
            "2**46 pence exactly. Look for a wrong unit, or part the payer into several rows."
        )
        self.kind, self.pence = kind, pence


class HomeDoorError(LedgerError):
    """Raised when a payment by or to a home comes to a door that cannot make it."""

    def __init__(self, kind: str, side: str, row: int, homes: slice) -> None:
        super().__init__(
            f"A {kind} payment would be made {side} row {row}, and this door cannot serve rows "
            f"{homes.start} to {homes.stop - 1}, the homes, on that side. Let homes pay through "
            "`receive_and_be_taxed`, `pay_for_homes` or `spend_and_save`; pay them through "
            "`receive_and_be_taxed`, `wages`, `along` or `listed`."
        )
        self.kind, self.side, self.row, self.homes = kind, side, row, homes


class TillRowError(LedgerError):
    """Raised for links of homes to a row that a till has no place for."""

    def __init__(self, kind: str, row: int, first_home: int) -> None:
        super().__init__(
            f"The {kind} links lead to row {row}; a till pays rows before the homes, which begin "
            f"at {first_home}. Give such payees rows before the homes, or pay them through "
            "`pay_for_homes`."
        )
        self.kind, self.row, self.first_home = kind, row, first_home


class NoSlotsError(LedgerError):
    """Raised for links that are counted in tills, at a door that counts by slot."""

    def __init__(self, kind: str, links: int) -> None:
        super().__init__(
            f"The {kind} links, {links} of them, have no slots to count payments in. Build "
            "them with slots, or let homes pay through `receive_and_be_taxed` or `spend_and_save`."
        )
        self.kind, self.links = kind, links


class NotOfTheHomesError(LedgerError):
    """Raised for links or columns that do not stand home for home beside the accounts."""

    def __init__(self, kind: str, what: str, found: int, wanted: int) -> None:
        super().__init__(
            f"{kind.capitalize()}: {what} is {found}, and the ledger's homes make it {wanted}. "
            "Build links and columns with one entry for each home, from the first home's row on."
        )
        self.kind, self.what, self.found, self.wanted = kind, what, found, wanted


class OverdrawnError(LedgerError):
    """Raised for a payment that its payer cannot make, at a home's door or as the phase closes."""

    def __init__(self, month: int, kind: str) -> None:
        super().__init__(
            f"In month {month} somebody paid more than it held before the phase of {kind} closed. "
            "Pay no more than the balance at its opening, or draw a loan first."
        )
        self.month, self.kind = month, kind


class NotClosedError(LedgerError):
    """Raised when a penny is missing at the close of a month, or an account is overdrawn."""

    def __init__(self, month: int, total: int, by_class: int, lowest: int, row: int) -> None:
        super().__init__(
            f"The books of month {month} do not close: balances are off by {total} pence, flows "
            f"by class by {by_class} pence, and the lowest balance is {lowest} pence on row {row}. "
            f"{REPORT}"
        )
        self.month, self.total, self.by_class = month, total, by_class
        self.lowest, self.row = lowest, row


class DyeLostError(LedgerError):
    """Raised when dye is not accounted for at the close of a month."""

    def __init__(self, month: int, missing: int, above: int) -> None:
        super().__init__(
            f"Dye is not accounted for in month {month}: {missing} units missing, {above} above a "
            f"balance. {REPORT}"
        )
        self.month, self.missing, self.above = month, missing, above
