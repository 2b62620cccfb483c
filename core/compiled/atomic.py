"""Numbers that threads share without a lock: element i of an int64 array, loaded, stored and changed in one piece and in order.

numba has these for GPUs only, so here they are for the processor. No compiler may move other loads and stores past them.
"""

from typing import Any

from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

ALIGN = 8  # bytes


def _element(context: Any, builder: Any, array_type: Any, array: Any, index: Any) -> Any:
    made = context.make_array(array_type)(context, builder, array)
    return cgutils.get_item_pointer(context, builder, array_type, made, [index])


@intrinsic
def load(typing_context: Any, array: Any, i: Any) -> Any:
    """array[i], with everything that was written before it was stored."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        pointer = _element(context, builder, signature.args[0], *arguments)
        return builder.load_atomic(pointer, "acquire", ALIGN)

    return types.int64(array, types.intp), generate


@intrinsic
def store(typing_context: Any, array: Any, i: Any, value: Any) -> Any:
    """array[i] = value, after everything written before."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        pointer = _element(context, builder, signature.args[0], *arguments[:2])
        builder.store_atomic(arguments[2], pointer, "release", ALIGN)
        return context.get_dummy_value()

    return types.void(array, types.intp, types.int64), generate


@intrinsic
def add(typing_context: Any, array: Any, i: Any, value: Any) -> Any:
    """array[i] += value; returns what it was before."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        pointer = _element(context, builder, signature.args[0], *arguments[:2])
        return builder.atomic_rmw("add", pointer, arguments[2], "acq_rel")

    return types.int64(array, types.intp, types.int64), generate


@intrinsic
def replace(typing_context: Any, array: Any, i: Any, old: Any, new: Any) -> Any:
    """array[i] = new if it is `old`; returns whether it was."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        pointer = _element(context, builder, signature.args[0], *arguments[:2])
        pair = builder.cmpxchg(pointer, arguments[2], arguments[3], "acq_rel", "acquire")
        return builder.extract_value(pair, 1)

    return types.boolean(array, types.intp, types.int64, types.int64), generate
