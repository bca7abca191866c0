"""The welcome page: sample sets, a drop zone for folders, and the recently opened sets."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nmf_explorer.dataset.sample_sets import SAMPLE_SETS, SampleSet
from nmf_explorer.ui.theme.texts import describe_widget, display_names, printable, translated

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent

    from nmf_explorer.session.session import Session

_CARD = QSize(170, 122)
_MAX_COLUMNS = 4
_MAX_LETTERS = 180  # width of the page
_CONTENTS_STRETCH = 1000  # of the width, to 1 for each margin
_MIN_WIDTH = 960  # pixels of the page in the smallest usable window, less its margins


class WelcomePage(QWidget):
    """Ways to open a set.

    Signals: ``open_folder_requested()`` and ``open_files_requested()`` request the window's file dialogs.
    """

    open_folder_requested = Signal()
    open_files_requested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._recent = QVBoxLayout()
        contents = QWidget()  # centred in a large window
        contents.setMaximumWidth(_MAX_LETTERS * self.fontMetrics().averageCharWidth())
        middle = QHBoxLayout(self)
        middle.setContentsMargins(0, 0, 0, 0)
        for widget in (None, contents, None):
            middle.addWidget(widget, _CONTENTS_STRETCH) if widget else middle.addStretch(1)
        page = QVBoxLayout(contents)
        page.setContentsMargins(24, 12, 24, 12)
        page.addStretch(1)
        page.addWidget(_heading(self.tr("See how images are made of parts"), 2.0))
        page.addSpacing(8)
        page.addWidget(_heading(self.tr("Begin with one of these"), 1.2))
        page.addLayout(self._sample_cards())
        page.addSpacing(12)
        lower = QHBoxLayout()
        lower.addWidget(self._drop_zone(), 3)
        lower.addSpacing(24)
        lower.addLayout(self._recent_column(), 2)
        page.addLayout(lower)
        page.addWidget(_secondary_label(self.tr("Nothing is sent anywhere: your images stay on this computer.")))
        page.addStretch(1)
        session.recent_sets.changed.connect(self._on_recent_changed)
        session.recent_sets.checked.connect(self._on_checked)
        self._on_recent_changed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button that has the focus on Return and Enter; Qt's buttons answer only Space."""
        focused = self.focusWidget()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(focused, QAbstractButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    def _sample_cards(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(8)
        cards = [self._card(known) for known in SAMPLE_SETS]
        widest = max(card.sizeHint().width() for card in cards) + grid.spacing()
        columns = max(1, min(_MAX_COLUMNS, _MIN_WIDTH // widest))  # fewer where the text is large
        for place, card in enumerate(cards):
            grid.addWidget(card, place // columns, place % columns)
        return grid

    def _card(self, known: SampleSet) -> QToolButton:
        card = QToolButton()
        title = translated(known.title)
        facts = self.tr("{n} images, {k} parts").format(n=known.n_samples, k=known.n_components)
        card.setText(f"{title}\n{facts}")
        card.setAccessibleName(title)
        card.setAccessibleDescription(facts)
        card.setIcon(QIcon(str(known.preview)))
        card.setIconSize(_CARD)
        card.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        card.setAutoRaise(True)
        card.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        card.clicked.connect(partial(self._session.open, [known.path]))
        return card

    def _drop_zone(self) -> QFrame:
        zone = QFrame()
        zone.setObjectName("dropZone")
        zone.setStyleSheet("#dropZone { border: 2px dashed palette(mid); border-radius: 8px; }")
        column = QVBoxLayout(zone)
        column.setContentsMargins(12, 24, 12, 24)
        column.addStretch(1)
        text = _heading(self.tr("Drop a folder of images here"), 1.4)
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(text)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for words, signal in (
            (self.tr("Open…"), self.open_folder_requested),
            (self.tr("Open files…"), self.open_files_requested),
        ):
            button = QPushButton(words)
            button.clicked.connect(signal)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        kinds = _secondary_label(
            self.tr(
                "All usual pictures, .zip, .tar, .npy, .npz, .csv, .mat, MNIST; several at once; or paste a picture"
            )
        )
        kinds.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(kinds)
        column.addStretch(1)
        return zone

    def _recent_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.addWidget(_heading(self.tr("Open again"), 1.2))
        column.addLayout(self._recent)
        column.addStretch(1)
        return column

    def _on_recent_changed(self) -> None:
        while item := self._recent.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._buttons: list[tuple[Path, QPushButton]] = []
        paths = self._session.recent_sets.paths()
        for path, name in zip(paths, display_names(paths), strict=True):
            self._buttons.append((path, self._recent_button(path, name)))
            self._recent.addWidget(self._buttons[-1][1])
        self._on_checked()
        if not paths:
            self._recent.addWidget(_secondary_label(self.tr("Sets that you open are listed here.")))

    def _on_checked(self) -> None:
        for path, button in self._buttons:
            button.setEnabled(not self._session.recent_sets.is_missing(path))

    def _recent_button(self, path: Path, name: str) -> QPushButton:
        button = QPushButton(name.replace("&", "&&"))
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # a long path widens no column
        button.setFlat(True)
        button.setStyleSheet("text-align: left; padding: 2px 6px;")
        describe_widget(button, printable(path))
        button.clicked.connect(partial(self._session.open, [path]))
        return button


def _heading(text: str, factor: float) -> QLabel:
    label = QLabel(text)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * factor)
    label.setFont(font)
    return label


def _secondary_label(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
    return label
