"""The models in a script, in the course's names: sigmoid, compute_cost, compute_gradient; as whole arrays or as loops."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ModelCode:
    """How a model is written: f of z, the loss, and the error that is multiplied by x, for whole arrays and for one example."""

    title: str
    has_sigmoid: bool
    loss: tuple[str, str]
    error: tuple[str, str]
    loss_of_z: bool = False


SQUARED_ERROR = ("(f - y) ** 2 / 2", "(f_i - y[i]) ** 2 / 2")
MODELS: dict[str, ModelCode] = {
    "logistic": ModelCode(
        "Logistic regression",
        True,
        ("np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))", "max(z_i, 0) - y[i] * z_i + np.log1p(np.exp(-abs(z_i)))"),
        ("f - y", "f_i - y[i]"),
        loss_of_z=True,
    ),
    "linear": ModelCode("Linear regression", False, SQUARED_ERROR, ("f - y", "f_i - y[i]")),
    "squared": ModelCode(
        "A sigmoid with the squared error", True, SQUARED_ERROR, ("(f - y) * f * (1 - f)", "(f_i - y[i]) * f_i * (1 - f_i)")
    ),
}
LOG_LOSS = "        # -y log f - (1 - y) log(1 - f), in a form that never overflows"


def functions(model: str, *, loops: bool) -> list[list[str]]:
    """The definitions, each a list of lines."""
    code = MODELS[model]
    made = [_sigmoid()] if code.has_sigmoid else []
    both = [_cost_loops(code), _gradient_loops(code)] if loops else [cost(model), _gradient(code)]
    return [*made, *both]


def _sigmoid() -> list[str]:
    return ["def sigmoid(z):", "    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))  # e^500 is still a number"]


def cost(model: str) -> list[str]:
    """The definition of compute_cost() for whole arrays."""
    code = MODELS[model]
    lines = ["def compute_cost(X, y, w, b, lambda_):", "    m = len(y)"]
    if code.loss_of_z:
        lines += ["    z = X @ w + b", LOG_LOSS.removeprefix("    "), f"    loss = {code.loss[0]}"]
    else:
        lines += [f"    f = {'sigmoid(X @ w + b)' if code.has_sigmoid else 'X @ w + b'}", f"    loss = {code.loss[0]}"]
    return [*lines, "    return np.sum(loss) / m + lambda_ / (2 * m) * np.sum(w**2)"]


def _gradient(code: ModelCode) -> list[str]:
    return [
        "def compute_gradient(X, y, w, b, lambda_):",
        "    m = len(y)",
        f"    f = {'sigmoid(X @ w + b)' if code.has_sigmoid else 'X @ w + b'}",
        f"    error = {code.error[0]}",
        "    dj_dw = X.T @ error / m + lambda_ / m * w",
        "    dj_db = np.sum(error) / m",
        "    return dj_dw, dj_db",
    ]


def _cost_loops(code: ModelCode) -> list[str]:
    lines = ["def compute_cost(X, y, w, b, lambda_):", "    m, n = X.shape", "    cost = 0.0", "    for i in range(m):"]
    lines += ["        z_i = b", "        for j in range(n):", "            z_i += w[j] * X[i, j]"]
    if code.loss_of_z:
        lines += [LOG_LOSS]
    else:
        lines += [f"        f_i = {'sigmoid(z_i)' if code.has_sigmoid else 'z_i'}"]
    lines += [f"        cost += {code.loss[1]}", "    cost = cost / m", "    for j in range(n):"]
    return [*lines, "        cost += lambda_ / (2 * m) * w[j] ** 2", "    return cost"]


def _gradient_loops(code: ModelCode) -> list[str]:
    return [
        "def compute_gradient(X, y, w, b, lambda_):",
        "    m, n = X.shape",
        "    dj_dw, dj_db = np.zeros(n), 0.0",
        "    for i in range(m):",
        "        z_i = b",
        "        for j in range(n):",
        "            z_i += w[j] * X[i, j]",
        f"        f_i = {'sigmoid(z_i)' if code.has_sigmoid else 'z_i'}",
        f"        error_i = {code.error[1]}",
        "        for j in range(n):",
        "            dj_dw[j] += error_i * X[i, j]",
        "        dj_db += error_i",
        "    for j in range(n):",
        "        dj_dw[j] = dj_dw[j] / m + lambda_ / m * w[j]",
        "    return dj_dw, dj_db / m",
    ]
