"""The terms of the sum side by side: as many as fit, largest first, that of the selected part, and a scroll bar."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QRect, QSignalBlocker, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QApplication, QPushButton, QScrollBar, QSizePolicy, QWidget

from nmf_explorer.session.session import Activity
from nmf_explorer.session.tasks.timers import single_shot_timer
from nmf_explorer.ui.equation.term_view import Term, TermView
from nmf_explorer.ui.images.image_painting import fitted_size
from nmf_explorer.ui.images.image_view import FRAME
from nmf_explorer.ui.images.session_images import part_qimage
from nmf_explorer.ui.theme.appearance import has_large_text
from nmf_explorer.ui.theme.texts import in_two_lines, percent, title_of_part
from nmf_explorer.ui.widgets.image_memory import ImageLruCache

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from nmf_explorer.factorize.model.explain import Explanation
    from nmf_explorer.factorize.model.nmf_model import NmfModel
    from nmf_explorer.session.session import Session

_GAP = 4
_IMAGE_HEIGHT_SHARE, _TERMS_PER_WIDTH = (
    0.6,
    6,
)  # of the longer side of an image to the height; terms per width at which this is reduced
_MIN_LARGE_TERMS = 3  # terms shown at least, even if images get smaller: the lecture's sum has three
_BATCH_SIZE, _BATCH_INTERVAL_MS = 2, 4  # terms shown per batch, and the pause in which events are handled
_MIN_IMAGE_SIDE = 56  # screen pixels of an image's longer side: fewer terms rather than smaller ones


class _TermScrollBar(QScrollBar):
    """A horizontal scroll bar whose left and right keys move left and right; Qt reverses them."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll by one term."""
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        if event.key() in steps:
            self.setValue(self.value() + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class TermRow(QWidget):
    """The group “Terms of the sum”: weight × part + weight × part and so on.

    With `is_large`, images are as large as the height allows, even if fewer terms fit.
    """

    def __init__(self, session: Session, *, is_large: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._is_large = is_large
        self._views: list[TermView] = []
        self._explanation: Explanation | None = None
        self._explained_model: NmfModel | None = None  # the model of the explanation
        self._is_expanded = False
        self._n_shown = 0
        self._drawn_state: object = None
        self._images = ImageLruCache(self._make_image)
        self._geometries: list[QRect] = []
        self._pending_terms: list[tuple[int, Term]] = []  # with their positions in the row
        self._batch_timer = single_shot_timer(self, _BATCH_INTERVAL_MS, self._show_batch)
        self._more_button = QPushButton()
        self._scroll_bar = _TermScrollBar(Qt.Orientation.Horizontal)
        self.last_tab_widgets = (self._more_button, self._scroll_bar)  # Tab reaches them after all weights
        self.setAccessibleName(self.tr("Terms of the sum"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        for child in (self._more_button, self._scroll_bar):
            child.setParent(self)
        self._scroll_bar.setAccessibleName(self.tr("Walk through all terms"))
        self._scroll_bar.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll_bar.valueChanged.connect(self._on_scrolled)
        self._more_button.setText(self._more_text(0))
        self._more_button.clicked.connect(self._on_more_clicked)
        self.setAccessibleDescription(self.tr("largest first"))
        self.setToolTip(self.accessibleDescription())
        session.activity_changed.connect(self.update)
        session.parts.selected_changed.connect(self._on_selected_changed)
        session.parts.marked_changed.connect(self._update_marks)
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._on_focus_changed)

    def show_sum(self, explanation: Explanation | None, *, at_once: bool = True) -> None:
        """Show the terms of this sum, or why there are none; unless `at_once`, in small batches."""
        if self._is_outdated:
            for view in self._views:
                view.release_slider()
        self._explanation, self._explained_model = explanation, self._session.model
        self._show_terms(at_once=at_once)

    def sizeHint(self) -> QSize:
        """Return a size for several terms."""
        return QSize(400, 220)

    def minimumSizeHint(self) -> QSize:
        """Return a size for one term and the button for more."""
        return QSize(self._controls_width() + self._sign_width() + self._more_button_width(), 150)

    def n_terms_in(self, width: int, n_images: int) -> int:
        """Return the number of terms that fit into this width beside `n_images` images as wide as a term."""
        terms, added = self._terms()
        n_fit = self._n_terms_that_fit(width, n_images, _MIN_IMAGE_SIDE, has_more=len(added) < len(terms))
        if not self._is_expanded and len(added) <= n_fit:
            return len(added)
        return min(len(terms), self._n_terms_that_fit(width, n_images, self._comfortable_image_side(), has_more=True))

    def image_width(self, width: int, n_images: int) -> int:
        """Return the width of those images that makes all images equally large."""
        n_shown = self.n_terms_in(width, n_images)
        more = self._more_button_width() if n_shown < len(self._terms()[0]) else 0
        return (width - more - n_shown * self._sign_width()) // max(1, n_shown + n_images)

    def controls_height(self) -> int:
        """Return the height of the controls below the images."""
        return self._view(0).controls_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many terms as fit now."""
        super().resizeEvent(event)
        self._show_terms()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a + between the terms, or a text if there are none."""
        super().paintEvent(event)
        painter = QPainter(self)
        shown = self._views[: self._n_shown]
        if not shown:
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            room = self.rect().adjusted(8, 0, -8 - self._reserved_more_width(), 0)
            painter.drawText(room, flags, self._empty_text())
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 1.5)
        painter.setFont(font)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        gap = self._sign_width()
        for view in shown if self._scroll_bar.value() else shown[1:]:
            place = QRect(view.x() - gap, view.y(), gap, view.image_view.height())
            if event.region().intersects(place):  # usually only one term is repainted
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "+")
        painter.end()

    # which terms

    def _show_terms(self, *, at_once: bool = True) -> None:
        if self._is_outdated:
            return
        explanation = self._explanation
        terms, added = self._terms()
        n_shown = self.n_terms_in(self.width(), 0)
        chosen = self._scrolled_to(terms, n_shown) if self._is_expanded else self._with_selected(added, n_shown)
        self._n_shown = len(chosen)
        self._update_more_button(terms, chosen)
        self._pending_terms = self._indexed_terms(explanation, chosen) if explanation else []
        for view in self._views[self._n_shown :]:
            view.hide_term()
        for view, place in zip(self._views, self._geometries, strict=False):
            view.setGeometry(place)
        self._show_batch(len(self._pending_terms) if at_once else _BATCH_SIZE)

    def _show_batch(self, n_terms: int = _BATCH_SIZE) -> None:
        """Show the first pending terms and start the timer for the next batch; do nothing if the model has changed."""
        if self._is_outdated:
            return
        now, self._pending_terms = self._pending_terms[:n_terms], self._pending_terms[n_terms:]
        for place, term in now:
            view = self._view(place)
            view.setGeometry(self._geometries[place])
            view.show()
            view.show_term(term, self._images.get(term.part))
        self._update_marks()
        if self._pending_terms:
            self._batch_timer.start()
        self._update_if_needed()

    @property
    def _is_outdated(self) -> bool:
        """Whether the model has changed since the last sum, so that parts may be missing."""
        return self._explained_model is not self._session.model

    def _terms(self) -> tuple[list[int], list[int]]:
        """Return all terms, and those to show first: with a weight above zero, or of the selected part."""
        if not self._explanation:
            return [], []
        equation, selected = self._session.equation, self._session.parts.selected
        terms, added = equation.terms(), equation.added_terms()
        if selected is None or selected not in terms or selected in added:
            return terms, added
        return terms, [*added, selected]

    def _with_selected(self, added: list[int], n_terms: int) -> list[int]:
        """Return the first terms; the last of them gives way to that of the selected part if it is further behind."""
        selected = self._session.parts.selected
        if selected is None or selected not in added[n_terms:]:
            return added[:n_terms]
        return [*added[: n_terms - 1], selected]

    def _on_selected_changed(self) -> None:
        """Show the term of the selected part."""
        selected, terms = self._session.parts.selected, self._terms()[0]
        if self._is_expanded and selected in terms:
            place, first = terms.index(selected), self._scroll_bar.value()
            self._scroll_bar.setValue(min(max(first, place - self._n_shown + 1), place))
        self._show_terms()
        self._update_marks()

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        """Mark the part of the term with the keyboard focus; by a signal, since focus events at exit may crash."""
        shown = self._views[: self._n_shown]
        focused = next((view for view in shown if new and view.isAncestorOf(new)), None)
        if focused:
            self._session.parts.mark(focused.part, self)
        elif old and any(view.isAncestorOf(old) for view in shown):
            self._session.parts.unmark(self)

    def _on_marked(self, part: int | None) -> None:
        if part is None:
            self._session.parts.unmark(self)
        else:
            self._session.parts.mark(part, self)

    def _update_marks(self) -> None:
        parts = self._session.parts
        for view in self._views[: self._n_shown]:
            if (part := view.part) is not None:
                view.show_marks(is_selected=part in (parts.selected, parts.compared), is_marked=part == parts.marked)

    def _update_if_needed(self) -> None:
        """Repaint signs and text only if they have changed, since that repaints all terms too."""
        drawn = (self.size(), [view.geometry() for view in self._views[: self._n_shown]], self._scroll_bar.value() > 0)
        if drawn != self._drawn_state or not self._n_shown:
            self._drawn_state = drawn
            self.update()

    def _scrolled_to(self, terms: list[int], n_terms: int) -> list[int]:
        with QSignalBlocker(self._scroll_bar):
            self._scroll_bar.setRange(0, max(0, len(terms) - n_terms))
            self._scroll_bar.setPageStep(n_terms)
        return terms[self._scroll_bar.value() :][:n_terms]

    def _update_more_button(self, terms: list[int], chosen: list[int]) -> None:
        n_more = len(terms) - len(chosen)
        self._is_expanded = self._is_expanded and n_more > 0
        self._scroll_bar.setVisible(self._is_expanded)
        if not self._is_expanded:
            self._scroll_bar.setValue(0)
        self._more_button.setVisible(n_more > 0)
        text = self.tr("Fewer") if self._is_expanded else self._more_text(n_more)
        if self._more_button.text() != text:
            self._more_button.setText(text)
            self._more_button.setAccessibleName(text.replace("\n", " "))
            self.updateGeometry()
        explanation = self._explanation
        share = sum(term.share for term in explanation.contributions if term.part not in chosen) if explanation else 0.0
        description = self.tr("The terms that are not shown add {share} of the sum").format(share=percent(share))
        self._more_button.setToolTip(description)
        self._more_button.setAccessibleDescription(description)
        size = self._more_button.sizeHint()
        middle = self._image_height() // 2  # at the height of the + between the terms
        self._more_button.setGeometry(
            self.width() - self._reserved_more_width(), middle - size.height() // 2, size.width(), size.height()
        )
        bar = self._scroll_bar.sizeHint().height()
        self._scroll_bar.setGeometry(0, self.height() - bar, self.width() - self._reserved_more_width(), bar)

    def _more_text(self, n: int) -> str:
        text = self.tr("+ {n} more").format(n=n)
        return in_two_lines(text) if has_large_text(self) else text

    def _indexed_terms(self, explanation: Explanation, chosen: list[int]) -> list[tuple[int, Term]]:
        """Return the values to show of these terms, each with its position in the row."""
        session, equation = self._session, self._session.equation
        model, fitted, weights = session.model, equation.fitted_weights, equation.shown_weights
        if model is None or fitted is None or weights is None or session.dataset is None:
            return []
        shares = {term.part: term.share for term in explanation.contributions}
        added = equation.added_terms()[: equation.n_added] if equation.n_added is not None else chosen
        limit = max(float(model.largest_weights.max()), float(weights[chosen].max()) if chosen else 0.0)
        can_be_moved = equation.can_move_weights
        self._lay_out_views(len(chosen), model.sample_shape)
        self._images.set_key((model, session.preferences.display, self._geometries[:1]))
        return [
            (
                place,
                Term(
                    part,
                    title_of_part(part, session.parts.name_of(part)),
                    float(weights[part]),
                    float(fitted[part]),
                    limit,
                    shares[part],
                    can_be_moved,
                    part in added,
                ),
            )
            for place, part in enumerate(chosen)
        ]

    def _make_image(self, part: int) -> QImage:
        room = QSize(self._geometries[0].width(), self._image_height()) * self.devicePixelRatio()
        return part_qimage(self._session, part, room)

    # where

    def _lay_out_views(self, n_terms: int, sample_shape: tuple[int, ...]) -> None:
        """Give each term as much width as its image can use."""
        gap = self._sign_width()
        width, height = self.width() - self._reserved_more_width(), self._image_height()
        share = width // max(1, n_terms) - gap
        room = QSizeF(share - 2, height - 2)
        full = fitted_size(QSize(sample_shape[1], sample_shape[0]), room, self.devicePixelRatio())
        preferred = max(self._min_term_width(_MIN_IMAGE_SIDE), round(full.width()) + 2 + 2 * gap)
        cell = max(self._controls_width(), min(share, preferred))
        left = max(0, (width - n_terms * (cell + gap)) // 2) + gap
        below = self.controls_height()
        self._geometries = [QRect(left + i * (cell + gap), 0, cell, height + below) for i in range(n_terms)]

    def _image_height(self) -> int:
        bar = self._scroll_bar.sizeHint().height() if self._is_expanded else 0
        return self.height() - bar - self.controls_height()

    def _n_terms_that_fit(self, width: int, n_images: int, wanted: int, *, has_more: bool) -> int:
        """Return how many terms fit with their controls and with images of at least the wanted size."""
        room, gap = width - (self._more_button_width() if has_more else 0), self._sign_width()
        minimum = self._min_term_width(self._image_height() if self._is_large else wanted)
        n_fit = (room - n_images * minimum) // (minimum + gap)
        if self._is_large and n_fit < _MIN_LARGE_TERMS:
            minimum = self._controls_width()
            n_fit = min(_MIN_LARGE_TERMS, (room - n_images * minimum) // (minimum + gap))
        return max(1, n_fit)

    def _comfortable_image_side(self) -> int:
        """Return the wanted longer side of an image if not all terms fit: fewer terms, but larger."""
        share = self.width() // _TERMS_PER_WIDTH - self._sign_width()
        return min(round(_IMAGE_HEIGHT_SHARE * self._image_height()), share)

    def _min_term_width(self, wanted: int) -> int:
        """Return the width for the controls and for an image with a longer side of about `wanted` pixels.

        Images are enlarged by whole numbers only, so it may be a little less.
        """
        model = self._session.model
        if model is None:
            return self._controls_width()
        height, width = model.sample_shape[:2]
        longer = max(height, width)
        scale = max(1, math.ceil(_MIN_IMAGE_SIDE / longer), wanted // longer)
        max_side = max(_MIN_IMAGE_SIDE, wanted) if longer > wanted else width * scale
        room = QSizeF(min(max_side, width * scale), self._image_height())
        seen = fitted_size(QSize(width, height), room, 1)
        return max(self._controls_width(), round(seen.width()) + 2 * FRAME)

    def _controls_width(self) -> int:
        return self._view(0).min_width_for(len(self._session.part_layout.parts_in_order))

    def _view(self, place: int) -> TermView:
        while len(self._views) <= place:
            view = TermView(self._session, self)
            view.hide()
            view.moved.connect(self._session.equation.set_weight)
            view.editing_finished.connect(self._session.history.end_merge)
            view.reset_requested.connect(self._session.equation.reset_weight)
            view.chosen.connect(self._session.parts.select)
            view.marked.connect(self._on_marked)
            self._views.append(view)
            view.insert_in_tab_order(self._more_button)
        return self._views[place]

    def _sign_width(self) -> int:
        return round(self.fontMetrics().horizontalAdvance("+") * 1.8)

    def _more_button_width(self) -> int:
        return self._more_button.sizeHint().width() + _GAP

    def _reserved_more_width(self) -> int:
        return self._more_button_width() if self._more_button.isVisibleTo(self) else 0

    def _on_scrolled(self) -> None:
        self._show_terms()

    def _on_more_clicked(self) -> None:
        self._is_expanded = not self._is_expanded
        self._show_terms()

    def _empty_text(self) -> str:
        session = self._session
        if session.model and session.equation.is_of_drawing:
            return self.tr("Draw on the left: your picture is taken apart while you draw.")
        if session.model:
            return self.tr("No part adds anything to this image.")
        if session.activity is Activity.FITTING:
            return self.tr("Looking for parts…")
        return self.tr("Press Fit: this image as a weighted sum of parts.") if session.dataset else ""
