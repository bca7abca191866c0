"""The line below the parts: their order, hidden parts, and the agreement of starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from nmf_explorer.ui.parts.agreement_label import AgreementLabel
from nmf_explorer.ui.theme.appearance import has_large_text
from nmf_explorer.ui.widgets.word_wrap_label import WordWrapLabel

if TYPE_CHECKING:
    from nmf_explorer.session.session import Session

_MAX_LISTED = 8  # hidden parts that are listed by number


class HiddenParts(QWidget):
    """A text about hidden parts with a button that shows them again; visible only if there are any."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._text = WordWrapLabel()
        button = QPushButton(self.tr("Show All"))
        button.setAccessibleDescription(self.tr("Let the sum go on with all parts"))
        button.clicked.connect(session.parts.show_all)
        are_large = has_large_text(self)
        # Below the text, the button does not widen the panel.
        line = QVBoxLayout(self) if are_large else QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)  # the parts get all the space
        line.addWidget(self._text, 0 if are_large else 1)
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft if are_large else Qt.AlignmentFlag(0))
        session.parts.changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        hidden = sorted(self._session.parts.hidden)
        numbers = ", ".join(str(part + 1) for part in hidden)
        if len(hidden) == 1:
            text = self.tr("The sum goes on without part {i}.").format(i=numbers)
        elif len(hidden) <= _MAX_LISTED:
            text = self.tr("The sum goes on without parts {numbers}.").format(numbers=numbers)
        else:
            text = self.tr("The sum goes on without {n} parts.").format(n=len(hidden))
        self._text.setText(text)
        self.setVisible(bool(hidden))


class PartFooter(QWidget):
    """Order of the parts, hidden parts, and agreement of starts."""

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
        texts = QVBoxLayout()
        texts.addWidget(HiddenParts(session, self))
        texts.addWidget(AgreementLabel(session, self))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._order, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        session.part_layout.order_changed.connect(self._on_order_changed)
        session.model_changed.connect(self._on_order_changed)
        self._on_order_changed()

    def _on_activated(self) -> None:
        self._session.part_layout.sort(self._order.currentData())

    def _on_order_changed(self) -> None:
        self._order.setCurrentIndex(self._order.findData(self._session.part_layout.order))
        self._order.setVisible(len(self._session.part_layout.parts_in_order) > 1)
