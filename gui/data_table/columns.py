"""The columns of the data table: what each is called, what it says, and whether it can be edited."""

from dataclasses import dataclass

from core.experiment import Experiment
from core.models import gives_probability
from core.order import LABEL, LOSS, OUTPUT, SET, Key
from gui.text import feature_text, for_tooltip, tr


@dataclass(frozen=True)
class Column:
    """`key` tells what stands in it, `name` is how a sentence names it."""

    key: Key
    title: str
    name: str
    tip: str
    editable: bool = False

    @property
    def numeric(self) -> bool:
        """Whether numbers stand in it, aligned at the right."""
        return self.key not in (LABEL, SET)


def columns_of(experiment: Experiment) -> tuple[Column, ...]:
    """The columns for the data and the model of an experiment."""
    dataset = experiment.dataset
    features = [
        Column(j, feature_text(name), name, tr("{name}: the feature in raw units").format(name=for_tooltip(name)), editable=True)
        for j, name in enumerate(dataset.feature_names)
    ]
    label = Column(LABEL, "y", "y", tr("The class of the example"), editable=True)
    if gives_probability(experiment.model):
        output = Column(OUTPUT, tr("P(y = 1)"), "P(y = 1)", tr("f = g(w·x + b): the probability that y = 1, as the model has it now"))
    else:
        output = Column(OUTPUT, "f", "f", tr("f = w·x + b, as the model has it now; class 1 where f ≥ the threshold"))
    if experiment.model == "logistic":
        loss = tr("−log f where y = 1, −log(1 − f) where y = 0; J is the mean over the examples trained on, plus the part of λ")
    else:
        loss = tr("½ (f − y)²; J is the mean over the examples trained on, plus the part of λ")
    made = [*features, label, output, Column(LOSS, tr("loss"), tr("loss"), loss)]
    if dataset.test is not None:
        tip = tr("Whether gradient descent trains on the example, or it is kept back to test on")
        made.append(Column(SET, tr("set"), tr("set"), tip))
    return tuple(made)
