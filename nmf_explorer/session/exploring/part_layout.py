"""Order and size of the parts in the grid. The numbers of the parts stay the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from nmf_explorer.session.tasks.latest_task import LatestTask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nmf_explorer.factorize.model.nmf_model import NmfModel
    from nmf_explorer.session.state.state import SessionState
    from nmf_explorer.session.tasks.background_task import Report, ShouldStop, Work

_MAX_STEPS = 20


class PartLayout(QObject):
    """Order and size of the parts of the shown model.

    During a fit or a replay the parts stay at their parts_in_order; they are sorted at the end.
    """

    order_changed = Signal()  # another order is chosen, or parts have changed parts_in_order
    zoom_changed = Signal()

    def __init__(self, state: SessionState) -> None:
        super().__init__(state)
        self._state = state
        self.order = "found"  # one of the orders of `part_order`
        self.parts_in_order: Sequence[int] = range(0)  # the part at each place
        self.zoom = 0  # steps larger or smaller than the size that fits
        self._sorted_model: NmfModel | None = None
        self._task = LatestTask(self)
        self._task.succeeded.connect(self._on_ordered)
        state.model_changed.connect(self._update)
        state.activity_changed.connect(self._update)

    def sort(self, order: str) -> None:
        """Sort the parts by an order of `part_order`, now and after every fit."""
        if order != self.order:
            self.order = order
            self.order_changed.emit()
            self._arrange()

    def zoom_by(self, steps: int) -> None:
        """Make the parts larger or smaller by a number of steps."""
        self._zoom_to(self.zoom + steps)

    def zoom_to_fit(self) -> None:
        """Make all parts fit into the grid."""
        self._zoom_to(0)

    def position_of(self, part: int) -> int:
        """Return the place of a part, from 0."""
        return self.parts_in_order.index(part)

    def close(self) -> None:
        """Stop, and wait until no thread is left."""
        self._task.close()

    def _zoom_to(self, zoom: int) -> None:
        zoom = max(-_MAX_STEPS, min(zoom, _MAX_STEPS))
        if zoom != self.zoom:
            self.zoom = zoom
            self.zoom_changed.emit()

    def _update(self) -> None:
        """Give each part a place at once, and sort the parts as soon as no fit runs or is replayed."""
        model = self._state.model
        n_parts = model.n_components if model else 0
        if n_parts != len(self.parts_in_order):
            self._task.stop()
            self._sorted_model = None
            self._set_order(range(n_parts))
        is_at_rest = not self._state.is_model_changing and not self._state.shown.is_before_end
        if is_at_rest and model is not self._sorted_model:
            self._arrange()

    def _arrange(self) -> None:
        self._sorted_model = model = self._state.model
        if model is None or self.order == "found":
            self._task.stop()
            self._set_order(range(len(self.parts_in_order)))
        else:
            self._task.start(part_order_work(model, self.order))

    def _on_ordered(self, parts_in_order: list[int]) -> None:
        if len(parts_in_order) == len(self.parts_in_order):
            self._set_order(parts_in_order)

    def _set_order(self, parts_in_order: Sequence[int]) -> None:
        if list(parts_in_order) != list(self.parts_in_order):
            self.parts_in_order = parts_in_order
            self.order_changed.emit()


def part_order_work(model: NmfModel, order: str) -> Work:
    """Return work that sorts the parts of a model."""

    def work(report: Report, should_stop: ShouldStop) -> list[int]:
        del report, should_stop  # it takes a fraction of a second
        from nmf_explorer.factorize.model.part_order import part_order

        parts_in_order: list[int] = part_order(model, order).tolist()
        return parts_in_order

    return work
