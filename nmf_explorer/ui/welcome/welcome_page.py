"""The welcome page: an example of a sum, sample sets, a card for the user's own images, and recent sets."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from nmf_explorer.dataset.sample_sets import SAMPLE_SETS
from nmf_explorer.ui.theme.icons import icon
from nmf_explorer.ui.theme.metrics import (
    CARDS,
    CONTROLS,
    DISPLAY,
    PAGE,
    SECTION_TITLE,
    Letters,
    icon_side,
    scaled,
    set_letters,
)
from nmf_explorer.ui.welcome.example_sum import ExampleSum
from nmf_explorer.ui.welcome.own_images_card import OwnImagesCard
from nmf_explorer.ui.welcome.recent_list import RecentList
from nmf_explorer.ui.welcome.set_card import SetCard

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from nmf_explorer.session.session import Session

_WIDTH = 1080  # pixels of the page with letters of the usual size
_MAX_COLUMNS, _FEW_COLUMNS = 4, 2
_LEAST_ROOM = 960  # pixels of the page in the smallest usable window, less its margins
_CONTENTS_STRETCH = 1000  # of the width, to 1 for each margin


class WelcomePage(QWidget):
    """Ways to open a set.

    Signals: ``open_folder_requested()`` and ``open_files_requested()`` request the window's file dialogs.
    """

    open_folder_requested = Signal()
    open_files_requested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        contents = QWidget()  # centred in a large window
        contents.setMaximumWidth(scaled(_WIDTH, self.fontMetrics()))
        middle = QHBoxLayout(self)
        middle.setContentsMargins(0, 0, 0, 0)
        for widget in (None, contents, None):
            middle.addWidget(widget, _CONTENTS_STRETCH) if widget else middle.addStretch(1)
        self._page = QVBoxLayout(contents)
        self._page.setContentsMargins(PAGE, PAGE, PAGE, CARDS)
        self._page.setSpacing(CONTROLS)
        self._add_all()

    def _add_all(self) -> None:
        cards = [SetCard(known) for known in SAMPLE_SETS]
        for known, card in zip(SAMPLE_SETS, cards, strict=True):
            card.clicked.connect(partial(self._session.open, [known.path]))
        widest = max(card.minimumSizeHint().width() for card in cards) + CARDS
        n_columns = max(1, min(_MAX_COLUMNS, (_LEAST_ROOM + CARDS) // widest))  # fewer where the text is large
        page = self._page
        page.addStretch(1)
        page.addWidget(_heading(self.tr("See how images are made of parts"), DISPLAY))
        page.addSpacing(CONTROLS)
        page.addWidget(ExampleSum())
        page.addSpacing(CARDS)
        page.addWidget(_heading(self.tr("Examples"), SECTION_TITLE))
        page.addLayout(self._cards(cards, n_columns))
        page.addSpacing(CARDS)
        page.addWidget(_heading(self.tr("Recent"), SECTION_TITLE))
        page.addWidget(RecentList(self._session))
        page.addSpacing(CONTROLS)
        page.addLayout(self._privacy_line())
        page.addStretch(2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button that has the focus on Return and Enter; Qt's buttons answer only Space."""
        focused = self.focusWidget()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(focused, QAbstractButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    def _cards(self, cards: list[SetCard], n_columns: int) -> QGridLayout:
        """Return the cards in columns; where there are few, that of the user's own images comes first."""
        own = OwnImagesCard()
        own.open_folder_requested.connect(self.open_folder_requested)
        own.open_files_requested.connect(self.open_files_requested)
        own.setMinimumHeight(cards[0].sizeHint().height())
        grid = QGridLayout()
        grid.setSpacing(CARDS)
        everything = [own, *cards] if n_columns <= _FEW_COLUMNS else [*cards, own]
        for place, card in enumerate(everything):
            grid.addWidget(card, place // n_columns, place % n_columns)
        for column in range(n_columns):
            grid.setColumnStretch(column, 1)
        return grid

    def _privacy_line(self) -> QHBoxLayout:
        sign, text = QLabel(), QLabel(self.tr("Your images stay on this computer. The program never uses the network."))
        side = icon_side(self.fontMetrics())
        sign.setPixmap(icon("circle-check", "secondary").pixmap(side, side))
        text.setWordWrap(True)
        text.setForegroundRole(text.palette().ColorRole.PlaceholderText)
        row = QHBoxLayout()
        row.setSpacing(CONTROLS)
        row.addWidget(sign)
        row.addWidget(text, 1)
        return row


def _heading(text: str, letters: Letters) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    set_letters(label, letters)
    return label
