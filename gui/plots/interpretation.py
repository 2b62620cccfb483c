"""Interpretation: by how much one unit more of each raw feature multiplies the odds of y = 1."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from core.frame import Frame
from core.interpretation import OddsRatio, name_and_unit, odds_ratios
from gui.actions import Actions
from gui.controls.elided import ElidedLabel
from gui.fields import dim_label
from gui.plots.base import Plot
from gui.session import Session
from gui.text import class_text, feature_text, for_tooltip, number, shortened, tr

WEIGHT_WIDTH_PX, RATIO_WIDTH_PX = 64, 104  # fixed, so that nothing shakes while the numbers run
MOST_NAME = 18  # characters
MOST_FEATURES = 2


class Interpretation(Plot):
    """Odds ratios of logistic regression, a row for each feature."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(session, tr("Interpretation"), parent)
        self.header.addWidget(dim_label(tr("odds = P(y = 1) / P(y = 0) = eᶻ")))
        self.area = QWidget()
        self.area.setAccessibleName(tr("Interpretation: the odds ratio of each feature"))
        self.rows = QGridLayout(self.area)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setVerticalSpacing(6)
        self.rows.setColumnStretch(0, 1)
        self.names = [ElidedLabel() for _ in range(MOST_FEATURES)]
        self.weights = [dim_label() for _ in self.names]
        self.ratios = [QLabel() for _ in self.names]
        for row, (name, weight, ratio) in enumerate(zip(self.names, self.weights, self.ratios, strict=True)):
            ratio.setProperty("strong", True)
            self.rows.addWidget(name, row, 0)
            for column, (label, width) in enumerate(((weight, WEIGHT_WIDTH_PX), (ratio, RATIO_WIDTH_PX)), start=1):
                label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                label.setMinimumWidth(width)
                self.rows.addWidget(label, row, column)
        self.body.addWidget(self.area)
        self.sentence = dim_label()
        # Broken by hand: a label that wraps makes the column take the preferred height of all plots, and scroll.
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.body.addWidget(self.sentence)
        self.body.addStretch(1)
        self.start()

    def show_frame(self, frame: Frame) -> None:
        if not self.text_due():
            return
        found = odds_ratios(frame)
        self.area.setVisible(bool(found))
        if not found:
            self.sentence.setText(tr("Odds ratios belong to logistic regression\nwith polynomial degree 1."))
            return
        for of, name, weight, ratio in zip(found, self.names, self.weights, self.ratios, strict=False):
            name.show_text(one_more(of))
            name.setToolTip(for_tooltip(of.feature))
            weight.setText(f"e<sup>{number(of.w)}</sup>")
            ratio.setText(tr("odds × {ratio}").format(ratio=number(of.ratio)))
        for labels in (self.names, self.weights, self.ratios):
            for row, label in enumerate(labels):
                label.setVisible(row < len(found))
        name_1 = class_text(frame.experiment.dataset.class_names[1])
        alone = tr("One unit more\nmultiplies the odds of {name} by this.")
        text = tr("One unit more, the other feature as it is,\nmultiplies the odds of {name} by this.") if len(found) > 1 else alone
        self.sentence.setText(text.format(name=shortened(name_1, MOST_NAME)))


def one_more(of: OddsRatio) -> str:
    """What changes by one: "per +1 year: Age"."""
    name, unit = name_and_unit(of.feature)
    return tr("per +1 {unit}: {name}").format(unit=unit, name=name) if unit else tr("per +1 {name}").format(name=feature_text(name))
