"""The line about the pixel that is pointed at: row, column, value, and the sum of products that gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette

from nmf_explorer.session.state.snapshot import DRAWING
from nmf_explorer.ui.theme.texts import number, short_name, title_of_part
from nmf_explorer.ui.widgets.elided_label import ElidedLabel
from nmf_explorer.ui.widgets.screen_reader import announce

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from nmf_explorer.factorize.model.pixel_sum import PixelSum, PixelTerm
    from nmf_explorer.session.exploring.pointer import Pixel
    from nmf_explorer.session.session import Session

_MIN_LETTERS = 20
_MAX_TERMS = 8
_DECIMALS = 2
_MIN_PRODUCT = 0.005  # smaller products round to 0.00


class PixelLine(ElidedLabel):
    """The line “Pixel” at the bottom of the workspace."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_MIN_LETTERS, parent)
        self._session = session
        self.setAccessibleName(self.tr("Pixel"))
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # sums are written from left to right in every language
        for signal in (session.pointer.changed, session.equation.changed, session.model_changed):
            signal.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        pixel = self._session.pointer.pixel
        if pixel is None:
            text = self.tr("Point at a picture to see a pixel as a sum of numbers; with keys: P, then arrows.")
        else:
            text = self._text_for(pixel)
        if text != self.accessibleDescription():
            roles = QPalette.ColorRole
            self.setForegroundRole(roles.WindowText if pixel else roles.PlaceholderText)
            self.setText(text)
            self.setAccessibleDescription(text)
        if self._session.pointer.is_held and self.isActiveWindow():
            announce(self, text)  # the focus stays on the image, so a screen reader would say nothing

    def _text_for(self, pixel: Pixel) -> str:
        pointer = self._session.pointer
        where = self.tr("row {row}, column {column}").format(row=pixel[0] + 1, column=pixel[1] + 1)
        values = self._target_text(pointer.value())
        pixel_sum, value = pointer.sum(), pointer.image_value()
        if pixel_sum:
            values += self._sum_text(pixel_sum)
        elif value is not None:
            values += number(value, _DECIMALS)
        return self.tr("{where}: {values}").format(where=where, values=values)

    def _target_text(self, value: float | None) -> str:
        """Return the value in a part, or in a sample other than the one of the equation."""
        what, dataset = self._session.pointer.target, self._session.dataset
        if value is None or what is None or dataset is None:
            return ""
        if what.kind == "part":
            name = self.tr("part {i}").format(i=what.number + 1)
        else:
            name = short_name(dataset.sample_names[what.number])
        return self.tr("{name} {value}; ").format(name=name, value=number(value, _DECIMALS))

    def _product_text(self, term: PixelTerm) -> str:
        part = title_of_part(term.part, self._session.parts.name_of(term.part))
        return f"{number(term.weight, _DECIMALS)} × {number(term.value, _DECIMALS)} ({part})"

    def _sum_text(self, pixel_sum: PixelSum) -> str:
        seen = [term for term in pixel_sum.terms if term.weight * term.value >= _MIN_PRODUCT][:_MAX_TERMS]
        products = [self._product_text(term) for term in seen]
        if n_more := len(pixel_sum.terms) - len(seen):
            products.append(self.tr("{n} smaller").format(n=n_more))
        is_drawn = self._session.equation.subject == DRAWING
        return self.tr("{picture} {value} ≈ {sum} = {products}").format(
            picture=self.tr("drawing") if is_drawn else self.tr("sample"),
            value=number(pixel_sum.sample, _DECIMALS),
            sum=number(pixel_sum.reconstruction, _DECIMALS),
            products=" + ".join(products) or number(0, _DECIMALS),
        )
