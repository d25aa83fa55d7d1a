"""Asks memory for a row that a kernel will write to soon, so that the kernel need not wait for it.

A processor looks ahead by itself while each step is short: so money moves without it. Where a step
moves four tags of dye it looks but a few payments ahead, and whatever lies beyond its caches is
waited for.
"""

from typing import Any

import numba
from numba.core import cgutils, types
from numba.extending import intrinsic

AHEAD = 24
"""Payments between the call for a row and the use of it."""
FAR = 20_000
"""Rows of money and four tags from which on they outgrow the second cache of most processors."""


def _fetch_nothing(column: Any, row: Any) -> None:
    """Do what `fetch` does where kernels are not compiled: nothing."""


def _fetch_compiled(typing_context: Any, column: Any, row: Any) -> Any:
    """Fetch a row of an array of one or two dimensions, where it is one: there is no test."""

    def generate(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        array_type, row_type = signature.args
        array = context.make_array(array_type)(context, builder, values[0])
        first = context.get_constant(types.intp, 0)
        at = [context.cast(builder, values[1], row_type, types.intp)]
        at += [first] * (array_type.ndim - 1)
        place = cgutils.get_item_pointer(context, builder, array_type, array, at, wraparound=False)
        place = builder.bitcast(place, cgutils.voidptr_t)
        number, ir = cgutils.int32_t, cgutils.ir
        wanted = ir.FunctionType(ir.VoidType(), [place.type, number, number, number])
        ask = cgutils.get_or_insert_function(builder.module, wanted, "llvm.prefetch.p0i8")
        to_write, keep_near, of_data = number(1), number(3), number(1)
        builder.call(ask, [place, to_write, keep_near, of_data])
        return context.get_dummy_value()

    return types.void(column, row), generate


fetch: Any = _fetch_nothing if numba.config.DISABLE_JIT else intrinsic(_fetch_compiled)
"""Ask memory for row `row` of an array; nothing comes of it but speed."""
