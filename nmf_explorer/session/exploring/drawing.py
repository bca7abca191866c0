"""The user's own image: drawn with a brush, copied from a sample, or read from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from nmf_explorer.errors import Message
from nmf_explorer.session.state.notice import Level
from nmf_explorer.session.state.snapshot import DRAWING
from nmf_explorer.session.tasks.latest_task import LatestTask

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.session.state.history import History
    from nmf_explorer.session.state.notice_board import NoticeBoard
    from nmf_explorer.session.state.state import SessionState
    from nmf_explorer.session.tasks.background_task import Report, ShouldStop, Work

    Point = tuple[float, float]  # row and column in pixels

WIDTHS = (1, 24)  # smallest and largest width of the brush, in pixels
_WIDTHS_PER_SIDE = 12  # of the brush at first, on the shorter side of the image


class Drawing(QObject):
    """The drawing and its brush."""

    changed = Signal()  # the drawing is shown or no longer, or the brush has changed

    def __init__(self, state: SessionState, history: History, notices: NoticeBoard) -> None:
        super().__init__(state)
        self._state, self._history, self._notices = state, history, notices
        self._n_strokes = 0
        self._import = LatestTask(self)
        self._import.succeeded.connect(self._on_imported)
        self._import.failed.connect(self._on_import_failed)
        self.width = 1  # of the brush, in pixels
        self.erases = False
        self.colour: tuple[float, ...] = (1.0, 1.0, 1.0)  # red, green and blue, 0..1
        state.dataset_changed.connect(self._on_dataset_changed)
        state.drawing_selected_changed.connect(self.changed)

    @property
    def is_open(self) -> bool:
        """Whether the drawing is shown in the equation."""
        return self._state.is_drawing_selected

    @property
    def image(self) -> NDArray[np.float32] | None:
        """The drawing, of shape `sample_shape`, if there is one."""
        return self._state.shown.drawing

    def open(self, *, is_open: bool) -> None:
        """Show the drawing in the equation, a black one if there is none yet, or the selected sample again."""
        from nmf_explorer.dataset.brush import blank_image

        if self._state.dataset and is_open and self.image is None:
            black = blank_image(self._state.dataset.sample_shape)
            self._state.show(self._state.shown._replace(drawing=black))
        if self._state.dataset:
            self._state.select_drawing(selected=is_open)

    def set_width(self, width: int) -> None:
        """Set the width of the brush in pixels, limited to `WIDTHS`."""
        self.width = min(max(width, WIDTHS[0]), WIDTHS[1])
        self.changed.emit()

    def set_eraser(self, *, erases: bool) -> None:
        """Set whether the brush draws black."""
        self.erases = erases
        self.changed.emit()

    def set_colour(self, red: float, green: float, blue: float) -> None:
        """Set the colour of the brush, 0..1 each; on grey images it draws white."""
        self.colour = (red, green, blue)
        self.changed.emit()

    def begin_stroke(self) -> None:
        """Begin a stroke, which is one step of undo."""
        self._n_strokes += 1

    def end_stroke(self) -> None:
        """End the stroke."""
        self._history.end_merge()

    def extend_stroke(self, start: Point, end: Point, pressure: float = 1.0, *, erases: bool = False) -> None:
        """Draw from one place, (row, column) in pixels, to another; pressure is 0..1."""
        from nmf_explorer.dataset.brush import Stroke, draw_stroke

        dataset, image = self._state.dataset, self.image
        if dataset is None or image is None:
            return
        brightness = 0.0 if erases or self.erases else pressure * dataset.brightest
        is_grey = len(dataset.sample_shape) == 2
        value = brightness if is_grey else tuple(brightness * share for share in self.colour)
        text = Message("Erase") if erases or self.erases else Message("Draw")
        self.set_image(draw_stroke(image, Stroke(start, end, self.width, value)), text, merge=self._n_strokes)

    def clear(self) -> None:
        """Make the drawing black."""
        from nmf_explorer.dataset.brush import blank_image

        if self._state.dataset:
            self.set_image(blank_image(self._state.dataset.sample_shape), Message("Clear the picture"))

    def start_from_sample(self) -> None:
        """Copy the selected sample into the drawing."""
        if self._state.dataset:
            sample = self._state.dataset.sample_image(self._state.selected_sample).copy()
            self.set_image(sample, Message("Start from the sample"))

    def import_image(self, source: Path | FoundFile) -> None:
        """Read the drawing from an image file, scaled to the size of the samples."""
        if self._state.dataset:
            self._import.start(_import_work(self._state.dataset, source))

    def set_image(self, image: NDArray[np.float32], message: Message, merge: object = None) -> None:
        """Replace the drawing, of shape `sample_shape`, and show it; its moved weights are reset."""
        if self._state.dataset is None:
            return
        image.setflags(write=False)
        after = self._state.shown.with_weights(DRAWING, None)._replace(drawing=image)
        self._history.change(after, message, merge=None if merge is None else ("draw", merge))
        self._state.select_drawing(selected=True)

    def close(self) -> None:
        """Wait until no thread is left."""
        self._import.close()

    def _on_imported(self, image: NDArray[np.float32]) -> None:
        self.set_image(image, Message("Bring a picture along"))

    def _on_import_failed(self, reason: Message) -> None:
        self._notices.show_message(reason, Level.ERROR)

    def _on_dataset_changed(self) -> None:
        self._import.stop()
        dataset = self._state.dataset
        shorter_side = min(dataset.sample_shape[:2]) if dataset else 1
        self.erases = False
        self.set_width(round(shorter_side / _WIDTHS_PER_SIDE))


def _import_work(dataset: Dataset, source: Path | FoundFile) -> Work:
    """Return work that reads an image as a sample of the dataset, float32 of shape `sample_shape`."""

    def work(_report: Report, should_stop: ShouldStop) -> NDArray[np.float32]:
        from nmf_explorer.dataset.load_like import load_like
        from nmf_explorer.dataset.loading.decoder_pool import run_abandonable

        return run_abandonable(lambda: load_like(dataset, source), should_stop)

    return work
