"""The payroll kernels once more, slowly: one worker at a time, in plain Python."""

from collections.abc import Sequence


def band_tax(pence: int, floors: Sequence[int], rates: Sequence[int]) -> int:
    """Return the tax on a month's pay: each band's slice at its own rate, rounded down."""
    tops = [*floors[1:], max(pence, floors[-1])]
    slices = [max(min(pence, top) - floor, 0) for floor, top in zip(floors, tops, strict=True)]
    return sum(part * rate // 65536 for part, rate in zip(slices, rates, strict=True))


def net_pay(
    employer: Sequence[int],
    wage: Sequence[int],
    status: Sequence[int],
    ratio: Sequence[int],
    floors: Sequence[int],
    rates: Sequence[int],
) -> tuple[list[int], list[int]]:
    """Return gross pay and tax of each worker; nothing for who is not employed."""
    gross = [
        pence * ratio[row] // 65536 if state == 2 else 0
        for row, pence, state in zip(employer, wage, status, strict=True)
    ]
    return gross, [band_tax(pence, floors, rates) for pence in gross]


def tax_below(floors: Sequence[int], rates: Sequence[int]) -> list[int]:
    """Return the tax that who has reached each band has paid on all bands below it."""
    return [band_tax(floor, floors, rates) for floor in floors]


def wage_slips(
    employer: Sequence[int], payee: Sequence[int], gross: Sequence[int], tax: Sequence[int]
) -> list[tuple[int, int, int, int]]:
    """Write down (employer row, household row, net pay, tax) for who is paid anything."""
    return [
        (row, home, pay - off, off)
        for row, home, pay, off in zip(employer, payee, gross, tax, strict=True)
        if pay > 0
    ]


def owed(
    pay: int, people: int, floor: int, insurance: float, pension: float
) -> tuple[int, int, int]:
    """Return National Insurance, pension contributions and all that is owed for some people."""
    taxed = max(pay - people * floor, 0)
    on_top = int(taxed * insurance), int(pay * pension)
    return *on_top, pay + sum(on_top)


def afforded(held: int, whole: int) -> int:
    """Return the share of a payroll that an employer can pay [1/65536]."""
    return min(max(held, 0), whole) * 65536 // whole if whole > 0 else 65536
