"""Scores: how well w and b do on the examples trained on, and on those kept back from training."""

from dataclasses import dataclass

from core.dataset import Dataset
from core.frame import Frame


@dataclass(frozen=True)
class Score:
    """Accuracy 0..1 and mean loss on m examples; nan when there are none."""

    m: int
    accuracy: float
    loss: float


@dataclass(frozen=True)
class Scores:
    """The examples trained on, and those kept back; None where none are."""

    training: Score
    test: Score | None


def scores(frame: Frame) -> Scores:
    """Both scores of one frame. With many examples this takes a while: see gui.background."""
    dataset = frame.experiment.dataset
    return Scores(_score(frame, dataset.training), None if dataset.test is None else _score(frame, dataset.kept_back))


def _score(frame: Frame, examples: Dataset) -> Score:
    return Score(examples.m, frame.accuracy(examples), frame.mean_loss(examples))
