"""The marked pixel, the same one in all images, and its sum in numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from nmf_explorer.factorize.model.pixel_sum import PixelSum
    from nmf_explorer.session.exploring.equation import Equation
    from nmf_explorer.session.state.state import SessionState

    Pixel = tuple[int, int]


class PixelTarget(NamedTuple):
    """The part or sample in whose image the pixel is marked, if not in the equation."""

    kind: str  # "part" or "sample"
    number: int  # from 0


class Pointer(QObject):
    """The pixel that mouse or keys mark.

    The mark follows the mouse over an image. While it is held, keys or a click move it, and the mouse may leave.
    """

    changed = Signal()  # the pixel, its target, or whether it is held

    def __init__(self, state: SessionState, equation: Equation) -> None:
        super().__init__(state)
        self._state, self._equation = state, equation
        self._pixel: Pixel | None = None
        self.target: PixelTarget | None = None
        self.is_held = False
        state.dataset_changed.connect(self.release)

    @property
    def pixel(self) -> Pixel | None:
        """Row and column from 0; None if no pixel is marked, or none of the present dataset."""
        shape = self.shape
        if self._pixel is None or shape is None:
            return None
        return self._pixel if self._pixel[0] < shape[0] and self._pixel[1] < shape[1] else None

    @property
    def shape(self) -> Pixel | None:
        """Height and width of the images in pixels; None without a dataset."""
        dataset = self._state.dataset
        return (dataset.sample_shape[0], dataset.sample_shape[1]) if dataset else None

    # verbs

    def hover(self, pixel: Pixel | None, target: PixelTarget | None = None) -> None:
        """Mark the pixel under the mouse, or none, unless the mark is held."""
        if not self.is_held:
            self._set(pixel, target)

    def mark(self, pixel: Pixel, target: PixelTarget | None = None) -> None:
        """Mark a pixel, also while the mark is held elsewhere."""
        self._set(pixel, target)

    def hold(self, target: PixelTarget | None = None) -> None:
        """Hold the mark, in the middle if there is none, so that keys move it."""
        shape = self.shape
        if shape:
            self.is_held = True
            self._pixel, self.target = self.pixel or (shape[0] // 2, shape[1] // 2), target
            self.changed.emit()

    def toggle(self, target: PixelTarget | None = None) -> None:
        """Hold the mark, or release it if it is held."""
        self.release() if self.is_held else self.hold(target)

    def release(self) -> None:
        """Remove the mark."""
        self.is_held = False
        self._pixel, self.target = None, None
        self.changed.emit()

    def move(self, rows: int, columns: int) -> None:
        """Move the mark by rows and columns, within the image."""
        if self.pixel and self.shape:
            moved = (self.pixel[0] + rows, self.pixel[1] + columns)
            row, column = (max(0, min(at, size - 1)) for at, size in zip(moved, self.shape, strict=True))
            self._set((row, column), self.target)

    # values

    def value(self) -> float | None:
        """Return the value of the pixel in the target; None if that is the image of the equation."""
        from nmf_explorer.factorize.model.pixel_sum import pixel_value

        dataset, model, target = self._state.dataset, self._state.model, self.target
        if self.pixel is None or dataset is None or target is None:
            return None
        if target == PixelTarget("sample", self._equation.subject):
            return None
        if target.kind == "sample":
            is_there = target.number < dataset.n_samples
            return pixel_value(dataset.sample_image(target.number), self.pixel) if is_there else None
        is_there = model is not None and target.number < model.n_components
        return pixel_value(model.component_image(target.number), self.pixel) if model and is_there else None

    def image_value(self) -> float | None:
        """Return the value of the pixel in the image of the equation."""
        from nmf_explorer.factorize.model.pixel_sum import pixel_value

        image = self._equation.image
        return None if self.pixel is None or image is None else pixel_value(image, self.pixel)

    def sum(self) -> PixelSum | None:
        """Return the equation of the pixel; None without a model."""
        from nmf_explorer.factorize.model.pixel_sum import pixel_sum

        explanation, model = self._equation.explanation(), self._state.model
        if self.pixel is None or explanation is None or model is None:
            return None
        return pixel_sum(model, explanation, self.pixel)

    def _set(self, pixel: Pixel | None, target: PixelTarget | None) -> None:
        if (pixel, target) != (self._pixel, self.target):
            self._pixel, self.target = pixel, target
            self.changed.emit()
