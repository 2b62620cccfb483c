"""How the functions here are compiled: without the interpreter's lock, and with sums in any order, so that they vectorize.

fastmath without nnan and ninf: a descent that diverges must show inf or nan, not nonsense.
"""

import contextlib
from typing import Any

import numba

_COMMON: dict[str, Any] = {"nogil": True, "error_model": "numpy"}
_SUMS = {"reassoc", "contract", "arcp", "nsz"}
_ONLY_CALLED_FROM_HERE: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}

inner = numba.njit(**_COMMON, **_ONLY_CALLED_FROM_HERE, fastmath=_SUMS)
inlined = numba.njit(**_COMMON, **_ONLY_CALLED_FROM_HERE, fastmath=_SUMS, forceinline=True)  # a call with six arrays takes 30 ns
exact = numba.njit(**_COMMON, **_ONLY_CALLED_FROM_HERE, fastmath={"contract"}, forceinline=True)  # in the order that is written


def entry(function: Any) -> Any:
    """What the window calls, kept on disk where there is a folder for it."""
    made = numba.njit(**_COMMON, fastmath=_SUMS)(function)
    with contextlib.suppress(RuntimeError):  # neither the package nor the user's cache folder can be written
        made.enable_caching()
    return made
