"""Panel: a view of controls. A new panel is one file with a subclass, and one line in the registry PANELS."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import UserError
from core.frame import Frame
from gui.controls.flat_button import FlatButton
from gui.fields import NumberField, dim_label, not_a_number, parse_number
from gui.session import Session
from gui.text import tr
from gui.view import View


class Panel(View):
    """Controls that change the experiment, and numbers of the run. Folded, it is its title and summary() on one line."""

    def __init__(self, session: Session, title: str, parent: QWidget | None = None) -> None:
        super().__init__(session, title, parent)
        self.content = QWidget()
        self.body.addWidget(self.content)
        self._whole = self.body
        self.body = QVBoxLayout(self.content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(self._whole.spacing())
        self.fold = FlatButton(tr("Fold {panel}").format(panel=title), tr("Fold this panel to one line, or unfold it"))
        self.header.insertWidget(1, self.fold)
        self.folded_summary = dim_label()
        self.folded_summary.hide()
        self.header.addWidget(self.folded_summary)
        self.fold.toggled.connect(self._folded)
        self._folded(False)

    def summary(self) -> str:
        """What stands beside the title while the panel is folded."""
        return ""

    def whole_height(self) -> int:
        """Height in pixels that the panel takes when it is not folded."""
        shown = self.sizeHint().height()
        return shown + self._whole.spacing() + self.content.sizeHint().height() if self.fold.isChecked() else shown

    def _folded(self, folded: bool) -> None:
        self.content.setVisible(not folded)
        self.fold.setText("▸" if folded else "▾")
        self.folded_summary.setText(self.summary() if folded else "")
        self.folded_summary.setVisible(bool(self.folded_summary.text()))

    def read_number(self, field: NumberField, text: str, use: Callable[[float], Any]) -> None:
        """Hand the number in `text` to `use`; say what is wrong when that cannot be done."""
        self._read(field, text, lambda: use(parse_number(text)))

    def read_numbers(self, field: NumberField, text: str, use: Callable[[list[float]], Any]) -> None:
        """The same for numbers separated by commas or semicolons, or by blanks alone."""
        self._read(field, text, lambda: use([parse_number(part) for part in _parts(text)]))

    def _read(self, field: NumberField, text: str, read: Callable[[], Any]) -> None:
        try:
            read()
        except UserError as error:
            self._refuse(field, error)
        except ValueError:
            self._refuse(field, not_a_number(field.accessibleName(), text))
        else:
            field.mark_invalid(False)
            if not any(other.property("invalid") for other in self.findChildren(NumberField)):
                self.session.report("")
            self.show_experiment()

    def _refuse(self, field: NumberField, message: str | UserError) -> None:
        field.mark_invalid(True)
        self.session.report(message)

    def _experiment_changed(self) -> None:
        super()._experiment_changed()
        if self.fold.isChecked():
            self._folded(True)

    def _frame_came(self, frame: Frame) -> None:
        if self.text_due():
            super()._frame_came(frame)


def _parts(text: str) -> list[str]:
    separated = text.replace(";", ",").strip(", ")
    return separated.split(",") if "," in separated else separated.split() or [""]
