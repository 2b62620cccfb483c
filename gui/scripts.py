"""The code behind a run: copied to the clipboard as a Python script, or saved as one."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from core.errors import DataError, UserError
from core.frame import Frame
from core.progress import Progress
from gui.loading import Loader
from gui.saving import SUFFIX as DATA_SUFFIX
from gui.saving import file_name
from gui.session import Session
from gui.settings import Settings
from gui.text import tr

SUFFIX = ".py"
NUMPY, LOOPS, SKLEARN = "numpy", "loops", "sklearn"


def kinds() -> dict[str, str]:
    """The kinds of scripts, and what people call them."""
    return {NUMPY: tr("NumPy"), LOOPS: tr("NumPy with loops"), SKLEARN: tr("scikit-learn")}


class Scripts(QObject):
    """Makes scripts of the run as it is shown, in the background. The dialog stands over `window`."""

    def __init__(self, session: Session, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self.session = session
        self.settings = settings
        self._window = window
        self._background = session.background()
        self._under_way: list[Loader] = []

    @property
    def active(self) -> bool:
        """Whether a file is being written."""
        return any(loader.active for loader in self._under_way)

    def copy_numpy(self) -> None:
        """Whole arrays, as after the course's lesson on vectorization."""
        self._copy(NUMPY)

    def copy_loops(self) -> None:
        """Loops over examples and features, as in the course's labs."""
        self._copy(LOOPS)

    def copy_sklearn(self) -> None:
        """scikit-learn's fit of the same columns."""
        self._copy(SKLEARN)

    def choose_file(self) -> None:
        """Ask for a kind and a place, and save there."""
        names = {f"{text} (*{SUFFIX})": kind for kind, text in kinds().items()}
        suggested = Path(self.settings.folder) / f"{self._name()}{SUFFIX}"
        path, chosen = QFileDialog.getSaveFileName(self._window, tr("Save as Python"), str(suggested), ";;".join(names))
        if path:
            self.save(path, names.get(chosen, NUMPY))

    def save(self, path: str, kind: str) -> None:
        """Write a script; says when it is done, or why it cannot be done."""
        text_of = self._script(kind)
        self.session.report("")

        def write(progress: Progress) -> tuple[str, str]:
            from core.replacing import replace_file

            written = path
            if not Path(path).suffix:
                written += SUFFIX
                if Path(written).exists():  # the dialog has asked about another name
                    raise DataError("{path} is there already; choose that very file to replace it, or another name", path=written)
            text = text_of()
            replace_file(written, [text.encode("utf-8", "replace")])
            return text, written

        def done(made: tuple[str, str]) -> None:
            text, written = made
            self._tell(tr("The script is saved in {path}.").format(path=written), text)

        # One for each file: another save must not end the one before.
        self._under_way = [loader for loader in self._under_way if loader.active]
        loader = Loader(self)
        loader.failed.connect(self.session.report)
        self._under_way.append(loader)
        loader.start(write, done)

    def close(self) -> None:
        """Wait until all is written."""
        for loader in self._under_way:
            loader.finish()

    def _copy(self, kind: str) -> None:
        text_of = self._script(kind)

        def work() -> str | UserError:
            try:
                return text_of()
            except UserError as error:
                return error

        def done(made: str | UserError) -> None:
            if isinstance(made, UserError):
                self.session.report(made)
                return
            QGuiApplication.clipboard().setText(made)
            self._tell(tr("A Python script of this run is on the clipboard: {kind}.").format(kind=kinds()[kind]), made)

        self._background.submit(work, done)

    def _script(self, kind: str) -> Callable[[], str]:
        """What makes the script of the run as it is now, for another thread."""
        frame: Frame = self.session.frame_now
        file = f"{self._name()}{DATA_SUFFIX}"

        def text_of() -> str:
            from core.code.script import Run, python_code  # in the thread: the start does without it

            return python_code(Run.of(frame, file), kind)

        return text_of

    def _name(self) -> str:
        return file_name(self.session.experiment.dataset.title)

    def _tell(self, said: str, script: str) -> None:
        if "np.loadtxt(" in script:
            file = f"{self._name()}{DATA_SUFFIX}"
            said += " " + tr("It reads the examples from {file}: save them beside it with Ctrl+S.").format(file=file)
        from core.code.script import NOT_THE_SAME  # which has made the script, so it is there

        if NOT_THE_SAME in script:
            said += " " + tr("It does not make the same run; its first lines say why.")
        self.session.report(said)
