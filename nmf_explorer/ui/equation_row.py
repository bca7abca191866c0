"""One sample as a weighted sum: sample ≈ weight × part + weight × part + … = reconstruction, and what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, QSizeF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListView, QVBoxLayout, QWidget

from nmf_explorer.session.session import Activity
from nmf_explorer.ui.array_image import difference, picture
from nmf_explorer.ui.elided_label import ElidedLabel
from nmf_explorer.ui.image_view import ImageView
from nmf_explorer.ui.picture_list import PictureList, PictureModel
from nmf_explorer.ui.scaled_image import fitted_size
from nmf_explorer.ui.texts import describe_sample, number, percent, short_name

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from nmf_explorer.factorize.explain import Explanation
    from nmf_explorer.factorize.nmf_model import Contribution
    from nmf_explorer.session.session import Session

_LEAST_LETTERS, _LETTERS_WITH_ERROR = 8, 22  # of a caption, that are always seen
_SMALL_TERM = 0.005  # of the reconstruction's brightness; smaller terms are counted and not drawn


class TermList(PictureList):
    """The list “Terms of the sum”: weight × part, the largest contribution first."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        name = QCoreApplication.translate("TermList", "Terms of the sum")
        super().__init__(name, session=session, sign="+", parent=parent)
        self._session = session
        self._terms: list[Contribution] = []
        self._items = PictureModel(self._picture, self._caption, self._spoken, self)
        self.setModel(self._items)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_terms(self, terms: list[Contribution]) -> None:
        """Show these terms of the sum."""
        self._terms = terms
        self._items.show_again(len(terms))
        self._fill_space()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the new space."""
        super().resizeEvent(event)
        self._fill_space()

    def _fill_space(self) -> None:
        """As large as the height allows, but rather smaller than out of sight."""
        model = self._session.model
        if model is None or not self._terms:
            return
        room, extra = self.maximumViewportSize(), self.extra()
        height, width = model.sample_shape[:2]
        share = (room.width() - 1) // len(self._terms)
        full = fitted_size(QSize(width, height), QSizeF(room - extra), self.devicePixelRatio()).toSize() + extra
        longest = max(self.fontMetrics().horizontalAdvance(self._caption(row)) for row in range(len(self._terms)))
        cell_width = max(longest + extra.width(), min(full.width(), share))
        bar = self.horizontalScrollBar().sizeHint().height() if cell_width > share else 0
        cell = QSize(cell_width, room.height() - bar)
        if cell != self.gridSize():
            self.setGridSize(cell)

    def _text(self, weight: float, part: int) -> str:
        return self.tr("{weight} × part {i}").format(weight=number(weight, 2), i=part)

    def _picture(self, row: int) -> QImage:
        model = self._session.model
        return picture(model.component_image(self._terms[row].part), 1.0, self.room()) if model else QImage()

    def _caption(self, row: int) -> str:
        return self._text(self._terms[row].weight, self._terms[row].part + 1)

    def _spoken(self, row: int) -> str:
        text = self.tr("{term}, {share} of the picture")
        return text.format(term=self._caption(row), share=percent(self._terms[row].share))


class EquationRow(QWidget):
    """The selected sample, the terms of its sum, their sum, and the residual."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._sample = ImageView(self.tr("Sample"), session=session)
        self._terms = TermList(session)
        self._reconstruction = ImageView(self.tr("Reconstruction"), session=session)
        self._residual = ImageView(self.tr("Residual"), session=session)
        self._sample_caption = _caption()
        self._more = _caption()
        self._residual_caption = _caption(n_letters=_LETTERS_WITH_ERROR)
        self._lay_out()
        session.equation.changed.connect(self._on_changed)
        for signal in (session.activity_changed, session.model_changed):
            signal.connect(self._say_why_empty)
        self._say_why_empty()
        self._on_changed()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(_column(self._sample, self._sample_caption), 3)
        row.addWidget(_sign("≈"))
        row.addLayout(_column(self._terms, self._more), 12)
        row.addWidget(_sign("="))
        row.addLayout(_column(self._reconstruction, _caption(self.tr("reconstruction"))), 3)
        row.addLayout(_column(self._residual, self._residual_caption), 3)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # an equation reads the same in every language

    def _say_why_empty(self) -> None:
        if self._session.model:
            text = self.tr("No part adds anything to this image.")
        elif self._session.activity is Activity.FITTING:
            text = self.tr("Looking for parts…")
        else:
            text = self.tr("Press Fit: this image as a weighted sum of parts.")
        self._terms.set_placeholder(text)

    def _on_changed(self) -> None:
        dataset = self._session.dataset
        if dataset is None:
            return
        index = self._session.selected_sample
        self._sample.show_image(
            picture(dataset.sample_image(index), dataset.brightest),
            describe_sample(dataset, index),
        )
        self._sample_caption.setText(short_name(dataset.sample_names[index]))
        explanation = self._session.equation.explanation()
        if explanation is None:
            self._show_no_sum()
        else:
            self._show_sum(explanation, dataset.brightest)

    def _show_no_sum(self) -> None:
        self._terms.show_terms([])
        self._more.setText("")
        self._reconstruction.show_nothing()
        self._residual.show_nothing()
        self._residual_caption.setText(self.tr("residual"))

    def _show_sum(self, explanation: Explanation, white: float) -> None:
        shown = [term for term in explanation.contributions if term.share >= _SMALL_TERM]
        hidden = len(explanation.contributions) - len(shown)
        self._terms.show_terms(shown)
        self._more.setText(self.tr("parts that add nearly nothing: {n}").format(n=hidden) if hidden else "")
        error = percent(explanation.relative_error)
        self._reconstruction.show_image(
            picture(explanation.reconstruction, white), self.tr("weighted sum of the parts")
        )
        self._residual.show_image(
            difference(explanation.residual, white),
            self.tr(
                "sample minus reconstruction, error of this sample {error}; blue: light is missing, red: too much"
            ).format(error=error),
        )
        self._residual_caption.setText(self.tr("residual, error {error}").format(error=error))


def _caption(text: str = "", n_letters: int = _LEAST_LETTERS) -> QLabel:
    """Make a line that is cut off where it is long, and does not widen its column."""
    label = ElidedLabel(n_letters)
    label.setText(text)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label


def _sign(text: str) -> QLabel:
    label = _caption(text)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    label.setFont(font)
    return label


def _column(widget: QWidget, caption: QLabel) -> QVBoxLayout:
    column = QVBoxLayout()
    column.addWidget(widget, 1)
    column.addWidget(caption)
    return column
