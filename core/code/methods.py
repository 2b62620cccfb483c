"""How w and b are updated, in a script: gradient_descent() by each method of core.descents.

A method that is not in CODE is written as gradient descent, and core.code.script says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from core.experiment import Experiment
from core.update_rules import SEQUENTIAL

Lines = tuple[str, ...]


@dataclass(frozen=True)
class MethodCode:
    """`update`: the lines inside the loop over iterations; `before` it; `settings`: the names of further parameters, and their fields.

    told: what keeps the script from making the very same run.
    """

    update: Lines
    before: Lines = ()
    settings: tuple[tuple[str, str], ...] = ()
    told: str = ""


SIMULTANEOUS = MethodCode(
    (
        "# Simultaneously: all derivatives are taken before w or b is overwritten.",
        "dj_dw, dj_db = compute_gradient(X, y, w, b, lambda_)",
        "w = w - alpha * dj_dw",
        "b = b - alpha * dj_db",
    )
)
ONE_AFTER_THE_OTHER = MethodCode(
    (
        "# One after the other: each derivative sees what was updated before it.",
        "for j in range(len(w)):",
        "    dj_dw, _ = compute_gradient(X, y, w, b, lambda_)",
        "    w[j] = w[j] - alpha * dj_dw[j]",
        "_, dj_db = compute_gradient(X, y, w, b, lambda_)",
        "b = b - alpha * dj_db",
    )
)
V = ("v_w, v_b = np.zeros(len(w)), 0.0",)
GO = ("v_w, v_b = beta * v_w - alpha * dj_dw, beta * v_b - alpha * dj_db", "w, b = w + v_w, b + v_b")
BETA = (("beta", "momentum"),)
BATCHES = MethodCode(
    (
        "if len(order) == 0:",
        "    order = rng.permutation(m)  # each pass takes every example once",
        "batch, order = order[:batch_size], order[batch_size:]",
        "dj_dw, dj_db = compute_gradient(X[batch], y[batch], w, b, lambda_ * len(batch) / m)",
        "w = w - alpha * dj_dw",
        "b = b - alpha * dj_db",
    ),
    ("rng, m, order = np.random.default_rng(seed), len(y), []",),
    (("batch_size", "batch_size"), ("seed", "seed")),
    "this script takes the examples in another random order than Descent Lab does, so its w, b are a little different.",
)
CODE: dict[str, MethodCode] = {
    "stochastic": BATCHES,
    "mini-batch": BATCHES,
    "momentum": MethodCode(("dj_dw, dj_db = compute_gradient(X, y, w, b, lambda_)", *GO), V, BETA),
    "nesterov": MethodCode(
        (
            "# The gradient is taken where v alone would lead.",
            "dj_dw, dj_db = compute_gradient(X, y, w + beta * v_w, b + beta * v_b, lambda_)",
            *GO,
        ),
        V,
        BETA,
    ),
    "adam": MethodCode(
        (
            "dj_dw, dj_db = compute_gradient(X, y, w, b, lambda_)",
            "d = np.append(dj_dw, dj_db)",
            "p = beta * p + (1 - beta) * d",
            "q = beta2 * q + (1 - beta2) * d**2",
            "step = alpha * p / (1 - beta**t) / (np.sqrt(q / (1 - beta2**t)) + 1e-8)",
            "w, b = w - step[:-1], b - step[-1]",
        ),
        ("p, q = np.zeros(len(w) + 1), np.zeros(len(w) + 1)", "beta2 = 0.999"),
        BETA,
    ),
    "newton": MethodCode(
        (
            "dj_dw, dj_db = compute_gradient(X, y, w, b, lambda_)",
            "H = compute_hessian(X, w, b, lambda_)",
            "step = alpha * np.linalg.lstsq(H, np.append(dj_dw, dj_db), rcond=None)[0]",
            "w, b = w - step[:-1], b - step[-1]",
        )
    ),
}


def code_of(experiment: Experiment) -> MethodCode:
    """The update of this experiment."""
    return CODE.get(experiment.method) or (ONE_AFTER_THE_OTHER if experiment.update == SEQUENTIAL else SIMULTANEOUS)


def settings_of(experiment: Experiment) -> dict[str, str]:
    """Further parameters of gradient_descent(), and their values."""
    values = {name: getattr(experiment, field) for name, field in code_of(experiment).settings}
    if experiment.method == "stochastic":
        values["batch_size"] = 1
    return {name: repr(float(value) if isinstance(value, float) else int(value)) for name, value in values.items()}


def descent_functions(experiment: Experiment) -> list[list[str]]:
    """The definition of gradient_descent(), and what it needs beside compute_gradient()."""
    code = code_of(experiment)
    parameters = ", ".join(["X", "y", "w_in", "b_in", "alpha", "num_iters", "lambda_", *settings_of(experiment)])
    count = "for t in range(1, num_iters + 1):" if experiment.method == "adam" else "for _ in range(num_iters):"
    lines = ["w, b = w_in.copy(), b_in", *code.before, count, *_indented(code.update), "return w, b"]
    made = [[f"def gradient_descent({parameters}):", *_indented(lines)]]
    return [_hessian(experiment), *made] if experiment.method == "newton" else made


def _hessian(experiment: Experiment) -> list[str]:
    linear = experiment.model == "linear"
    curvature = ["curvature = np.ones(m)"] if linear else ["f = sigmoid(X @ w + b)", "curvature = f * (1 - f)"]
    lines = ["m, n = X.shape", *curvature, "A = np.column_stack([X, np.ones(m)])", "H = A.T @ (A * curvature[:, np.newaxis]) / m"]
    return [
        "def compute_hessian(X, w, b, lambda_):",
        '    """The second derivatives of J by w_1, …, w_n, b."""',
        *_indented(lines),
        "    return H + np.diag(np.append(np.full(n, lambda_ / m), 0.0))",
    ]


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"    {line}" for line in lines]
