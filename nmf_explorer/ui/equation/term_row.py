"""The terms of the sum side by side: as many as fit, the largest first; the others are a press away."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSignalBlocker, QSize, QSizeF, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QPushButton, QScrollBar, QSizePolicy, QWidget

from nmf_explorer.session.session import Activity
from nmf_explorer.ui.equation.term_view import Term, TermView
from nmf_explorer.ui.images.image_painting import fitted_size
from nmf_explorer.ui.images.image_view import FRAME
from nmf_explorer.ui.images.session_images import part_qimage
from nmf_explorer.ui.theme.appearance import has_large_letters
from nmf_explorer.ui.theme.texts import in_two_lines, percent, title_of_part
from nmf_explorer.ui.widgets.image_memory import ImageLruCache

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from nmf_explorer.factorize.model.explain import Explanation
    from nmf_explorer.factorize.model.nmf_model import NmfModel
    from nmf_explorer.session.session import Session

_GAP = 4
_WELL, _A_FEW = 0.6, 6  # of the height; and how many terms are seen at least, if there is room for so many
_FEW = 3  # terms that are seen where large pictures would leave room for fewer: the lecture's sum has three
_AT_A_TIME, _PAUSE_MS = 2, 4  # terms that are shown before the window answers, and for how long it does
_SEEN = 56  # of the longer side of a part, in pixels of the screen: fewer terms rather than smaller ones


class _Walk(QScrollBar):
    """A scroll bar whose arrow keys go where they point; Qt turns them round, as for a vertical one."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go by one term; other keys are Qt's."""
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        if event.key() in steps:
            self.setValue(self.value() + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class TermRow(QWidget):
    """The group “Terms of the sum”: weight × part + weight × part + … and so on.

    With `is_large` the pictures are as large as the height allows, even if there are fewer.
    """

    def __init__(self, session: Session, *, is_large: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._is_large = is_large
        self._views: list[TermView] = []
        self._explanation: Explanation | None = None
        self._explained: NmfModel | None = None  # the model that it is about
        self._is_open = False
        self._n_shown = 0
        self._drawn: object = None
        self._pictures = ImageLruCache(self._make_picture)
        self._places: list[QRect] = []
        self._waiting: list[tuple[int, Term]] = []  # to be shown at these places
        self._next_terms = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._next_terms.timeout.connect(self._show_some)
        self._more = QPushButton()
        self._scroll = _Walk(Qt.Orientation.Horizontal)
        self.setAccessibleName(self.tr("Terms of the sum"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        for child in (self._more, self._scroll):
            child.setParent(self)
        self._scroll.setAccessibleName(self.tr("Walk through all terms"))
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.valueChanged.connect(self._on_scrolled)
        self._more.setText(self._words_for_more(0))
        self._more.clicked.connect(self._on_more_clicked)
        session.activity_changed.connect(self.update)

    def show_sum(self, explanation: Explanation | None, *, at_once: bool = True) -> None:
        """Show the terms of this sum, or why there are none; if not `at_once`, a few, and the window answers."""
        self._explanation, self._explained = explanation, self._session.model
        self._show_terms(at_once=at_once)

    def sizeHint(self) -> QSize:
        """Some terms."""
        return QSize(400, 220)

    def minimumSizeHint(self) -> QSize:
        """One term, and what opens the others."""
        return QSize(self._controls_width() + self._sign_width() + self._more_button_width(), 150)

    def n_shown_in(self, width: int, n_others: int) -> int:
        """How many terms are seen in a room in which so many other pictures lie, each as wide as a term."""
        terms, added = self._terms()
        n_fit = self._n_that_fit(width, n_others, _SEEN, has_more=len(added) < len(terms))
        if not self._is_open and len(added) <= n_fit:
            return len(added)
        return min(len(terms), self._n_that_fit(width, n_others, self._well_seen(), has_more=True))

    def width_of_others(self, width: int, n_others: int) -> int:
        """How wide those are to be, so that all pictures are as large."""
        n_shown = self.n_shown_in(width, n_others)
        more = self._more_button_width() if n_shown < len(self._terms()[0]) else 0
        return (width - more - n_shown * self._sign_width()) // max(1, n_shown + n_others)

    def height_below(self) -> int:
        """How much of the height lies beneath the pictures."""
        return self._view(0).height_below()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many as fit now."""
        super().resizeEvent(event)
        self._show_terms()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a + between the terms, or what there is to say where there are none."""
        super().paintEvent(event)
        painter = QPainter(self)
        shown = self._views[: self._n_shown]
        if not shown:
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            room = self.rect().adjusted(8, 0, -8 - self._more_width(), 0)
            painter.drawText(room, flags, self._why_empty())
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 1.5)
        painter.setFont(font)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        gap = self._sign_width()
        for view in shown if self._scroll.value() else shown[1:]:
            place = QRect(view.x() - gap, view.y(), gap, view.picture.height())
            if event.region().intersects(place):  # mostly it is a term that is painted anew, and its ground with it
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "+")
        painter.end()

    # which terms

    def _show_terms(self, *, at_once: bool = True) -> None:
        if self._is_outdated:
            return
        explanation = self._explanation
        terms, added = self._terms()
        n_shown = self.n_shown_in(self.width(), 0)
        chosen = self._window(terms, n_shown) if self._is_open else added[:n_shown]
        self._n_shown = len(chosen)
        self._show_what_is_more(terms, chosen)
        self._waiting = self._numbered(explanation, chosen) if explanation else []
        for view in self._views[self._n_shown :]:
            view.show_nothing()
        for view, place in zip(self._views, self._places, strict=False):
            view.setGeometry(place)
        self._show_some(len(self._waiting) if at_once else _AT_A_TIME)

    def _show_some(self, n_terms: int = _AT_A_TIME) -> None:
        """Show the first terms that wait, and the others when the window has answered; not those of a model gone."""
        if self._is_outdated:
            return
        now, self._waiting = self._waiting[:n_terms], self._waiting[n_terms:]
        for place, term in now:
            view = self._view(place)
            view.setGeometry(self._places[place])
            view.show()
            view.show_term(term, self._pictures.of(term.part))
        if self._waiting:
            self._next_terms.start()
        self._draw_if_needed()

    @property
    def _is_outdated(self) -> bool:
        """Whether the sum of another model is on its way, which may not have all these parts."""
        return self._explained is not self._session.model

    def _terms(self) -> tuple[list[int], list[int]]:
        """All terms, and those that add something."""
        equation = self._session.equation
        return (equation.terms(), equation.added_terms()) if self._explanation else ([], [])

    def _draw_if_needed(self) -> None:
        """Draw signs and words again only where they are others: all terms would be drawn with them."""
        drawn = (self.size(), [view.geometry() for view in self._views[: self._n_shown]], self._scroll.value() > 0)
        if drawn != self._drawn or not self._n_shown:
            self._drawn = drawn
            self.update()

    def _window(self, terms: list[int], n_terms: int) -> list[int]:
        with QSignalBlocker(self._scroll):
            self._scroll.setRange(0, max(0, len(terms) - n_terms))
            self._scroll.setPageStep(n_terms)
        return terms[self._scroll.value() :][:n_terms]

    def _show_what_is_more(self, terms: list[int], chosen: list[int]) -> None:
        n_more = len(terms) - len(chosen)
        self._is_open = self._is_open and n_more > 0
        self._scroll.setVisible(self._is_open)
        if not self._is_open:
            self._scroll.setValue(0)
        self._more.setVisible(n_more > 0)
        text = self.tr("Fewer") if self._is_open else self._words_for_more(n_more)
        if self._more.text() != text:
            self._more.setText(text)
            self._more.setAccessibleName(text.replace("\n", " "))
            self.updateGeometry()
        explanation = self._explanation
        share = sum(term.share for term in explanation.contributions if term.part not in chosen) if explanation else 0.0
        told = self.tr("The terms that are not shown add {share} of the picture").format(share=percent(share))
        self._more.setToolTip(told)
        self._more.setAccessibleDescription(told)
        size = self._more.sizeHint()
        middle = self._picture_height() // 2  # where the + between the terms are
        self._more.setGeometry(
            self.width() - self._more_width(), middle - size.height() // 2, size.width(), size.height()
        )
        bar = self._scroll.sizeHint().height()
        self._scroll.setGeometry(0, self.height() - bar, self.width() - self._more_width(), bar)

    def _words_for_more(self, n: int) -> str:
        text = self.tr("+ {n} more").format(n=n)
        return in_two_lines(text) if has_large_letters(self) else text

    def _numbered(self, explanation: Explanation, chosen: list[int]) -> list[tuple[int, Term]]:
        """These terms, each with its place in the row."""
        session, equation = self._session, self._session.equation
        model, fitted, weights = session.model, equation.fitted_weights, equation.shown_weights
        if model is None or fitted is None or weights is None or session.dataset is None:
            return []
        shares = {term.part: term.share for term in explanation.contributions}
        added = equation.added_terms()[: equation.n_added] if equation.n_added is not None else chosen
        limit = max(float(model.largest_weights.max()), float(weights[chosen].max()) if chosen else 0.0)
        can_be_moved = equation.can_be_moved
        self._lay_out_views(len(chosen), model.sample_shape)
        self._pictures.keep_for((model, session.preferences.display, self._places[:1]))
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

    def _make_picture(self, part: int) -> QImage:
        room = QSize(self._places[0].width(), self._picture_height()) * self.devicePixelRatio()
        return part_qimage(self._session, part, room)

    # where

    def _lay_out_views(self, n_terms: int, sample_shape: tuple[int, ...]) -> None:
        """Give each term as much room as its picture can use."""
        gap = self._sign_width()
        width, height = self.width() - self._more_width(), self._picture_height()
        share = width // max(1, n_terms) - gap
        room = QSizeF(share - 2, height - 2)
        full = fitted_size(QSize(sample_shape[1], sample_shape[0]), room, self.devicePixelRatio())
        liked = max(self._least_width(_SEEN), round(full.width()) + 2 + 2 * gap)
        cell = max(self._controls_width(), min(share, liked))
        left = max(0, (width - n_terms * (cell + gap)) // 2) + gap
        below = self.height_below()
        self._places = [QRect(left + i * (cell + gap), 0, cell, height + below) for i in range(n_terms)]

    def _picture_height(self) -> int:
        bar = self._scroll.sizeHint().height() if self._is_open else 0
        return self.height() - bar - self.height_below()

    def _n_that_fit(self, width: int, n_others: int, wanted: int, *, has_more: bool) -> int:
        """As many as leave room for what is beneath them, and for pictures that are as large as wanted."""
        room, gap = width - (self._more_button_width() if has_more else 0), self._sign_width()
        least = self._least_width(self._picture_height() if self._is_large else wanted)
        n_fit = (room - n_others * least) // (least + gap)
        if self._is_large and n_fit < _FEW:
            least = self._controls_width()
            n_fit = min(_FEW, (room - n_others * least) // (least + gap))
        return max(1, n_fit)

    def _well_seen(self) -> int:
        """How long the longer side of a part should be where not all terms can be seen: then rather some, and well."""
        share = self.width() // _A_FEW - self._sign_width()
        return min(round(_WELL * self._picture_height()), share)

    def _least_width(self, wanted: int) -> int:
        """Room for the controls, and for a picture on which something can be seen, if it can be as high.

        Its longer side is as long as `wanted`, or a little less where pixels are enlarged by whole numbers.
        """
        model = self._session.model
        if model is None:
            return self._controls_width()
        height, width = model.sample_shape[:2]
        longer = max(height, width)
        scale = max(1, math.ceil(_SEEN / longer), wanted // longer)
        most = max(_SEEN, wanted) if longer > wanted else width * scale
        room = QSizeF(min(most, width * scale), self._picture_height())
        seen = fitted_size(QSize(width, height), room, 1)
        return max(self._controls_width(), round(seen.width()) + 2 * FRAME)

    def _controls_width(self) -> int:
        return self._view(0).least_width(len(self._session.part_layout.places))

    def _view(self, place: int) -> TermView:
        while len(self._views) <= place:
            view = TermView(self._session, self)
            view.hide()
            view.moved.connect(self._session.equation.set_weight)
            view.settled.connect(self._session.history.end_merge)
            view.reset_asked.connect(self._session.equation.reset_weight)
            self._views.append(view)
            QWidget.setTabOrder(view, self._scroll)
        return self._views[place]

    def _sign_width(self) -> int:
        return round(self.fontMetrics().horizontalAdvance("+") * 1.8)

    def _more_button_width(self) -> int:
        return self._more.sizeHint().width() + _GAP

    def _more_width(self) -> int:
        return self._more_button_width() if self._more.isVisibleTo(self) else 0

    def _on_scrolled(self) -> None:
        self._show_terms()

    def _on_more_clicked(self) -> None:
        self._is_open = not self._is_open
        self._show_terms()

    def _why_empty(self) -> str:
        session = self._session
        if session.model and session.equation.is_about_drawing:
            return self.tr("Draw on the left: your picture is taken apart while you draw.")
        if session.model:
            return self.tr("No part adds anything to this image.")
        if session.activity is Activity.FITTING:
            return self.tr("Looking for parts…")
        return self.tr("Press Fit: this image as a weighted sum of parts.") if session.dataset else ""
