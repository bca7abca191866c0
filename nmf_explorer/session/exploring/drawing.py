"""The user's own picture: drawn with a brush, begun from a sample, or brought along as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from nmf_explorer.errors import Message
from nmf_explorer.session.state.notice import Level
from nmf_explorer.session.tasks.latest_task import LatestTask

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.session.session import Session
    from nmf_explorer.session.tasks.background_task import Report, ShouldStop, Work

    Place = tuple[float, float]

WIDTHS = (1, 24)  # of the brush, in pixels
_USUAL_SHARE = 12  # of the shorter side, that the brush is wide at first


class Drawing(QObject):
    """The canvas and its brush.

    Signals: ``changed()`` when the canvas opens or closes, or the brush is another.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._n_strokes = 0
        self._bringing = LatestTask(self)
        self._bringing.succeeded.connect(self._on_brought)
        self._bringing.failed.connect(self._on_not_brought)
        self.width = 1
        self.erases = False
        self.colour: tuple[float, ...] = (1.0, 1.0, 1.0)
        session.dataset_changed.connect(self._on_dataset_changed)
        session.equation.changed.connect(self._on_equation_changed)
        self._was_open = False

    @property
    def is_open(self) -> bool:
        """Whether the picture that is taken apart is the user's own."""
        return self._session.equation.is_about_drawing

    @property
    def image(self) -> NDArray[np.float32] | None:
        """The user's own picture, if there is one."""
        return self._session.snapshot.drawing

    def open(self, *, is_open: bool) -> None:
        """Take the user's own picture apart, or the selected sample again."""
        self._session.equation.set_about_drawing(drawing=is_open)

    def set_width(self, width: int) -> None:
        """Choose how many pixels the brush is wide."""
        self.width = min(max(width, WIDTHS[0]), WIDTHS[1])
        self.changed.emit()

    def set_eraser(self, *, erases: bool) -> None:
        """Choose whether the brush leaves light or takes it away."""
        self.erases = erases
        self.changed.emit()

    def set_colour(self, red: float, green: float, blue: float) -> None:
        """Choose the brush's colour, 0..1 each; grey pictures take it as white."""
        self.colour = (red, green, blue)
        self.changed.emit()

    def begin_stroke(self) -> None:
        """Begin a line."""
        self._n_strokes += 1

    def end_stroke(self) -> None:
        """End it; undo takes back one line at a time."""
        self._session.history.end_merge()

    def extend_stroke(self, start: Place, end: Place, pressure: float = 1.0, *, erases: bool = False) -> None:
        """Move the brush from one place, (row, column) in pixels, to another; pressure is 0..1."""
        from nmf_explorer.dataset.brush import Stroke, draw_stroke

        dataset, picture = self._session.dataset, self.image
        if dataset is None or picture is None:
            return
        light = 0.0 if erases or self.erases else pressure * dataset.brightest
        is_grey = len(dataset.sample_shape) == 2
        value = light if is_grey else tuple(light * share for share in self.colour)
        text = Message("Erase") if erases or self.erases else Message("Draw")
        after = draw_stroke(picture, Stroke(start, end, self.width, value))
        self._session.equation.draw(after, text, merge=self._n_strokes)

    def clear(self) -> None:
        """Begin with black."""
        from nmf_explorer.dataset.brush import blank_image

        if self._session.dataset:
            self._session.equation.draw(blank_image(self._session.dataset.sample_shape), Message("Clear the picture"))

    def start_from_sample(self) -> None:
        """Begin with the selected sample."""
        if self._session.dataset:
            sample = self._session.dataset.sample_image(self._session.selected_sample).copy()
            self._session.equation.draw(sample, Message("Start from the sample"))

    def import_image(self, source: Path | FoundFile) -> None:
        """Take a picture apart that lies in a file, made as large as the samples are."""
        if self._session.dataset:
            self._bringing.start(_reading(self._session.dataset, source))

    def close(self) -> None:
        """Wait until no thread is left."""
        self._bringing.close()

    def _on_brought(self, picture: NDArray[np.float32]) -> None:
        self._session.equation.draw(picture, Message("Bring a picture along"))

    def _on_not_brought(self, why: Message) -> None:
        self._session.show_notice(why, Level.ERROR)

    def _on_dataset_changed(self) -> None:
        self._bringing.stop()
        dataset = self._session.dataset
        shortest = min(dataset.sample_shape[:2]) if dataset else 1
        self.width = min(max(round(shortest / _USUAL_SHARE), WIDTHS[0]), WIDTHS[1])
        self.erases = False
        self.changed.emit()

    def _on_equation_changed(self) -> None:
        if self.is_open != self._was_open:
            self._was_open = self.is_open
            self.changed.emit()


def _reading(dataset: Dataset, source: Path | FoundFile) -> Work:
    """Work that reads one picture as if it belonged to the set."""

    def work(_report: Report, _should_stop: ShouldStop) -> NDArray[np.float32]:
        from nmf_explorer.dataset.load_like import load_like

        return load_like(dataset, source)

    return work
