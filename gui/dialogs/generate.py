"""Generate: a dataset drawn with parameters of one's choice, live on the plane."""

from PySide6.QtWidgets import QComboBox, QWidget

from core.generators import GENERATORS, PARAMETERS, Generator
from gui.background import Background
from gui.dialogs.live import Draw, LiveDialog
from gui.fields import Form
from gui.session import Session
from gui.text import tr

KIND_PX = 222


class GenerateDialog(LiveDialog):
    """Choice of a generator, and its parameters; those that it does not use are hidden."""

    def __init__(self, session: Session, background: Background, parent: QWidget) -> None:
        super().__init__(session, background, tr("Generate a dataset"), tuple(PARAMETERS.values()), parent)
        self.kind = QComboBox()
        for key, generator in GENERATORS.items():
            self.kind.addItem(tr(generator.title), key)
        form = Form(KIND_PX)
        form.add_row(tr("Dataset"), self.kind, tr("What the two classes look like. Starts the run again."))
        self.top.addLayout(form)
        self._sized = False  # the number of examples was chosen, and stays with another kind of dataset
        self.kind.currentIndexChanged.connect(self._choose)
        self.begin_with(self.kind)
        self._show_kind()

    def draw(self) -> Draw:
        generator, values = self._generator(), self.amounts.values
        chosen = {parameter.key: values[parameter.key] for parameter in generator.parameters()}
        return lambda: generator.make(**chosen)

    def step(self) -> str:
        return tr("Generate {name}").format(name=tr(self._generator().title))

    def examples(self) -> int:
        return int(self.amounts.values["size"])

    def _generator(self) -> Generator:
        return GENERATORS[self.kind.currentData()]

    def _choose(self) -> None:
        self._show_kind()
        self.preview()

    def _show_kind(self) -> None:
        generator = self._generator()
        # How many examples and their balance mean the same for every kind.
        kept = {"size", "share"} if self._sized else set()
        self._sized = True
        parameters = generator.parameters()
        self.amounts.show_only([parameter.key for parameter in parameters])
        self.amounts.show_values({parameter.key: parameter.default for parameter in parameters if parameter.key not in kept})
        self.note.setText(tr(generator.note))
        self.fit()
