"""The plots of one window by key, each made when it is first asked for: a start need not wait for views that are not shown."""

from collections.abc import Callable, Iterator, Mapping

from gui.actions import Actions
from gui.plots import PLOTS
from gui.plots.base import Plot
from gui.session import Session


class PlotCollection(Mapping[str, Plot]):
    """Every key of PLOTS; `made` are those that are there already. on_made(key, plot) is called with each that comes."""

    def __init__(self, session: Session, actions: Actions) -> None:
        self.made: dict[str, Plot] = {}
        self.on_made: Callable[[str, Plot], None] | None = None
        self._session = session
        self._actions = actions

    def __getitem__(self, key: str) -> Plot:
        if key not in self.made:
            plot = PLOTS[key].make(self._session, self._actions)
            self.made[key] = plot
            if self.on_made is not None:
                self.on_made(key, plot)
        return self.made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(PLOTS)

    def __len__(self) -> int:
        return len(PLOTS)
