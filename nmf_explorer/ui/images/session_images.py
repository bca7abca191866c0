"""Images of samples and parts with the session's display settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from nmf_explorer.ui.images.array_image import to_qimage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtCore import QSize

    from nmf_explorer.session.session import Session


def sample_qimage(
    session: Session, values: NDArray[np.float32], room: QSize | None = None, *, is_printed: bool = False
) -> QImage:
    """Return the image of a sample or a weighted sum, on the brightness scale of the dataset."""
    dataset, display = session.dataset, session.preferences.display
    white = dataset.brightest if dataset else 1.0
    return to_qimage(values, white, room, display.colours_of(dataset, is_printed=is_printed))


def part_qimage(session: Session, part: int, room: QSize | None = None, *, is_printed: bool = False) -> QImage:
    """Return the image of a part, scaled to its largest pixel, or, on the shared scale, by its largest weight."""
    model, display = session.model, session.preferences.display
    if model is None:
        return QImage()
    white = 1.0
    if display.scale == "shared" and session.dataset:
        most = float(model.largest_weights[part])
        white = session.dataset.brightest / most if most else float("inf")
    colours = display.colours_of(session.dataset, is_printed=is_printed)
    return to_qimage(model.component_image(part), white, room, colours)
