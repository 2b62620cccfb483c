"""The models by name. A model is a module with predict, losses, cost, gradient and z_at."""

from types import ModuleType

from core import linear, logistic, squared

MODELS: dict[str, ModuleType] = {"logistic": logistic, "linear": linear, "squared": squared}

LABELS: dict[str, str] = {
    "logistic": "Logistic regression",
    "linear": "Linear regression",
    "squared": "Squared error, g(z)",
}


def gives_probability(model: str) -> bool:
    """Whether f = g(z), which lies between 0 and 1 and can be read as P(y = 1); for linear regression f = z."""
    return model != "linear"
