"""How the parts are laid out to be looked at: in which order, and how large. Their numbers stay the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from nmf_explorer.session.tasks.latest_task import LatestTask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nmf_explorer.factorize.model.nmf_model import NmfModel
    from nmf_explorer.session.session import Session
    from nmf_explorer.session.tasks.background_task import Report, ShouldStop, Work

_MOST_STEPS = 20


class PartLayout(QObject):
    """Order and size of the parts of the model that is shown.

    While a fit goes on, or is seen again, the parts stay where they are, and are put in order when it has ended: what
    moves thirty times a second cannot be looked at.

    Signals: ``order_changed()`` when another order is asked for, or parts stand at other places; ``zoom_changed()``.
    """

    order_changed = Signal()
    zoom_changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.order = "found"
        self.places: Sequence[int] = range(0)  # which part stands at each place
        self.zoom = 0  # steps larger than what fits, or smaller
        self._ordered: NmfModel | None = None
        self._task = LatestTask(self)
        self._task.succeeded.connect(self._on_ordered)
        session.model_changed.connect(self._follow)
        session.activity_changed.connect(self._follow)

    def sort(self, order: str) -> None:
        """Put the parts in an order of `part_order`, now and after every fit."""
        if order != self.order:
            self.order = order
            self.order_changed.emit()
            self._arrange()

    def zoom_by(self, steps: int) -> None:
        """Make the parts larger, or smaller."""
        self._zoom_to(self.zoom + steps)

    def zoom_to_fit(self) -> None:
        """Make them as large as lets all be seen."""
        self._zoom_to(0)

    def place_of(self, part: int) -> int:
        """Where a part stands, from 0."""
        return self.places.index(part)

    def close(self) -> None:
        """Stop, and wait until no thread is left."""
        self._task.close()

    def _zoom_to(self, zoom: int) -> None:
        zoom = max(-_MOST_STEPS, min(zoom, _MOST_STEPS))
        if zoom != self.zoom:
            self.zoom = zoom
            self.zoom_changed.emit()

    def _follow(self) -> None:
        """Have a place for each part at once, and the right one as soon as nothing goes on."""
        model = self._session.model
        n_parts = model.n_components if model else 0
        if n_parts != len(self.places):
            self._task.stop()
            self._ordered = None
            self._put(range(n_parts))
        is_at_rest = not self._session.is_fitting_on and not self._session.replay.is_looking_back
        if is_at_rest and model is not self._ordered:
            self._arrange()

    def _arrange(self) -> None:
        self._ordered = model = self._session.model
        if model is None or self.order == "found":
            self._task.stop()
            self._put(range(len(self.places)))
        else:
            self._task.start(part_order_work(model, self.order))

    def _on_ordered(self, places: list[int]) -> None:
        if len(places) == len(self.places):
            self._put(places)

    def _put(self, places: Sequence[int]) -> None:
        if list(places) != list(self.places):
            self.places = places
            self.order_changed.emit()


def part_order_work(model: NmfModel, order: str) -> Work:
    """Work that puts the parts of a model in order."""

    def work(report: Report, should_stop: ShouldStop) -> list[int]:
        del report, should_stop  # it takes a fraction of a second
        from nmf_explorer.factorize.model.part_order import part_order

        places: list[int] = part_order(model, order).tolist()
        return places

    return work
