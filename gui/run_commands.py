"""The commands of runs: pin, race, and what is done to the run that is chosen in the table of runs."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from core.errors import DataError
from core.progress import Progress
from gui.actions import Actions
from gui.loading import Loader
from gui.pinned_runs import LIVE, Row
from gui.plot_collection import PlotCollection
from gui.saving import SUFFIX, file_name
from gui.session import Session
from gui.settings import Settings
from gui.text import tr
from gui.workspace import Workspace

VIEW = "runs"
OF_A_GHOST = ("restore run", "rename run", "delete run", "show run")


class RunCommands(QObject):
    """Connects them, and shows the table of runs when the first one is pinned or a race begins. Dialogs stand over `window`."""

    def __init__(
        self, session: Session, actions: Actions, settings: Settings, workspace: Workspace, plots: PlotCollection, window: QWidget
    ) -> None:
        super().__init__(window)
        self.session = session
        self._actions = actions
        self._settings = settings
        self._workspace = workspace
        self._plots = plots
        self._ghosts = 0
        self._under_way: list[Loader] = []
        for name, slot in {
            "pin": self._pin,
            "race": self._race,
            "end race": session.runs.end_race,
            "restore run": self._restore,
            "rename run": self._rename,
            "delete run": self._delete,
            "export run": self._export_run,
            "export runs": self._export_runs,
        }.items():
            actions[name].triggered.connect(slot)
        actions["show run"].triggered.connect(self._show)
        workspace.taken_in.connect(self._taken_in)
        for signal in (session.runs.changed, session.runs.chosen_changed, session.runs.shown_changed):
            signal.connect(self._enable)
        session.runs.changed.connect(self._appear)
        self._connected = False
        self._taken_in()
        self._enable()

    def close(self) -> None:
        """Wait until all is written."""
        for loader in self._under_way:
            loader.finish()

    # Commands.

    def _chosen(self) -> Row | None:
        return self.session.runs.row(self.session.runs.chosen)

    def _pin(self) -> None:
        """The lane of a race that is chosen, or the run under way."""
        chosen = self._chosen()
        self.session.runs.pin(LIVE if chosen is None or chosen.is_pinned else chosen.key)

    def _race(self) -> None:
        from gui.dialogs.race import RaceDialog  # on demand: the start does without the dialogs

        window = self.parent()
        if isinstance(window, QWidget):
            RaceDialog(self.session, window).open()

    def _restore(self) -> None:
        self.session.runs.restore(self.session.runs.chosen)

    def _delete(self) -> None:
        self.session.runs.delete(self.session.runs.chosen)

    def _rename(self) -> None:
        from gui.plots.runs import RunsView

        self._workspace.show_plot(VIEW)
        view = self._plots[VIEW]
        if isinstance(view, RunsView):
            view.area.rename_chosen()

    def _show(self, shown: bool) -> None:
        self.session.runs.show(self.session.runs.chosen, shown)

    def _enable(self) -> None:
        chosen = self._chosen()
        is_ghost = chosen is not None and chosen.key != LIVE
        for name in OF_A_GHOST:
            self._actions[name].setEnabled(is_ghost)
        self._actions["show run"].setChecked(chosen is not None and chosen.shown)
        self._actions["end race"].setEnabled(bool(self.session.experiment.rivals))

    def _appear(self) -> None:
        """When there is something to compare with, and there was not before."""
        ghosts = len(self.session.runs.pinned) + len(self.session.experiment.rivals)
        before, self._ghosts = self._ghosts, ghosts
        if ghosts and not before and self._workspace.enlarged is None:
            self._workspace.show_plot(VIEW)

    def _taken_in(self) -> None:
        view = self._plots.made.get(VIEW)
        if self._connected or view is None:
            return
        from gui.plots.runs import RunsView  # it is there already

        if isinstance(view, RunsView):
            self._connected = True
            view.area.delete_asked.connect(self._delete)
            view.area.restore_asked.connect(self._restore)

    # Export.

    def _export_run(self) -> None:
        """All rows of the run that is chosen."""
        row = self._chosen()
        if row is None:
            return
        trace, name = row.trace, row.name

        def write(path: str, progress: Progress) -> None:
            from core.run_writing import save_trace  # in the thread: the start does without it

            save_trace(trace, path, progress)

        self._export(tr("Export run {name}").format(name=name), file_name(name), write)

    def _export_runs(self) -> None:
        """A row for each run."""
        from core.run_facts import Within, facts_of

        now, bottoms = self.session.experiment, self.session.runs.bottoms
        runs = [
            (row.name, row.experiment, facts_of(row.experiment, row.trace, row.iteration, now, bottoms.of(row.experiment), Within()))
            for row in self.session.runs.rows()
        ]

        def write(path: str, _: Progress) -> None:
            from core.run_writing import save_runs

            save_runs(runs, path)

        self._export(tr("Export the table of runs"), tr("runs"), write)

    def _export(self, title: str, name: str, write: Callable[[str, Progress], None]) -> None:
        suggested = str(Path(self._settings.folder) / f"{name}{SUFFIX}")
        path, _ = QFileDialog.getSaveFileName(self._window(), title, suggested, f"CSV (*{SUFFIX});;{tr('All files')} (*)")
        if not path:
            return

        def work(progress: Progress) -> str:
            return _write(path, write, progress)

        def done(written: str) -> None:
            self.session.report(tr("Saved in {path}").format(path=written))

        self.session.report("")
        self._under_way = [loader for loader in self._under_way if loader.active]
        loader = Loader(self)
        loader.failed.connect(self.session.report)
        self._under_way.append(loader)
        loader.start(work, done)

    def _window(self) -> QWidget | None:
        window = self.parent()
        return window if isinstance(window, QWidget) else None


def _write(path: str, write: Callable[[str, Progress], None], progress: Progress) -> str:
    if not Path(path).suffix:
        path += SUFFIX
        if Path(path).exists():  # the dialog has asked about another name
            raise DataError("{path} is there already; choose that very file to replace it, or another name", path=path)
    write(path, progress)
    return path
