"""The models by name. A model is a module with predict, losses, cost, gradient and z_at."""

from types import ModuleType

from core import linear, logistic

MODELS: dict[str, ModuleType] = {"logistic": logistic, "linear": linear}
