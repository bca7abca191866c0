"""The pixel that is pointed at: the same in all pictures at once, and its sum in numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from nmf_explorer.factorize.model.pixel_sum import PixelSum
    from nmf_explorer.session.session import Session

    Pixel = tuple[int, int]


class PixelTarget(NamedTuple):
    """In whose picture the pixel is pointed at, where that is not the equation's own.

    Attributes
    ----------
    kind : {"part", "sample"}
        Whether it is a part or a sample.
    number : int
        Which one, from 0.
    """

    kind: str
    number: int


class Pointer(QObject):
    """Where mouse or keys point to.

    The mouse points while it moves over a picture. Once the pointer is held, keys move it, or a click; it stays when
    the mouse leaves.

    Signals: ``changed()`` when another pixel, or none, is pointed at, in another picture, or the pointer is held.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._pixel: Pixel | None = None
        self.target: PixelTarget | None = None
        self.is_held = False
        session.dataset_changed.connect(self.release)

    @property
    def pixel(self) -> Pixel | None:
        """Row and column, from 0; None if nothing is pointed at, as when another set has just come."""
        shape = self.shape
        if self._pixel is None or shape is None:
            return None
        return self._pixel if self._pixel[0] < shape[0] and self._pixel[1] < shape[1] else None

    @property
    def shape(self) -> Pixel | None:
        """Height and width of the pictures; None if no set is open."""
        dataset = self._session.dataset
        return (dataset.sample_shape[0], dataset.sample_shape[1]) if dataset else None

    # verbs

    def hover(self, pixel: Pixel | None, pointed_at: PixelTarget | None = None) -> None:
        """Follow the mouse, or see it leave; a held pointer stays."""
        if not self.is_held:
            self._go(pixel, pointed_at)

    def place(self, pixel: Pixel, pointed_at: PixelTarget | None = None) -> None:
        """Point here, also if held elsewhere."""
        self._go(pixel, pointed_at)

    def hold(self, pointed_at: PixelTarget | None = None) -> None:
        """Stay at the pixel that is pointed at, or begin in the middle, and let keys move it."""
        shape = self.shape
        if shape:
            self.is_held = True
            self._pixel, self.target = self.pixel or (shape[0] // 2, shape[1] // 2), pointed_at
            self.changed.emit()

    def toggle(self, pointed_at: PixelTarget | None = None) -> None:
        """Hold the pointer, or let it go if it is held."""
        self.release() if self.is_held else self.hold(pointed_at)

    def release(self) -> None:
        """Point at nothing."""
        self.is_held = False
        self._pixel, self.target = None, None
        self.changed.emit()

    def move(self, rows: int, columns: int) -> None:
        """Go on to a pixel beside this one; pictures end at their edges."""
        if self.pixel and self.shape:
            place = (self.pixel[0] + rows, self.pixel[1] + columns)
            row, column = (max(0, min(at, size - 1)) for at, size in zip(place, self.shape, strict=True))
            self._go((row, column), self.target)

    # what panels ask for

    def value(self) -> float | None:
        """The number of the pixel in the picture that is pointed at, where that is not the equation's own."""
        from nmf_explorer.factorize.model.pixel_sum import pixel_value

        dataset, model, what = self._session.dataset, self._session.model, self.target
        if self.pixel is None or dataset is None or what is None:
            return None
        if what == PixelTarget("sample", self._session.equation.subject):
            return None
        if what.kind == "sample":
            is_there = what.number < dataset.n_samples
            return pixel_value(dataset.sample_image(what.number), self.pixel) if is_there else None
        is_there = model is not None and what.number < model.n_components
        return pixel_value(model.component_image(what.number), self.pixel) if model and is_there else None

    def image_value(self) -> float | None:
        """The number of the pixel in the picture that is taken apart."""
        from nmf_explorer.factorize.model.pixel_sum import pixel_value

        picture = self._session.equation.image
        return None if self.pixel is None or picture is None else pixel_value(picture, self.pixel)

    def sum(self) -> PixelSum | None:
        """The pixel's own equation; None without a model."""
        from nmf_explorer.factorize.model.pixel_sum import pixel_sum

        explanation, model = self._session.equation.explanation(), self._session.model
        if self.pixel is None or explanation is None or model is None:
            return None
        return pixel_sum(model, explanation, self.pixel)

    def _go(self, pixel: Pixel | None, pointed_at: PixelTarget | None) -> None:
        if (pixel, pointed_at) != (self._pixel, self.target):
            self._pixel, self.target = pixel, pointed_at
            self.changed.emit()
