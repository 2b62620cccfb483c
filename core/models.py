"""The models by name. A model is a module with predict, losses, cost, gradient and z_at."""

from types import ModuleType

from core import linear, logistic, squared
from core.errors import SettingError

MODELS: dict[str, ModuleType] = {"logistic": logistic, "linear": linear, "squared": squared}

LABELS: dict[str, str] = {
    "logistic": "Logistic regression",
    "linear": "Linear regression",
    "squared": "Squared error, g(z)",
}


def check_model(model: str) -> None:
    """Raises SettingError when there is no such model."""
    if model not in MODELS:
        raise SettingError("Model {value} is not known; choose one of {allowed}", value=model, allowed=", ".join(MODELS))


def gives_probability(model: str) -> bool:
    """Whether f = g(z), which lies between 0 and 1 and can be read as P(y = 1); for linear regression f = z."""
    return model != "linear"
