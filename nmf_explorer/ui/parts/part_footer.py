"""The line beneath the parts: their order, and what is to be known about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from nmf_explorer.ui.parts.agreement_label import AgreementLabel
from nmf_explorer.ui.theme.appearance import has_large_letters
from nmf_explorer.ui.widgets.word_wrap_label import WordWrapLabel

if TYPE_CHECKING:
    from nmf_explorer.session.session import Session

_MOST_NUMBERS = 8  # of hidden parts that are told one by one


class HiddenParts(QWidget):
    """Says without which parts the sum goes on, and brings them back; there only while some are hidden."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._text = WordWrapLabel()
        button = QPushButton(self.tr("Show All"))
        button.setAccessibleDescription(self.tr("Let the sum go on with all parts"))
        button.clicked.connect(session.parts.show_all)
        are_large = has_large_letters(self)
        line = QVBoxLayout(self) if are_large else QHBoxLayout(self)  # a button beneath a text makes nothing wider
        line.setContentsMargins(0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)  # all room is for the parts
        line.addWidget(self._text, 0 if are_large else 1)
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft if are_large else Qt.AlignmentFlag(0))
        session.parts.changed.connect(self._tell)
        self._tell()

    def _tell(self) -> None:
        hidden = sorted(self._session.parts.hidden)
        numbers = ", ".join(str(part + 1) for part in hidden)
        if len(hidden) == 1:
            text = self.tr("The sum goes on without part {i}.").format(i=numbers)
        elif len(hidden) <= _MOST_NUMBERS:
            text = self.tr("The sum goes on without parts {numbers}.").format(numbers=numbers)
        else:
            text = self.tr("The sum goes on without {n} parts.").format(n=len(hidden))
        self._text.setText(text)
        self.setVisible(bool(hidden))


class PartFooter(QWidget):
    """Order, hidden parts, and how sure the parts are."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._order = QComboBox()
        self._order.setAccessibleName(self.tr("Order of parts"))
        self._order.setToolTip(self.tr("In which order the parts are shown; their numbers stay"))
        self._order.addItem(self.tr("as found"), "found")
        self._order.addItem(self.tr("by share"), "share")
        self._order.addItem(self.tr("top to bottom"), "place")
        self._order.addItem(self.tr("alike side by side"), "likeness")
        self._order.activated.connect(self._on_activated)
        said = QVBoxLayout()
        said.addWidget(HiddenParts(session, self))
        said.addWidget(AgreementLabel(session, self))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._order, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(said, 1)
        session.part_layout.order_changed.connect(self._on_order_changed)
        session.model_changed.connect(self._on_order_changed)
        self._on_order_changed()

    def _on_activated(self) -> None:
        self._session.part_layout.sort(self._order.currentData())

    def _on_order_changed(self) -> None:
        self._order.setCurrentIndex(self._order.findData(self._session.part_layout.order))
        self._order.setVisible(len(self._session.part_layout.places) > 1)
