"""The equation: sample ≈ weight × part + weight × part + … = reconstruction, and the residual."""

from __future__ import annotations

from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from nmf_explorer.session.tasks.timers import single_shot_timer
from nmf_explorer.ui.equation.canvas import Canvas
from nmf_explorer.ui.equation.drawing_tools import DrawingTools
from nmf_explorer.ui.equation.equation_buttons import EquationButtons
from nmf_explorer.ui.equation.term_row import TermRow
from nmf_explorer.ui.equation.term_view import GAP
from nmf_explorer.ui.images.array_image import residual_qimage
from nmf_explorer.ui.images.image_view import ImageView
from nmf_explorer.ui.images.session_images import sample_qimage
from nmf_explorer.ui.theme.appearance import has_large_text
from nmf_explorer.ui.theme.texts import (
    describe_sample,
    in_two_lines,
    number,
    percent,
    sample_caption,
    title_of_part,
    without_common_start,
)
from nmf_explorer.ui.widgets.fixed_size_label import FixedSizeLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from nmf_explorer.factorize.model.explain import Explanation
    from nmf_explorer.session.session import Session

_TYPICAL_NAME = "face_001"
_SPACING = 6  # pixels between rows
_IMAGE_STRETCH, _TERMS_STRETCH = 3, 12  # stretch of sample, sum and residual each, and of all terms
_UPDATE_DELAY_MS = 8
_MIN_TERMS = 3  # if fewer terms fit, the residual is hidden


class EquationLayout(Enum):
    """Arrangement of the equation."""

    ROW = "one row"
    ROW_WITHOUT_BUTTONS = "one row of pictures and weights, without buttons"
    TWO_ROWS = "the sum beneath its terms, for large letters"


