"""What the settings of a method may be."""

import math

import numpy as np

from core.descents import GRADIENT, METHODS, NEWTON
from core.errors import SettingError
from core.update_rules import SIMULTANEOUS

MAX_BATCH_SIZE = 1_000_000_000
MAX_SEED = 2**32 - 1
NOT_CONVEX = "squared"


def check_method(method: str, model: str, update: str, batch_size: int, seed: int, momentum: float) -> None:
    """Raises SettingError when the method is not known, does not go with model or update rule, or one of its settings is out of range."""
    if method not in METHODS:
        raise SettingError("Method {value} is not known; choose one of {allowed}", value=method, allowed=", ".join(METHODS))
    if not _whole(batch_size) or not 1 <= batch_size <= MAX_BATCH_SIZE:
        raise SettingError(
            "Batch size {value} is not possible; give a whole number of examples from 1 to {most:,}",
            value=_text(batch_size),
            most=MAX_BATCH_SIZE,
        )
    if not _whole(seed) or not 0 <= seed <= MAX_SEED:
        raise SettingError("Order seed {value} is not possible; give a whole number from 0 to {most:,}", value=_text(seed), most=MAX_SEED)
    if not _number(momentum) or not 0 <= momentum < 1:
        raise SettingError("Momentum β {value} is not possible; give a number from 0 up to, not including, 1", value=_text(momentum))
    if method == NEWTON and model == NOT_CONVEX:
        raise SettingError(
            "Newton's method needs a convex cost J, and that of squared error with g(z) is not; choose another method or model"
        )
    if method != GRADIENT and update != SIMULTANEOUS:
        raise SettingError(
            "Updates one after the other are for gradient descent with all examples; choose that method, or simultaneous updates"
        )


def _number(value: object) -> bool:
    return isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool) and math.isfinite(value)


def _whole(value: object) -> bool:
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


def _text(value: object) -> str:
    return f"{value:.12g}" if isinstance(value, float) else str(value)
