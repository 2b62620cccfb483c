"""Modules are imported as Python does it, without PySide's hook.

PySide takes the place of `__import__` for the sake of `from __feature__ import snake_case` and the like. Its hook reads the source of every
module that anybody imports, once, to see whether it speaks of PySide. Nothing here asks for a feature, and reading 400 sources took a tenth
of the start or more; numba and scikit-learn, which come later, have more.
"""

import builtins

import PySide6.QtCore  # noqa: F401  it brings the hook


def restore() -> None:
    """Put back what the hook has replaced, unless somebody else has replaced the hook, as a debugger may."""
    replaced = getattr(builtins, "__orig_import__", None)
    hook = getattr(builtins, "__feature_import__", None)
    if replaced is not None and builtins.__import__ is hook:
        builtins.__import__ = replaced
