"""The row above the samples: search, label filter, order, worst explained, and count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QSizePolicy, QWidget

from nmf_explorer.session.exploring.sample_values import SortKey
from nmf_explorer.ui.theme.texts import describe_widget, number, printable
from nmf_explorer.ui.widgets.elided_label import ElidedLabel
from nmf_explorer.ui.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from PySide6.QtGui import QStandardItemModel

    from nmf_explorer.session.session import Session

_MIN_LETTERS, _MAX_LETTERS, _SORT_LETTERS = 14, 30, 20  # letters of a name at least and at most, and of an order


class SearchField(QLineEdit):
    """A search field: Esc shows all samples, Return and Down move the keyboard focus to the samples.

    Signals: ``search_cancelled()`` and ``search_finished()`` for these keys.
    """

    search_cancelled = Signal()
    search_finished = Signal()

    def minimumSizeHint(self) -> QSize:
        """Return a size for the beginning of a name."""
        return QSize(self.fontMetrics().averageCharWidth() * _MIN_LETTERS, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """Return a size for a name."""
        return QSize(self.fontMetrics().averageCharWidth() * _MAX_LETTERS, super().sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Accept Esc before the shortcut that cancels a fit."""
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc, Return or Down; other keys edit."""
        if event.key() == Qt.Key.Key_Escape:
            self.search_cancelled.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.search_finished.emit()
        else:
            super().keyPressEvent(event)


class SampleBar(QWidget):
    """Controls of the session's sample view.

    Signals: ``search_finished()`` to move the keyboard focus to the samples.
    """

    search_finished = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._sample_view = session.sample_view
        self.search = SearchField()
        self._label = QComboBox()
        self._sort = QComboBox()
        self._worst = QPushButton(self.tr("Worst explained"))
        self._count = ElidedLabel(_MIN_LETTERS)
        self._lay_out()
        self.search.textChanged.connect(self._sample_view.search)
        self.search.search_cancelled.connect(self._sample_view.show_all)
        self.search.search_finished.connect(self._on_search_finished)
        self._label.activated.connect(lambda row: self._sample_view.filter(self._label.itemData(row)))
        self._sort.activated.connect(lambda row: self._sample_view.sort(SortKey(self._sort.itemData(row))))
        self._worst.clicked.connect(self._sample_view.show_worst)
        session.dataset_changed.connect(self._on_dataset_changed)
        self._sample_view.changed.connect(self._on_order_changed)
        session.model_changed.connect(self._update_sort_items)
        for signal in (session.parts.selected_changed, session.parts.changed):
            signal.connect(self._update_sort_items)
        for signal in (session.progress_changed, session.activity_changed):
            signal.connect(self._on_loading_changed)
        self._on_dataset_changed()

    def begin_search(self, text: str = "") -> None:
        """Give the search field the keyboard focus; a text replaces the search text."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if text:
            self.search.setText(text)
        else:
            self.search.selectAll()

    def _on_search_finished(self) -> None:
        """Select the first sample found, unless the selected one is among them."""
        if self._sample_view.position_of(self._session.selected_sample) < 0:
            self._sample_view.step(1)
        self.search_finished.emit()

    def _lay_out(self) -> None:
        self.search.setPlaceholderText(self.tr("Search names"))
        self.search.setAccessibleName(self.tr("Search samples by name"))
        self.search.setClearButtonEnabled(True)
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.search.setAcceptDrops(False)  # a dropped file must reach the window
        self._label.setAccessibleName(self.tr("Label of the samples"))
        self._sort.setAccessibleName(self.tr("Order of the samples"))
        for key in SortKey:
            self._sort.addItem(self._title_of(key), key.value)
        for box, n_letters in ((self._label, _MIN_LETTERS), (self._sort, _SORT_LETTERS)):
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

    # slots of session signals

    def _on_dataset_changed(self) -> None:
        values = self._sample_view.values.labels
        self._label.clear()
        self._label.addItem(self.tr("All labels"), None)
        for label, n_samples in zip(values.names, values.counts, strict=True):
            text = self.tr("{label} ({n})").format(label=printable(label), n=number(n_samples, 0))
            self._label.addItem(text, label)
        _fit_popup_width(self._label)
        self._label.setVisible(bool(values.names))
        self._update_sort_items()
        self._on_order_changed()

    def _on_order_changed(self) -> None:
        with QSignalBlocker(self.search):
            if self.search.text() != self._sample_view.text:
                self.search.setText(self._sample_view.text)
        self._label.setCurrentIndex(self._label.findData(self._sample_view.label))
        self._sort.setCurrentIndex(self._sort.findData(self._sample_view.key.value))
        for box in (self._label, self._sort):
            describe_widget(box, box.currentText())  # large text may be elided
        self._count.setText(self._count_text())

    def _count_text(self) -> str:
        dataset, n_shown = self._session.dataset, len(self._sample_view.rows)
        if dataset is None:
            return ""
        if self._sample_view.is_busy:
            return self.tr("Sorting…")
        if self._sample_view.is_narrowed:
            text = self.tr("{n} of {all} samples")
            return text.format(n=number(n_shown, 0), all=number(dataset.n_samples, 0))
        return self.tr("1 sample") if n_shown == 1 else self.tr("{n} samples").format(n=number(n_shown, 0))

    def _update_sort_items(self) -> None:
        items: QStandardItemModel = self._sort.model()  # type: ignore[assignment] # the default model of a combo box
        for row, key in enumerate(SortKey):
            items.item(row).setEnabled(self._sample_view.can_sort_by(key))
        row = self._sort.findData(SortKey.WEIGHT.value)
        self._sort.setItemText(row, self._title_of_weight())
        _fit_popup_width(self._sort)
        choose = self.tr("Choose a part first: click on it")
        self._sort.setItemData(
            row, "" if self._sample_view.can_sort_by(SortKey.WEIGHT) else choose, Qt.ItemDataRole.ToolTipRole
        )
        self._worst.setEnabled(self._sample_view.can_sort_by(SortKey.ERROR))

    def _on_loading_changed(self) -> None:
        self.setEnabled(self._session.partial_dataset is None)


def _fit_popup_width(box: QComboBox) -> None:
    """Make the popup list as wide as its items."""
    view = box.view()
    view.setMinimumWidth(view.sizeHintForColumn(0) + 2 * view.frameWidth())