class EquationRow(QWidget):
    """The selected sample or the user's drawing, the terms of its sum, the reconstruction and the residual."""

    def __init__(
        self, session: Session, layout_kind: EquationLayout = EquationLayout.ROW, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._sample = Canvas(self.tr("Sample"), session)
        self._layout_kind = layout_kind
        has_buttons = layout_kind is not EquationLayout.ROW_WITHOUT_BUTTONS
        self._buttons = EquationButtons(session, self) if has_buttons else None
        self._terms = TermRow(session, is_large=layout_kind is not EquationLayout.ROW)
        self._reconstruction = ImageView(self.tr("Reconstruction"), session=session)
        self._residual = ImageView(self.tr("Residual"), session=session)
        self._sample_caption = FixedSizeLabel(_TYPICAL_NAME, elided=Qt.TextElideMode.ElideMiddle)
        self._sum_caption, self._residual_caption = map(FixedSizeLabel, self._typical_texts())
        self._operators = [_operator_label("≈"), _operator_label("=")]
        self._shown_sample: tuple[object, object] | None = None
        self._update_timer = single_shot_timer(self, _UPDATE_DELAY_MS, self._show_in_batches)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._grid = self._two_rows() if layout_kind is EquationLayout.TWO_ROWS else self._one_row(layout_kind)
        outer.addLayout(self._grid, 1)
        self._tools = DrawingTools(self._session, self)
        outer.addWidget(self._tools)
        self._set_tab_order()
        # Equations are written from left to right in every language.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        session.equation.changed.connect(self._on_changed)
        session.activity_changed.connect(self._show)  # immediately, since weights become locked or unlocked
        session.parts.changed.connect(self._show)
        session.preferences.display_changed.connect(self._show)
        self._show()

    def _set_tab_order(self) -> None:
        """Let Tab follow the sum: sample, weights, reconstruction, residual."""
        buttons = self._buttons.all() if self._buttons else []
        sums = [*self._terms.last_tab_widgets, self._reconstruction, self._residual]
        for first, second in pairwise([self._sample, *buttons[:1], *sums, *buttons[1:]]):
            QWidget.setTabOrder(first, second)

    def _typical_texts(self) -> tuple[str, str]:
        if self._layout_kind is EquationLayout.ROW_WITHOUT_BUTTONS:
            return self.tr("sum"), percent(1)
        return self.tr("reconstruction"), self.tr("residual: {error}").format(error=percent(0.001))

    def _one_row(self, layout_kind: EquationLayout) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(GAP)
        columns = (
            (0, self._sample, self._sample_caption),
            (4, self._reconstruction, self._sum_caption),
            (5, self._residual, self._residual_caption),
        )
        for column, image_view, caption in columns:
            grid.setColumnStretch(column, _IMAGE_STRETCH if layout_kind is EquationLayout.ROW else 0)
            grid.addWidget(image_view, 0, column)
            grid.addWidget(caption, 1, column)
        buttons = self._buttons
        if layout_kind is EquationLayout.ROW and buttons:
            if has_large_text(self):
                buttons.fitted.setAccessibleName(buttons.fitted.text())
                buttons.fitted.setText(in_two_lines(buttons.fitted.text()))
            places = ((buttons.draw, 2, 0), (buttons.add_up, 2, 4), (buttons.best, 3, 4), (buttons.fitted, 2, 5))
            for button, row, column in places:
                n_rows = 2 if "\n" in button.text() else 1
                grid.addWidget(button, row, column, n_rows, 1, Qt.AlignmentFlag.AlignHCenter)
        for sign, column in zip(self._operators, (1, 3), strict=True):
            grid.addWidget(sign, 0, column)
        grid.addWidget(self._terms, 0, 2, 4, 1)
        grid.setColumnStretch(2, _TERMS_STRETCH)
        grid.setRowStretch(0, 1)
        return grid

    def _two_rows(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(GAP)
        grid.addWidget(self._sample, 0, 0)
        grid.addWidget(self._sample_caption, 1, 0)
        for sign, row in zip(self._operators, (0, 4), strict=True):
            grid.addWidget(sign, row, 1)
        grid.addWidget(self._terms, 0, 2, 3, 3)
        for column, image_view, caption in (
            (2, self._reconstruction, self._sum_caption),
            (3, self._residual, self._residual_caption),
        ):
            grid.addWidget(image_view, 4, column)
            grid.addWidget(caption, 5, column)
            grid.setColumnStretch(column, 1)
        column_of_buttons = QVBoxLayout()
        column_of_buttons.setSpacing(_SPACING)
        buttons = self._buttons.all() if self._buttons else []
        for button in (*buttons[1:], *buttons[:1]):
            column_of_buttons.addWidget(button)
        grid.addLayout(column_of_buttons, 4, 4, 2, 1)
        grid.setRowStretch(0, 3)
        grid.setRowMinimumHeight(3, _SPACING)
        grid.setRowStretch(4, 2)
        return grid

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Distribute the new width."""
        super().resizeEvent(event)
        self._distribute_width()

    def _distribute_width(self) -> None:
        """Make all images equally wide where text is large; hide the residual if too few terms would fit."""
        if self._layout_kind is EquationLayout.ROW:
            self._limit_height()
            return
        below = self._terms.controls_height() - self._sample_caption.sizeHint().height() - 2 * GAP
        self._grid.setRowMinimumHeight(2, below)  # below the captions, so that all images have the same height
        images: list[QWidget] = [self._sample]
        signs = self._operators[:1]
        if self._layout_kind is EquationLayout.ROW_WITHOUT_BUTTONS:
            images, signs = [self._sample, self._reconstruction, self._residual], self._operators
        gaps = (len(images) + len(signs)) * self._grid.horizontalSpacing()
        room = self.width() - gaps - sum(sign.sizeHint().width() for sign in signs)
        if self._layout_kind is EquationLayout.ROW_WITHOUT_BUTTONS:
            is_wide = self._terms.n_terms_in(room, len(images)) >= min(_MIN_TERMS, self._terms.n_terms_in(room, 0))
            for widget in (self._residual, self._residual_caption):
                widget.setVisible(is_wide)
            images = images if is_wide else images[:-1]
        wide = self._terms.image_width(room, len(images))
        for image_view in images:
            image_view.setFixedWidth(wide)

    def _limit_height(self) -> None:
        """Limit the height to what the images can use at this width; the grid of parts below gets the rest."""
        dataset = self._session.dataset
        if dataset is None:
            return
        height, width = dataset.sample_shape[:2]
        column = self.width() * _IMAGE_STRETCH // (3 * _IMAGE_STRETCH + _TERMS_STRETCH)
        useful = column * height // width + self._terms.controls_height() + 2 * GAP
        if self._tools.isVisibleTo(self):
            useful += self._tools.sizeHint().height() + self._grid.verticalSpacing()
        self.setMaximumHeight(max(useful, self.minimumHeight()))

    def _on_changed(self) -> None:
        """Show the changed sum; during a fit after a short delay, since all other panels show the new model too."""
        if self._session.is_model_changing and self.isVisible():
            self._update_timer.start()
        else:
            self._show()

    def _show_in_batches(self) -> None:
        self._show(at_once=False)

    def _show(self, *, at_once: bool = True) -> None:
        session = self._session
        if session.dataset is None:
            return
        self._show_sample()
        explanation = session.equation.explanation()
        self._terms.show_sum(explanation, at_once=at_once)
        if explanation is None:
            self._show_no_sum()
        else:
            self._show_sum(explanation, session.dataset.brightest)
        self._distribute_width()

    def _show_sample(self) -> None:
        """Show the image that is decomposed, unless it is shown already."""
        session, dataset, equation = self._session, self._session.dataset, self._session.equation
        image = equation.image
        drawing = session.shown.drawing if equation.is_of_drawing else None
        shown = ((dataset, equation.subject, session.preferences.display), drawing)
        is_same = (
            self._shown_sample is not None and shown[0] == self._shown_sample[0] and drawing is self._shown_sample[1]
        )
        if dataset is None or image is None or is_same:
            return
        self._shown_sample = shown
        if equation.is_of_drawing:
            text = brief = self.tr("your picture")
            description = self.tr("Your picture: draw with the mouse, or with the arrow keys and space")
        else:
            text = sample_caption(dataset, session.selected_sample)
            brief = without_common_start(text, dataset.sample_names)
            description = describe_sample(dataset, session.selected_sample)
        self._sample.show_image(sample_qimage(session, image), description)
        self._sample_caption.set_texts(text, brief)

    def _show_no_sum(self) -> None:
        self._reconstruction.show_empty()
        self._residual.show_empty()
        self._sum_caption.set_texts(self.tr("reconstruction"), self.tr("sum"))
        self._residual_caption.set_texts(self.tr("residual"))

    def _show_sum(self, explanation: Explanation, white: float) -> None:
        caption, short = self._sum_captions()
        self._sum_caption.set_texts(caption, short)
        is_moved = self._session.equation.has_moved_weights
        description = self.tr("{sum}; weights were moved").format(sum=caption) if is_moved else caption
        self._reconstruction.show_image(sample_qimage(self._session, explanation.reconstruction), description)
        error = percent(explanation.relative_error)
        template = self.tr(
            "sample minus reconstruction, error of this sample {error}; blue: missing from the sum, red: too much"
        )
        self._residual.show_image(
            residual_qimage(explanation.residual, white), template.format(error=error), is_signed=True
        )
        is_drawing = self._session.equation.is_of_drawing
        whole = (
            self.tr("residual: {error} of the picture") if is_drawing else self.tr("residual: {error} of the sample")
        )
        captions = (whole, self.tr("residual: {error}"), "{error}")
        self._residual_caption.set_texts(*(caption.format(error=error) for caption in captions))

    def _sum_captions(self) -> tuple[str, str]:
        """Return the caption of the reconstruction and a shorter one."""
        equation, parts = self._session.equation, self._session.parts
        if equation.n_added is not None:
            n_all = len(equation.added_terms())
            numbers = {"n": number(equation.n_added, 0), "all": number(n_all, 0)}
            if equation.n_added == 0:
                template = self.tr("{n} of {all} terms")
            elif equation.n_added == 1:
                template = self.tr("the first of {all} terms")
            else:
                template = self.tr("the first {n} of {all} terms")
            return template.format(**numbers), self.tr("{n} of {all} terms").format(**numbers)
        if parts.hidden:
            names = ", ".join(title_of_part(part, parts.name_of(part)) for part in sorted(parts.hidden))
            template, short = self.tr("reconstruction without {parts}"), self.tr("without {parts}")
            return template.format(parts=names), short.format(parts=names)
        return self.tr("reconstruction"), self.tr("sum")


def _operator_label(text: str) -> QLabel:
    label = QLabel(text)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * 1.5)
    label.setFont(font)
    return label
