"""The view of scikit-learn: Shift+K, the run and two fits in a table, their boundaries on the plane, a sentence where there is no fit."""

import subprocess
import sys

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.dataset import Dataset, Source
from core.features import FeatureMap
from core.samples import make_sample
from gui.drawing.sklearn_ghost import SklearnGhost
from gui.main_window import MainWindow
from gui.plots.decision_boundary import DecisionBoundary
from gui.plots.sklearn import SklearnView
from tests.gui.conftest import MakeWindow
from tests.gui.hands import LONG_MS, SHIFT, click, key, plane, settled, stepped, train_to_the_end

SHOW_AND_FIT = """
import sys
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from gui.app import create_window
app = QApplication([])
window = create_window(["--sample", "blobs"])
painted = []
window.first_painted.connect(lambda: painted.append("not imported" if "sklearn" not in sys.modules else "imported"))
window.show()
QTest.qWaitForWindowExposed(window)
while not painted:
    QTest.qWait(5)
made = "no view" if "scikit-learn" not in window.plots.made else "a view"
print(f"painted: {made}, {painted[0]}")
window.workspace.show_plot("scikit-learn")
while window.plots["scikit-learn"].fits is None:
    QTest.qWait(5)
print("fitted:", "not imported" if "sklearn" not in sys.modules else "imported")
window.close()
"""


def opened(qtbot: QtBot, window: MainWindow) -> SklearnView:
    """Shift+K, and what it shows once all is computed."""
    key(qtbot, window, Qt.Key.Key_K, SHIFT)
    settled(qtbot, window)
    view = window.plots["scikit-learn"]
    assert isinstance(view, SklearnView)
    assert view.isVisible()
    return view


def row(view: SklearnView, name: str) -> list[str]:
    return [label.text() for label in view.table.rows[name][1:]]


def ghost(window: MainWindow) -> SklearnGhost:
    return plane(window).sklearn


def names_on_the_plane(window: MainWindow) -> list[str]:
    return [layer.text for layer in ghost(window).layers if layer.lines]


def test_a_run_at_the_minimum_agrees_with_the_same_lambda_and_not_with_the_defaults(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "blobs", "--alpha", "3")
    train_to_the_end(qtbot, window)
    view = opened(qtbot, window)
    assert row(view, "lambda") == ["0", "0", "1"]
    assert row(view, "w0") == ["2.451", "2.451", "1.92"]
    assert row(view, "J") == ["0.1649", "0.1649", "0.1695"]
    assert row(view, "accuracy") == ["92.5%", "92.5%", "92.5%"]
    assert float(row(view, "dw")[1].replace("−", "-")) < 1e-5
    assert row(view, "dw")[2] == "0.531"
    assert row(view, "differ")[1:] == ["0", "0"]
    assert "its default, C = 1, is λ = 1; here λ = 0" in view.derivation.text()
    assert view.warning.isHidden() and view.problem.isHidden()


def test_the_column_of_the_run_follows_the_frame_and_nothing_is_fitted_again(qtbot: QtBot, window: MainWindow) -> None:
    view = opened(qtbot, window)
    fits = view.fits
    assert fits is not None
    assert row(view, "w0")[0] == "0"
    stepped(qtbot, window.session, 100)
    assert row(view, "w0")[0] == f"{window.session.frame_now.w[0]:.4g}".replace("-", "−")
    window.session.edit("Change learning rate", alpha=0.2)
    settled(qtbot, window)
    assert view.fits is fits


def test_an_edit_of_points_or_lambda_fits_again(qtbot: QtBot, window: MainWindow) -> None:
    view = opened(qtbot, window)
    before = row(view, "w0")
    click(qtbot, plane(window).area, (2.0, 1.0))
    assert row(view, "w0")[1:] == ["…", "…"]
    settled(qtbot, window)
    moved = row(view, "w0")
    assert moved != before
    window.session.edit("Regularization", lambda_=1.0)
    settled(qtbot, window)
    assert row(view, "lambda") == ["1", "1", "1"]
    assert row(view, "w0")[1] != moved[1]
    assert "as here" in view.derivation.text()


def test_both_boundaries_are_on_the_plane_while_the_view_is_shown(qtbot: QtBot, window: MainWindow) -> None:
    opened(qtbot, window)
    assert names_on_the_plane(window) == ["scikit-learn, same λ", "scikit-learn, defaults"]
    lines = [layer.lines for layer in ghost(window).layers]
    train_to_the_end(qtbot, window)
    assert [layer.lines for layer in ghost(window).layers] == lines, "a frame finds no line anew"
    key(qtbot, window, Qt.Key.Key_K, SHIFT)
    assert names_on_the_plane(window) == []
    key(qtbot, window, Qt.Key.Key_K, SHIFT)
    settled(qtbot, window)
    assert len(names_on_the_plane(window)) == 2


