"""One picture as a weighted sum: sample ≈ weight × part + weight × part + … = reconstruction, and what is left."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from nmf_explorer.ui.equation.canvas import Canvas
from nmf_explorer.ui.equation.drawing_tools import DrawingTools
from nmf_explorer.ui.equation.equation_buttons import EquationButtons
from nmf_explorer.ui.equation.term_row import TermRow
from nmf_explorer.ui.equation.term_view import GAP
from nmf_explorer.ui.images.array_image import residual_qimage
from nmf_explorer.ui.images.image_view import ImageView
from nmf_explorer.ui.images.session_images import sample_qimage
from nmf_explorer.ui.theme.appearance import has_large_letters
from nmf_explorer.ui.theme.texts import describe_sample, in_two_lines, percent, short_name, title_of_part
from nmf_explorer.ui.widgets.fixed_size_label import FixedSizeLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from nmf_explorer.factorize.model.explain import Explanation
    from nmf_explorer.session.session import Session

_TYPICAL_NAME = "face_001"
_BETWEEN = 6  # pixels, of what stands one beneath the other
_OTHERS, _TERMS = 3, 12  # shares of the width: of sample, sum and residual each, and of all terms
_MOMENT_MS = 8
_FEW = 3  # terms, for which the residual gives way


class Shape(Enum):
    """How the equation is laid out."""

    ROW = "one row"
    BARE_ROW = "one row of pictures and weights, without buttons"
    TWO_ROWS = "the sum beneath its terms, for large letters"


class EquationRow(QWidget):
    """The selected sample or the user's own picture, the terms of its sum, their sum, and the residual."""

    def __init__(self, session: Session, shape: Shape = Shape.ROW, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._sample = Canvas(self.tr("Sample"), session)
        self._shape = shape
        self._terms = TermRow(session, is_large=shape is not Shape.ROW)
        self._reconstruction = ImageView(self.tr("Reconstruction"), session=session)
        self._residual = ImageView(self.tr("Residual"), session=session)
        self._sample_caption = FixedSizeLabel(_TYPICAL_NAME, elided=Qt.TextElideMode.ElideMiddle)
        self._sum_caption, self._residual_caption = map(FixedSizeLabel, self._typical_captions())
        self._signs = [_sign("≈"), _sign("=")]
        self._shown: tuple[object, object] | None = None
        self._moment = QTimer(self, singleShot=True, interval=_MOMENT_MS)
        self._moment.timeout.connect(self._show_gently)
        everything = QVBoxLayout(self)
        everything.setContentsMargins(0, 0, 0, 0)
        self._grid = self._two_rows() if shape is Shape.TWO_ROWS else self._one_row(shape)
        everything.addLayout(self._grid, 1)
        self._tools = DrawingTools(self._session, self)
        everything.addWidget(self._tools)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # an equation reads the same in every language
        session.equation.changed.connect(self._on_changed)
        session.activity_changed.connect(self._show)  # at once: weights cannot be moved any more, or again
        session.parts.changed.connect(self._show)
        session.preferences.display_changed.connect(self._show)
        self._show()

    def _typical_captions(self) -> tuple[str, str]:
        if self._shape is Shape.BARE_ROW:
            return self.tr("sum"), percent(1)
        return self.tr("reconstruction"), self.tr("residual: {error}").format(error=percent(0.001))

    def _one_row(self, shape: Shape) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(GAP)
        columns = (
            (0, self._sample, self._sample_caption),
            (4, self._reconstruction, self._sum_caption),
            (5, self._residual, self._residual_caption),
        )
        for column, picture, caption in columns:
            grid.setColumnStretch(column, _OTHERS if shape is Shape.ROW else 0)
            grid.addWidget(picture, 0, column)
            grid.addWidget(caption, 1, column)
        if shape is Shape.ROW:
            buttons = EquationButtons(self._session, self)
            if has_large_letters(self):
                buttons.fitted.setAccessibleName(buttons.fitted.text())
                buttons.fitted.setText(in_two_lines(buttons.fitted.text()))
            places = ((buttons.draw, 2, 0), (buttons.add_up, 2, 4), (buttons.best, 3, 4), (buttons.fitted, 2, 5))
            for button, row, column in places:
                n_rows = 2 if "\n" in button.text() else 1
                grid.addWidget(button, row, column, n_rows, 1, Qt.AlignmentFlag.AlignHCenter)
        for sign, column in zip(self._signs, (1, 3), strict=True):
            grid.addWidget(sign, 0, column)
        grid.addWidget(self._terms, 0, 2, 4, 1)
        grid.setColumnStretch(2, _TERMS)
        grid.setRowStretch(0, 1)
        return grid

    def _two_rows(self) -> QGridLayout:
        buttons = EquationButtons(self._session, self)
        grid = QGridLayout()
        grid.setVerticalSpacing(GAP)
        grid.addWidget(self._sample, 0, 0)
        grid.addWidget(self._sample_caption, 1, 0)
        for sign, row in zip(self._signs, (0, 4), strict=True):
            grid.addWidget(sign, row, 1)
        grid.addWidget(self._terms, 0, 2, 3, 3)
        for column, picture, caption in (
            (2, self._reconstruction, self._sum_caption),
            (3, self._residual, self._residual_caption),
        ):
            grid.addWidget(picture, 4, column)
            grid.addWidget(caption, 5, column)
            grid.setColumnStretch(column, 1)
        column_of_buttons = QVBoxLayout()
        column_of_buttons.setSpacing(_BETWEEN)
        for button in (buttons.add_up, buttons.best, buttons.fitted, buttons.draw):
            column_of_buttons.addWidget(button)
        grid.addLayout(column_of_buttons, 4, 4, 2, 1)
        grid.setRowStretch(0, 3)
        grid.setRowMinimumHeight(3, _BETWEEN)
        grid.setRowStretch(4, 2)
        return grid

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new room out."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """In large letters, make the other pictures as wide as those of the terms; the residual gives way to terms."""
        if self._shape is Shape.ROW:
            self._limit_height()
            return
        below = self._terms.height_below() - self._sample_caption.sizeHint().height() - 2 * GAP
        self._grid.setRowMinimumHeight(2, below)  # beneath the captions, so that all pictures stand side by side
        others: list[QWidget] = [self._sample]
        signs = self._signs[:1]
        if self._shape is Shape.BARE_ROW:
            others, signs = [self._sample, self._reconstruction, self._residual], self._signs
        gaps = (len(others) + len(signs)) * self._grid.horizontalSpacing()
        room = self.width() - gaps - sum(sign.sizeHint().width() for sign in signs)
        if self._shape is Shape.BARE_ROW:
            is_wide = self._terms.n_shown_in(room, len(others)) >= min(_FEW, self._terms.n_shown_in(room, 0))
            for widget in (self._residual, self._residual_caption):
                widget.setVisible(is_wide)
            others = others if is_wide else others[:-1]
        wide = self._terms.width_of_others(room, len(others))
        for picture in others:
            picture.setFixedWidth(wide)

    def _limit_height(self) -> None:
        """Take no more height than the pictures can use at this width: the parts beneath have use for it."""
        dataset = self._session.dataset
        if dataset is None:
            return
        height, width = dataset.sample_shape[:2]
        column = self.width() * _OTHERS // (3 * _OTHERS + _TERMS)
        useful = column * height // width + self._terms.height_below() + 2 * GAP
        if self._tools.isVisibleTo(self):
            useful += self._tools.sizeHint().height() + self._grid.verticalSpacing()
        self.setMaximumHeight(max(useful, self.minimumHeight()))

    def _on_changed(self) -> None:
        """Show another sum; while a fit goes on a moment later, since all other panels show its model at once."""
        if self._session.is_fitting_on and self.isVisible():
            self._moment.start()
        else:
            self._show()

    def _show_gently(self) -> None:
        self._show(at_once=False)

    def _show(self, *, at_once: bool = True) -> None:
        session = self._session
        if session.dataset is None:
            return
        self._show_picture()
        explanation = session.equation.explanation()
        self._terms.show_sum(explanation, at_once=at_once)
        if explanation is None:
            self._show_no_sum()
        else:
            self._show_sum(explanation, session.dataset.brightest)
        self._share_room()

    def _show_picture(self) -> None:
        """Show what is taken apart; while its weights are moved it stays the same."""
        session, dataset, equation = self._session, self._session.dataset, self._session.equation
        image = equation.image
        drawing = session.snapshot.drawing if equation.is_about_drawing else None
        shown = ((dataset, equation.subject, session.preferences.display), drawing)
        is_same = self._shown is not None and shown[0] == self._shown[0] and drawing is self._shown[1]
        if dataset is None or image is None or is_same:
            return
        self._shown = shown
        if equation.is_about_drawing:
            text = self.tr("your picture")
            told = self.tr("Your picture: draw with the mouse, or with the arrow keys and space")
        else:
            text = short_name(dataset.sample_names[session.selected_sample])
            told = describe_sample(dataset, session.selected_sample)
        self._sample.show_image(sample_qimage(session, image), told)
        self._sample_caption.set_texts(text)

    def _show_no_sum(self) -> None:
        self._reconstruction.show_nothing()
        self._residual.show_nothing()
        self._sum_caption.set_texts(self.tr("reconstruction"), self.tr("sum"))
        self._residual_caption.set_texts(self.tr("residual"))

    def _show_sum(self, explanation: Explanation, white: float) -> None:
        caption, short = self._words_about_sum()
        self._sum_caption.set_texts(caption, short)
        told = self.tr("{sum}; weights were moved").format(sum=caption) if self._session.equation.is_moved else caption
        self._reconstruction.show_image(sample_qimage(self._session, explanation.reconstruction), told)
        error = percent(explanation.relative_error)
        template = self.tr(
            "sample minus reconstruction, error of this sample {error}; blue: light is missing, red: too much"
        )
        self._residual.show_image(
            residual_qimage(explanation.residual, white), template.format(error=error), is_signed=True
        )
        self._residual_caption.set_texts(self.tr("residual: {error}").format(error=error), error)

    def _words_about_sum(self) -> tuple[str, str]:
        """What the reconstruction is, and the same for little room."""
        equation, parts = self._session.equation, self._session.parts
        if equation.n_added is not None:
            template = self.tr("the first {n} of {all} terms")
            numbers = {"n": equation.n_added, "all": len(equation.added_terms())}
            return template.format(**numbers), self.tr("{n} of {all} terms").format(**numbers)
        if parts.hidden:
            names = ", ".join(title_of_part(part, parts.name_of(part)) for part in sorted(parts.hidden))
            template, short = self.tr("reconstruction without {parts}"), self.tr("without {parts}")
            return template.format(parts=names), short.format(parts=names)
        return self.tr("reconstruction"), self.tr("sum")


def _sign(text: str) -> QLabel:
    label = QLabel(text)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * 1.5)
    label.setFont(font)
    return label
