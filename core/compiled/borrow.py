"""An array without its reference count: every slice of an owned one costs two atomic counts, as much as the work on eight examples."""

from typing import Any

from numba.core import cgutils
from numba.extending import intrinsic

from core.compiled.options import inner
from core.examples import Examples


@intrinsic
def borrowed(typing_context: Any, array: Any) -> Any:
    """The same array, not counted. Only of arguments: whoever called holds those, while a local array would be freed after its last use."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        made = context.make_array(signature.args[0])(context, builder, arguments[0])
        made.meminfo = cgutils.get_null_value(made.meminfo.type)
        made.parent = cgutils.get_null_value(made.parent.type)
        return made._getvalue()

    return array(array), generate


@inner
def borrow_examples(examples: Examples) -> Examples:
    """The same examples, not counted."""
    columns, y, share, real, m, signed, reach, fillers = examples
    return Examples(borrowed(columns), borrowed(y), borrowed(share), borrowed(real), m, borrowed(signed), borrowed(reach), fillers)