def test_the_boundary_stands_where_f_is_at_the_threshold(qtbot: QtBot, window: MainWindow) -> None:
    view = opened(qtbot, window)
    for threshold in (0.5, 0.8):
        window.session.edit("Threshold", threshold=threshold)
        fit = view.fits.default if view.fits else None
        assert fit is not None
        points = ghost(window).layers[1].lines[0].points
        assert points @ fit.w + fit.b == pytest.approx(np.log(threshold / (1 - threshold)), abs=1e-9)


def test_curves_and_one_feature_have_a_boundary_too(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "moons", "--degree", "3", "--lambda", "0.1")
    opened(qtbot, window)
    assert len(ghost(window).layers[0].lines[0].points) > 20
    window.session.edit("One feature", dataset=make_sample("course-1d"), degree=1)
    settled(qtbot, window)
    points = ghost(window).layers[0].lines[0].points
    assert points[0, 0] == points[1, 0]


def test_a_plane_made_late_has_the_curves_too(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "moons", "--degree", "3", "--lambda", "0.1")
    opened(qtbot, window)
    late = DecisionBoundary(window.session, window.actions_by_name, window.centralWidget())
    assert [len(layer.lines) > 0 for layer in late.sklearn.layers] == [True, True]


def test_separable_classes_are_told_that_there_is_no_minimum(qtbot: QtBot, window: MainWindow) -> None:
    view = opened(qtbot, window)
    assert "J has no minimum" in view.warning.text()
    window.session.edit("Regularization", lambda_=1.0)
    settled(qtbot, window)
    assert view.warning.isHidden()


def test_linear_regression_is_compared_with_its_own_kind(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "blobs", "--model", "linear", "--lambda", "2")
    view = opened(qtbot, window)
    assert [head.toolTip() for head in view.table.heads[1:]] == ["Ridge(alpha=2)", "LinearRegression()"]
    assert "Ridge" in view.derivation.text()


def test_what_cannot_be_compared_is_one_sentence(qtbot: QtBot, window: MainWindow) -> None:
    view = opened(qtbot, window)
    window.session.edit("Model", model="squared")
    settled(qtbot, window)
    assert "no squared error" in view.problem.text()
    assert not view.table.isVisible()
    assert names_on_the_plane(window) == []
    window.opening.new_dataset()
    window.session.edit("Model", model="logistic")
    settled(qtbot, window)
    assert "at least one example of each class" in view.problem.text()


def test_without_scikit_learn_the_view_says_how_to_get_it_and_takes_it_once_it_is_there(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "sklearn", None)
        view = opened(qtbot, window)
        assert "pip install scikit-learn" in view.problem.text()
        assert not view.table.isVisible()
    key(qtbot, window, Qt.Key.Key_K, SHIFT)
    opened(qtbot, window)
    assert view.problem.isHidden()
    assert row(view, "w0")[2] == "0.9041"


def test_the_window_closes_while_a_fit_is_under_way(qtbot: QtBot, window: MainWindow) -> None:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(50_000, 2))
    dataset = Dataset(X, X[:, 0] + rng.normal(size=len(X)) > 0, source=Source("Long"))
    FeatureMap.of(dataset, 6)
    window.session.edit("Long", dataset=dataset, degree=6, lambda_=1.0)
    key(qtbot, window, Qt.Key.Key_K, SHIFT)
    qtbot.waitUntil(lambda: window.session.computing, timeout=LONG_MS)
    window.close()
    assert not window.session.computing


def test_many_examples_have_their_figures_too(qtbot: QtBot, window: MainWindow) -> None:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(30_000, 2))
    dataset = Dataset(X, X[:, 0] + rng.normal(size=len(X)) > 0, source=Source("Many"))
    FeatureMap.of(dataset)
    window.session.edit("Many", dataset=dataset, lambda_=1.0)
    view = opened(qtbot, window)
    assert row(view, "accuracy")[1].endswith("%")
    train_to_the_end(qtbot, window)
    assert row(view, "differ")[1] == "0"


def test_the_program_itself_never_imports_scikit_learn() -> None:
    run = subprocess.run([sys.executable, "-W", "error", "-c", SHOW_AND_FIT], capture_output=True, text=True, check=False)
    assert run.stdout == "painted: no view, not imported\nfitted: not imported\n", run.stderr
    assert run.stderr == ""
