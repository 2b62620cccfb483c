"""scikit-learn's fits of the columns that descent works on; its names (coef_, intercept_, C) stay in this file.

    LogisticRegression minimises   C Σ loss + ½ Σ w_j²            divided by C m:  1/m Σ loss + 1/(2 C m) Σ w_j²
                                                                  that is our J with lambda_ = 1/C; its default C = 1 is lambda_ = 1
    Ridge minimises                Σ (f - y)² + alpha Σ w_j²      divided by 2 m: our J with lambda_ = alpha
    LinearRegression minimises     Σ (f - y)²                     our J with lambda_ = 0

This file is a program as well, of which core.sklearn_process starts one: the import takes seconds and holds the interpreter, which the
window must not feel. It reads requests on its standard input, a line of JSON and the bytes of X (m, n), column after column, and y (m,),
and answers each with a line of JSON. It ends with its input, or when nothing was asked for IDLE_S. Knows nothing of the rest of core.
"""

import json
import math
import os
import sys
import threading
import warnings
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

IDLE_S = 90.0
MOST_STEPS = 1000
LEAST_TOLERANCE = 1e-12

Array = NDArray[np.float64]
Answer = dict[str, Any]


def fits(X: Array, y: Array, model: str, lambda_: float) -> list[Answer]:
    """Two fits of columns X (m, n), y (m,): with lambda_, and with scikit-learn's defaults.

    Each has `call`, `lambda_`, w, b, `steps` and `finished`, or `call`, `lambda_` and `error`. model: logistic or linear.
    """
    from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge

    made: list[tuple[str, float, Any]]
    if model == "linear":
        plain = "LinearRegression()", 0.0, LinearRegression()
        made = [plain if lambda_ == 0 else (f"Ridge(alpha={lambda_:.6g})", lambda_, Ridge(alpha=lambda_)), plain]
    else:
        C = 1.0 / lambda_ if lambda_ else math.inf
        best = LogisticRegression(C=C, solver="newton-cholesky", tol=LEAST_TOLERANCE, max_iter=MOST_STEPS)
        call = f"LogisticRegression(C={'np.inf' if math.isinf(C) else format(C, '.6g')})"
        made = [(call, lambda_, best), ("LogisticRegression()", 1.0, LogisticRegression())]
    return [{"call": call, "lambda_": used, **_fit(regression, X, y)} for call, used, regression in made]


def _fit(regression: Any, X: Array, y: Array) -> Answer:
    with warnings.catch_warnings(record=True) as told, np.errstate(all="ignore"):
        warnings.simplefilter("always")
        try:
            regression.fit(X, y)
        except Exception as error:  # whatever a solver raises on whatever numbers: told, not lost
            return {"error": " ".join(str(error).split())[:200] or type(error).__name__}
    w, b = np.ravel(regression.coef_).astype(float), float(np.ravel(regression.intercept_)[0])
    if not np.isfinite([*w, b]).all():
        return {"error": "its w, b are not finite"}
    steps = getattr(regression, "n_iter_", None)
    stopped = any(warning.category.__name__ == "ConvergenceWarning" for warning in told)
    return {"w": w.tolist(), "b": b, "steps": None if steps is None else int(np.max(steps)), "finished": not stopped}


def loaded() -> Answer:
    """Import scikit-learn: its version, or why it cannot be used."""
    try:
        import sklearn
        import sklearn.linear_model  # here, so that the first fit does not wait for it
    except ModuleNotFoundError as error:
        return {"absent": True} if error.name == "sklearn" else {"broken": str(error)}
    except Exception as error:  # a half-removed package raises anything
        return {"broken": " ".join(str(error).split())[:200] or type(error).__name__}
    return {"version": str(sklearn.__version__)}


def _main() -> None:
    source, answers = sys.stdin.buffer, sys.stdout.buffer
    _say(answers, loaded())
    while True:
        idle = threading.Timer(IDLE_S, os._exit, (0,))
        idle.daemon = True
        idle.start()
        line = source.readline()
        idle.cancel()
        if not line:
            return
        asked = json.loads(line)
        m, n = asked["m"], asked["n"]
        X = np.frombuffer(_exactly(source, 8 * m * n), dtype=np.float64).reshape((m, n), order="F")
        y = np.frombuffer(_exactly(source, 8 * m), dtype=np.float64)
        _say(answers, {"fits": fits(X, y, asked["model"], asked["lambda_"])})


def _exactly(source: IO[bytes], count: int) -> bytes:
    data = source.read(count)
    if len(data) < count:
        raise SystemExit(1)  # whoever asked is gone
    return data


def _say(answers: IO[bytes], answer: Answer) -> None:
    answers.write(json.dumps(answer).encode() + b"\n")
    answers.flush()


if __name__ == "__main__":
    _main()
