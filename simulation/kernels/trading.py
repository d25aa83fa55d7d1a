"""What each firm owes at the start of trade, and what is left for its owners at the end of it.

One pass over the trading rows takes the place of a dozen over whole columns. Shares of the
register are floats; every product is rounded down to whole pence at once, so no sum of floats
enters the books.
"""

from numba import njit


@njit(cache=True)
def reckon_bills(
    alive, sales_expected, intermediate_share, vat_share, extra_inputs, sales_last, landlord,
    rent_pence, loans, loan_rate, inputs, rent, vat, interest,
):  # fmt: skip
    """Work out what each trading row wants to buy and has to pay this month.

    Parameters
    ----------
    alive : bool[n_firms]
        Rows that trade; the others owe interest alone.
    sales_expected, sales_last : int64[n_firms]
        Sales looked for this month and made in the last [pence].
    intermediate_share, vat_share : float64[n_firms]
        Inputs per pound of sales before VAT; VAT per pound of sales.
    extra_inputs : int64[n_firms]
        What is bought beyond expected sales [pence].
    landlord : int32[n_firms]
        Row of the landlord, -1 where none.
    rent_pence : int64[n_firms]
        Rent of the premises a month [pence].
    loans : int64[n_firms]
        Owed to the bank [pence].
    loan_rate : float
        Interest on loans a month [share].
    inputs, rent, vat, interest : int64[n_firms], written
        Bills of the month [pence].
    """
    for k in range(inputs.size):
        interest[k] = int(loans[k] * loan_rate)
        inputs[k] = 0
        rent[k] = 0
        vat[k] = 0
        if not alive[k]:
            continue
        share = intermediate_share[k] * (1.0 - vat_share[k])
        inputs[k] = int(sales_expected[k] * share) + extra_inputs[k]
        vat[k] = int(sales_last[k] * vat_share[k])
        if landlord[k] >= 0:
            rent[k] = rent_pence[k]


@njit(cache=True)
def tax_profits(
    sales, inputs, payroll, paid_share, duties, taxable, rate, deposits, loss, profit, tax
):
    """Charge tax on each row's profit after the losses that it carries forward.

    Parameters
    ----------
    sales, inputs, payroll, duties : int64[n_firms]
        Sales of the last month; inputs, payroll due and duties of this one [pence].
    paid_share : int64[n_firms]
        Share of its payroll that each row could pay [1/65536].
    taxable : bool[n_firms]
        Rows whose profit is taxed.
    rate : float
        Corporation tax [share of profit].
    deposits : int64[n_firms]
        Money held, which no tax exceeds [pence].
    loss : int64[n_firms], updated
        Losses carried forward [pence].
    profit, tax : int64[n_firms], written
        Profit after tax, and the tax [pence].
    """
    for k in range(tax.size):
        before = sales[k] - inputs[k] - ((payroll[k] * paid_share[k]) >> 16) - duties[k]
        tax[k] = 0
        if taxable[k] and before > loss[k]:
            tax[k] = min(int((before - loss[k]) * rate), deposits[k])
        loss[k] = max(loss[k] - before, 0)
        profit[k] = before - tax[k]


@njit(cache=True)
def spare_cash(deposits, sales_expected, months, loans, alive, spare):
    """Work out what each row holds above its working balance; nothing where it owes the bank.

    Parameters
    ----------
    deposits, sales_expected, loans : int64[n_firms]
        Money held, sales looked for in a month, owed to the bank [pence].
    months : float
        Working balance, in months of expected sales.
    alive : bool[n_firms]
        Rows that trade.
    spare : int64[n_firms], written
        Cash that may be shared out [pence].
    """
    for k in range(spare.size):
        spare[k] = 0
        if alive[k] and loans[k] <= 0:
            spare[k] = max(deposits[k] - int(sales_expected[k] * months), 0)


@njit(cache=True)
def divide_by_rule(spare, rule, shares, parts):
    """Divide each row's spare cash by the shares of its rule, each part rounded down.

    Parameters
    ----------
    spare : int64[n_firms]
        Cash to divide [pence].
    rule : int8[n_firms]
        Which line of `shares` a row follows.
    shares : float64[n_rules, n_parts]
        Parts of a pound; what they do not name stays where it is.
    parts : int64[n_parts, n_firms], written
        Pence of each part.
    """
    for part in range(parts.shape[0]):
        for k in range(spare.size):
            parts[part, k] = int(spare[k] * shares[rule[k], part])
