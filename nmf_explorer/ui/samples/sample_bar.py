"""The row above the samples: search, label, order, the worst explained, and how many are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QSizePolicy, QWidget

from nmf_explorer.session.exploring.sample_values import SortKey
from nmf_explorer.ui.theme.texts import number, plain_tool_tip, printable
from nmf_explorer.ui.widgets.elided_label import ElidedLabel
from nmf_explorer.ui.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from PySide6.QtGui import QStandardItemModel

    from nmf_explorer.session.session import Session

_LEAST_LETTERS, _MOST_LETTERS, _LETTERS_OF_ORDER = 14, 30, 20  # that are seen of a name, and of an order


class SearchField(QLineEdit):
    """A line to search with: Esc shows all again, Return and the down key go on to the samples.

    Signals: ``escaped()`` and ``left()`` for these keys.
    """

    escaped = Signal()
    left = Signal()

    def minimumSizeHint(self) -> QSize:
        """Room for the begin of a name."""
        return QSize(self.fontMetrics().averageCharWidth() * _LEAST_LETTERS, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """Room for a name."""
        return QSize(self.fontMetrics().averageCharWidth() * _MOST_LETTERS, super().sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Keep Esc to itself, which elsewhere cancels a fit."""
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by Esc, Return or Down; other keys write."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class SampleBar(QWidget):
    """What is asked of the samples, as the session's `sample_order` has it.

    Signals: ``left()`` when the keyboard is to go on to the samples.
    """

    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._order = session.sample_view
        self.search = SearchField()
        self._label = QComboBox()
        self._sort = QComboBox()
        self._worst = QPushButton(self.tr("Worst explained"))
        self._count = ElidedLabel(_LEAST_LETTERS)
        self._lay_out()
        self.search.textChanged.connect(self._order.search)
        self.search.escaped.connect(self._order.show_all)
        self.search.left.connect(self._on_left)
        self._label.activated.connect(lambda row: self._order.filter(self._label.itemData(row)))
        self._sort.activated.connect(lambda row: self._order.sort(SortKey(self._sort.itemData(row))))
        self._worst.clicked.connect(self._order.show_worst)
        session.dataset_changed.connect(self._on_dataset_changed)
        self._order.changed.connect(self._on_order_changed)
        session.model_changed.connect(self._show_what_can_be_sorted_by)
        for signal in (session.parts.selected_changed, session.parts.changed):
            signal.connect(self._show_what_can_be_sorted_by)
        for signal in (session.progress_changed, session.activity_changed):
            signal.connect(self._on_arrival)
        self._on_dataset_changed()

    def begin_search(self, text: str = "") -> None:
        """Take the keyboard to the search field; a text begins a new search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if text:
            self.search.setText(text)
        else:
            self.search.selectAll()

    def _on_left(self) -> None:
        """Look at the first that was found, unless the sample that is looked at is among them."""
        if self._order.place_of(self._session.selected_sample) < 0:
            self._order.step(1)
        self.left.emit()

    def _lay_out(self) -> None:
        self.search.setPlaceholderText(self.tr("Search names"))
        self.search.setAccessibleName(self.tr("Search samples by name"))
        self.search.setClearButtonEnabled(True)
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.search.setAcceptDrops(False)  # a file dropped here is meant for the window
        self._label.setAccessibleName(self.tr("Label of the samples"))
        self._sort.setAccessibleName(self.tr("Order of the samples"))
        for key in SortKey:
            self._sort.addItem(self._title_of(key), key.value)
        for box, n_letters in ((self._label, _LEAST_LETTERS), (self._sort, _LETTERS_OF_ORDER)):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(n_letters)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._worst.setToolTip(self.tr("Sorts by error and goes to the sample that the parts explain worst"))
        self._count.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = FlowLayout()
        for widget in (self.search, self._label, self._sort, self._worst, self._count):
            row.addWidget(widget)
        self.setLayout(row)

    def _title_of(self, key: SortKey) -> str:
        if key is SortKey.WEIGHT:
            return self._title_of_weight()
        return {
            SortKey.SET: self.tr("In the order of the set"),
            SortKey.NAME: self.tr("By name"),
            SortKey.LABEL: self.tr("By label"),
            SortKey.ERROR: self.tr("By error, largest first"),
        }[key]

    def _title_of_weight(self) -> str:
        part = self._session.parts.selected
        if part is None:
            return self.tr("By weight of the chosen part")
        if name := self._session.parts.name_of(part):
            return self.tr("By weight of part {i}, {name}").format(i=part + 1, name=printable(name))
        return self.tr("By weight of part {i}").format(i=part + 1)

    # what the session says

    def _on_dataset_changed(self) -> None:
        values = self._order.values.labels
        self._label.clear()
        self._label.addItem(self.tr("All labels"), None)
        for label, n_samples in zip(values.names, values.counts, strict=True):
            text = self.tr("{label} ({n})").format(label=printable(label), n=number(n_samples, 0))
            self._label.addItem(text, label)
        _widen_list(self._label)
        self._label.setVisible(bool(values.names))
        self._show_what_can_be_sorted_by()
        self._on_order_changed()

    def _on_order_changed(self) -> None:
        with QSignalBlocker(self.search):
            if self.search.text() != self._order.text:
                self.search.setText(self._order.text)
        self._label.setCurrentIndex(self._label.findData(self._order.label))
        self._sort.setCurrentIndex(self._sort.findData(self._order.key.value))
        for box in (self._label, self._sort):
            box.setToolTip(plain_tool_tip(box.currentText()))  # where large letters leave no room for all of it
        self._count.setText(self._told_count())

    def _told_count(self) -> str:
        dataset, n_shown = self._session.dataset, len(self._order.rows)
        if dataset is None:
            return ""
        if self._order.is_busy:
            return self.tr("Sorting…")
        if self._order.is_narrowed:
            text = self.tr("{n} of {all} samples")
            return text.format(n=number(n_shown, 0), all=number(dataset.n_samples, 0))
        return self.tr("{n} samples").format(n=number(n_shown, 0))

    def _show_what_can_be_sorted_by(self) -> None:
        items: QStandardItemModel = self._sort.model()  # type: ignore[assignment] # combo boxes make it themselves
        for row, key in enumerate(SortKey):
            items.item(row).setEnabled(self._order.can_sort_by(key))
        row = self._sort.findData(SortKey.WEIGHT.value)
        self._sort.setItemText(row, self._title_of_weight())
        _widen_list(self._sort)
        choose = self.tr("Choose a part first: click on it")
        self._sort.setItemData(
            row, "" if self._order.can_sort_by(SortKey.WEIGHT) else choose, Qt.ItemDataRole.ToolTipRole
        )
        self._worst.setEnabled(self._order.can_sort_by(SortKey.ERROR))

    def _on_arrival(self) -> None:
        self.setEnabled(self._session.arriving is None)


def _widen_list(box: QComboBox) -> None:
    """Let the list of a box be as wide as what is in it."""
    view = box.view()
    view.setMinimumWidth(view.sizeHintForColumn(0) + 2 * view.frameWidth())
