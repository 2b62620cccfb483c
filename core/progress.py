"""How long work tells how far it has come."""

from collections.abc import Callable

Progress = Callable[[float], object]  # called with 0..1 every few milliseconds; what it raises ends the work
