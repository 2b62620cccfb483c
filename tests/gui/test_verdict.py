"""The verdict in the window: chip, card and message say what the run has come to; the stop rule of the course has its box and its field."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core import diagnosis
from core.trainer import Status
from core.verdict import Ending, Kind
from gui import judge
from gui.fields import CheckBox
from gui.main_window import MainWindow
from gui.panels.descent import DescentPanel
from gui.verdict_card import VerdictCard
from tests.gui.conftest import MakeSession, MakeWindow
from tests.gui.hands import LEFT, action, enter, iterated, key, message, settled, stepped, train_to_the_end

ROOT = Path(__file__).resolve().parents[2]

OPEN_AND_LOAD = """
import sys
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from core.samples import make_sample
from gui.app import create_window
app = QApplication([])
window = create_window(["--sample", "blobs"])
window.show()
window.session.edit("Load", dataset=make_sample("course"))
for _ in range(1000):
    if "core.diagnosis" in sys.modules:
        print("ready")
        break
    QTest.qWait(10)
window.close()
"""


def panel(window: MainWindow) -> DescentPanel:
    found = window.panels["descent"]
    assert isinstance(found, DescentPanel)
    return found


def card(window: MainWindow) -> VerdictCard:
    found = window.findChild(VerdictCard)
    assert found is not None
    return found


@pytest.fixture
def clouds(make_window: MakeWindow) -> MainWindow:
    return make_window("--sample", "blobs", "--alpha", "0.1", "--iterations", "5000")


def test_what_judges_is_imported_before_the_first_run() -> None:
    """Also where a dataset comes before the window had a moment; in the middle of the first frames an import would hold them up."""
    run = subprocess.run([sys.executable, "-c", OPEN_AND_LOAD], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert (run.returncode, run.stdout.strip()) == (0, "ready"), run.stderr


# Chip and card.


def test_the_chip_goes_from_converging_to_at_the_minimum(qtbot: QtBot, clouds: MainWindow) -> None:
    chip = clouds.transport.state
    assert (chip.text(), chip.property("tone")) == ("Not started", "")
    stepped(qtbot, clouds.session, 200)
    assert (chip.text(), chip.property("tone")) == ("Paused · 1.11 × minimum", "good")
    assert "11 % above the minimum" in chip.toolTip()
    clouds.session.set_speed(10.0)
    clouds.session.play()
    qtbot.waitUntil(lambda: chip.text().startswith("Converging · 1."))
    train_to_the_end(qtbot, clouds)
    assert (chip.text(), chip.property("tone")) == ("At the minimum", "good")
    assert message(clouds) == "", "all is well, and nobody need be told"


def test_a_click_on_the_chip_or_a_key_tells_the_whole_of_it_and_takes_it_away(qtbot: QtBot, clouds: MainWindow) -> None:
    chip = clouds.transport.state
    stepped(qtbot, clouds.session, 200)
    qtbot.mouseClick(chip, LEFT)
    assert card(clouds).isVisible()
    assert "J = 0.1828 was still falling" in card(clouds).sentence.text()
    assert card(clouds).advice.text().startswith("Try a larger α: up to 2.6 J falls")
    key(qtbot, clouds, Qt.Key.Key_V)
    assert not card(clouds).isVisible()
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Return)
    assert card(clouds).isVisible()
    assert action(clouds, "verdict").isChecked()
    train_to_the_end(qtbot, clouds)
    assert "at the minimum" in card(clouds).sentence.text(), "it follows the run"


@pytest.mark.parametrize("size", [(1366, 768), (1180, 640), (1920, 1080)])
def test_the_card_has_room_for_its_text_and_stands_above_the_transport(
    qtbot: QtBot, make_window: MakeWindow, size: tuple[int, int]
) -> None:
    window = make_window("--sample", "exams", "--alpha", "0.0005", "--iterations", "5000", size=size)
    key(qtbot, window, Qt.Key.Key_V)
    train_to_the_end(qtbot, window)
    shown = card(window)
    for label in (shown.sentence, shown.advice):
        assert label.height() >= label.heightForWidth(label.width())
    assert shown.geometry().bottom() < window.transport.geometry().top()
    assert shown.geometry().right() < window.transport.geometry().right()
    assert window.transport.state.sizeHint().width() <= window.transport.state.width()


def test_space_plays_while_the_chip_or_the_box_has_the_keyboard(qtbot: QtBot, clouds: MainWindow) -> None:
    for control in (clouds.transport.state, panel(clouds).stop_rule):
        control.setFocus()
        qtbot.keyClick(control, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: clouds.session.training)
        qtbot.keyClick(control, Qt.Key.Key_Space)
        settled(qtbot, clouds)
    assert not panel(clouds).stop_rule.isChecked()


def test_looking_back_is_judged_by_what_was_known_there(qtbot: QtBot, clouds: MainWindow) -> None:
    train_to_the_end(qtbot, clouds)
    clouds.session.seek(100)
    settled(qtbot, clouds)
    assert clouds.transport.state.text() == "Converging · 1.25 × minimum"
    assert clouds.transport.state.toolTip().startswith("Looking back at iteration 100: J falls")


def test_a_run_that_ends_in_a_cycle_says_so_over_the_window(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("--sample", "blobs", "--alpha", "29", "--iterations", "5000")
    train_to_the_end(qtbot, window)
    assert "J jumps to and fro between 0.1684 and 0.1690 for ever" in message(window)
    assert window.transport.state.text() == "Cycle of 2 · 0.1684 / 0.1690"
    assert window.transport.state.property("tone") == "warn"
    key(qtbot, window, Qt.Key.Key_V)
    assert message(window) == "", "the card tells it now"


def test_another_alpha_at_the_end_is_judged_anew_and_told_only_by_the_chip(qtbot: QtBot, clouds: MainWindow) -> None:
    train_to_the_end(qtbot, clouds)
    clouds.session.edit("Change learning rate", alpha=40.0)
    settled(qtbot, clouds)
    assert "lead away from it" in clouds.transport.state.toolTip()
    assert message(clouds) == ""


def test_points_that_separate_the_classes_change_the_verdict(qtbot: QtBot, clouds: MainWindow) -> None:
    session = clouds.session
    stepped(qtbot, session, 200)
    dataset = session.experiment.dataset
    w, b = session.frame_now.w, session.frame_now.b
    session.edit_points("Flip", dataset.with_labels([k for k in range(dataset.m) if (dataset.X[k] @ w + b >= 0) != dataset.y[k]], 0.0))
    settled(qtbot, session)
    assert session.judge.now is not None
    assert session.judge.now.J_min is not None
    session.edit_points("Sort", session.experiment.dataset.with_labels(range(dataset.m), 0.0).with_labels(
        [k for k in range(dataset.m) if dataset.X[k] @ w + b >= 0], 1.0
    ))  # fmt: skip
    settled(qtbot, session)
    assert session.judge.now.kind is Kind.SEPARABLE
    assert session.judge.now.J_min is None


def test_while_it_trains_a_verdict_is_asked_for_five_times_a_second(
    qtbot: QtBot, make_session: MakeSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judge, "INTERVAL_MS", 200)
    asked: list[float] = []
    true_diagnose = diagnosis.diagnose

    def counted(*arguments: object, **named: object) -> object:
        asked.append(judge.time.monotonic())
        return true_diagnose(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(diagnosis, "diagnose", counted)
    session = make_session(iterations=10**9)
    session.set_speed(1000.0)
    session.play()
    iterated(qtbot, session, 1000)
    gaps = [b - a for a, b in pairwise(asked[2:])]
    assert gaps
    assert min(gaps) > 0.15


# The stop rule.


def test_the_rule_is_off_until_its_box_is_ticked_and_then_stops_the_run_with_what_it_has_missed(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    window = make_window("--sample", "blobs", "--alpha", "0.01")
    descent, session = panel(window), window.session
    assert (descent.stop_rule.isChecked(), descent.epsilon.isVisible(), descent.epsilon.text()) == (False, False, "0.001")
    qtbot.mouseClick(descent.stop_rule, LEFT)
    assert session.experiment.stop_below == 1e-3
    assert descent.epsilon.isVisible()
    train_to_the_end(qtbot, window)
    assert session.frame_now.iteration == 134
    assert "134 % above the minimum" in message(window)
    assert window.transport.state.text() == "Stopped · 2.34 × minimum"
    enter(qtbot, descent.epsilon, "1e-4")
    settled(qtbot, window)
    assert session.status is Status.PAUSED
    train_to_the_end(qtbot, window)
    trace = session.frame_now.trace
    assert trace.last > 134
    assert trace.J[-2] - trace.J[-1] < 1e-4 <= trace.J[-3] - trace.J[-2]
    assert session.judge.now is not None
    assert session.judge.now.stopped is Ending.RULE


def test_the_box_works_by_enter_and_its_change_can_be_undone(qtbot: QtBot, clouds: MainWindow) -> None:
    box, session = panel(clouds).stop_rule, clouds.session
    assert isinstance(box, CheckBox)
    stepped(qtbot, session, 30)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert session.experiment.stop_below == 1e-3
    enter(qtbot, panel(clouds).epsilon, "0.5")
    session.undo_stack.undo()
    assert session.experiment.stop_below == 1e-3
    assert panel(clouds).epsilon.text() == "0.001"
    session.undo_stack.undo()
    assert session.experiment.stop_below is None
    assert not box.isChecked()
    settled(qtbot, clouds)
    assert session.frame_now.iteration == 30, "the run is another one for none of it"
    assert session.frame_now.trace.marks == ()


def test_an_epsilon_that_is_none_is_refused(qtbot: QtBot, clouds: MainWindow) -> None:
    qtbot.mouseClick(panel(clouds).stop_rule, LEFT)
    enter(qtbot, panel(clouds).epsilon, "0")
    assert message(clouds) == "Stop rule ε 0 is not possible; give a number above 0, such as 0.001"
    assert clouds.session.experiment.stop_below == 1e-3


def test_after_the_rule_a_step_is_made_all_the_same_and_play_begins_anew(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(alpha=0.1, stop_below=1e-2, iterations=500)
    train_to_the_end(qtbot, session)
    stopped_at = session.frame_now.iteration
    assert 0 < stopped_at < 500
    session.step()
    settled(qtbot, session)
    assert session.frame_now.iteration == stopped_at + 1
    train_to_the_end(qtbot, session)
    assert session.frame_now.iteration == stopped_at
