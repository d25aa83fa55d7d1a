"""What homes decide once more, slowly: each formula by itself, for one home, in whole numbers."""


def benefit(
    other: int, earned: int, in_row: int, seekers: int, taper: tuple[int, int, int]
) -> int:  # fmt: skip
    """Return a home's benefits: need falls by the taper with earnings, jobseekers add theirs.

    `taper` is what is left out of earnings, the 65,536ths lost of the rest, and what each jobseeker
    is paid; an account of many homes is not tapered.
    """
    disregard, rate, jobseeker = taper
    lost = max(earned - disregard, 0) * rate // 65536
    tested = other if in_row > 1 else max(other - lost, 0)
    return tested + jobseeker * seekers


def wanted(
    free: int, propensity: float, buffer: float, share: float, held: int, saved: int
) -> int:  # fmt: skip
    """Return what a home wants to spend: out of free income, and out of spare wealth."""
    spare = max(held + saved - free - int(free * buffer), 0)
    return int(free * propensity + spare * share)


def free_income(income: int, housing: int, council_tax: int) -> int:
    """Return what is left of an income after the home and the council are paid."""
    return max(income - housing - council_tax, 0)


def drawn(wanted: int, held: int, saved: int) -> int:
    """Return what a home draws from its savings where its account does not reach."""
    return min(max(wanted - held, 0), saved)


def above_buffer(income: int, buffer: float, held: int) -> int:
    """Return what a home can put aside: money above some months of income."""
    return max(held - int(income * buffer), 0)


def year_of(income: int, year: int, begins: bool) -> int:
    """Return the receipts of twelve months; the first month ever stands for a year."""
    before = 12 * income if begins else year
    return before + income - before // 12
