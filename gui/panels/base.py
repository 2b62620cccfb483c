"""Panel: a view of controls. A new panel is one file with a subclass, and one line in the registry PANELS."""

from collections.abc import Callable
from typing import Any

from core.errors import UserError
from core.frame import Frame
from gui.fields import NumberField, not_a_number, parse_number
from gui.view import View


class Panel(View):
    """Controls that change the experiment, and numbers of the run."""

    def read_number(self, field: NumberField, text: str, use: Callable[[float], Any]) -> None:
        """Hand the number in `text` to `use`; say what is wrong when that cannot be done."""
        self._read(field, text, lambda: use(parse_number(text)))

    def read_numbers(self, field: NumberField, text: str, use: Callable[[list[float]], Any]) -> None:
        """The same for numbers separated by commas or semicolons."""
        self._read(field, text, lambda: use([parse_number(part) for part in text.replace(";", ",").strip(", ").split(",")]))

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

    def _frame_came(self, frame: Frame) -> None:
        if self.text_due():
            super()._frame_came(frame)
