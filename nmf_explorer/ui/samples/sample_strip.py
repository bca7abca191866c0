"""All samples in a strip, in the order that is asked for; the current one is the one that the equation is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QModelIndex, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPalette
from PySide6.QtWidgets import QListView, QSizePolicy, QStyle, QWidget

from nmf_explorer.session.exploring.pointer import PixelTarget
from nmf_explorer.session.exploring.sample_values import SortKey
from nmf_explorer.ui.images.array_image import to_qimage
from nmf_explorer.ui.images.image_list import ImageDelegate, ImageList, ImageModel
from nmf_explorer.ui.theme.texts import describe_sample, number, percent, printable, short_name
from nmf_explorer.ui.widgets.image_memory import ThumbnailCache, placeholder
from nmf_explorer.ui.widgets.marked_scroll_bar import MarkedScrollBar

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QPaintEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.images.image_list import Index

_THUMBNAIL = 64
_MORE_WIDTH = 20  # for the names
_MARK, _GAP = 5, 4  # height of the bar under a sample, with the hairline it stands on; and what is free beneath
_TYPICAL_NAME = "sample_0001"
_FOLLOW_MS = 20
_ON_BASE = (QPalette.ColorRole.Mid, QPalette.ColorRole.Highlight)  # colours of the hairline and of the bar
_ON_SELECTION = (QPalette.ColorRole.HighlightedText, QPalette.ColorRole.HighlightedText)


class SampleDelegate(ImageDelegate):
    """Paints a sample, and beneath it a bar as long as its weight of the chosen part."""

    def __init__(self, strip: SampleStrip) -> None:
        super().__init__(strip)
        self._strip = strip

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the picture with its caption, and the bar beneath them."""
        super().paint(painter, option, index)
        share = self._strip.share_at(index.row())
        if share is None:
            return
        cell, is_selected = option.rect, option.state & QStyle.StateFlag.State_Selected
        bar = QRect(cell.left() + _GAP, cell.bottom() - _GAP - _MARK, cell.width() - 2 * _GAP, _MARK)
        ground, colour = _ON_SELECTION if is_selected else _ON_BASE
        painter.fillRect(bar.adjusted(0, _MARK - 1, 0, 0), option.palette.color(ground))
        bar.setWidth(round(bar.width() * share))
        bar = QStyle.visualRect(option.direction, cell, bar)  # where one reads from the right, it begins there
        painter.fillRect(bar, option.palette.color(colour))


class SampleStrip(ImageList):
    """The list “Samples”: mouse and arrow keys choose one, letters begin a search.

    Signals: ``typed(str)`` a letter to look for.
    """

    typed = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("SampleStrip", "Samples"), session=session, parent=parent)
        self._session = session
        self._order = session.sample_view
        self._shown: Dataset | None = None
        self._rows = self._order.rows
        self._pictures = ThumbnailCache(self._make_thumbnail)
        self._follow = QTimer(self, singleShot=True, interval=_FOLLOW_MS)
        self._lay_out()
        self._items = ImageModel(self._picture, self._caption, self._spoken, self)
        self.setModel(self._items)
        self.keep_images(self._pictures)
        self.setItemDelegate(SampleDelegate(self))
        self.clicked.connect(self._on_clicked)
        self._order.changed.connect(self._on_order_changed)
        session.parts.selected_changed.connect(self._on_marks_changed)
        session.model_changed.connect(self._on_model_changed)
        session.progress_changed.connect(self._on_arrival)
        session.activity_changed.connect(self._on_arrival)
        session.selected_sample_changed.connect(self._on_selected_sample_changed)
        self._show(session.dataset)

    def _follow_current(self) -> None:
        """Scroll to the current sample, a moment after the equation has shown it: its pictures take longer to make."""
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def _lay_out(self) -> None:
        self.setAutoScroll(False)
        self._follow.timeout.connect(self._follow_current)
        self.setViewMode(QListView.ViewMode.ListMode)  # one line needs no search in the plane, and no second layout
        self.setResizeMode(QListView.ResizeMode.Fixed)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # names of files often differ only in the number at the end
        width = max(_THUMBNAIL + _MORE_WIDTH, self.fontMetrics().horizontalAdvance(_TYPICAL_NAME))
        self.setGridSize(QSize(width, _THUMBNAIL) + self.extra())
        self.setHorizontalScrollBar(MarkedScrollBar(self._marks))
        self.horizontalScrollBar().setSingleStep(self.gridSize().width() // 2)  # the wheel makes three at a time
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_placeholder(self.tr("No sample is like that. Esc in the search field shows all again."))

    def sizeHint(self) -> QSize:
        """One row high."""
        bar = self.horizontalScrollBar().sizeHint().height()
        return QSize(400, self.gridSize().height() + bar + 2 * self.frameWidth() + 2)

    def pointed_at(self, row: int) -> PixelTarget | None:
        """Say which sample it is, once the set is open."""
        return PixelTarget("sample", self._sample(row)) if self._is_open_set else None

    def extra(self) -> QSize:
        """What a cell needs beside the picture; here also the bar beneath it."""
        return super().extra() + QSize(0, _MARK + _GAP)

    def image_room(self, cell: QRect) -> QRectF:
        """Where in a cell its picture may lie: above the bar."""
        return super().image_room(cell.adjusted(0, 0, 0, -_MARK - _GAP))

    def share_at(self, row: int) -> float | None:
        """How long the bar under an item is, 0..1; None if no part is chosen."""
        return self._order.values.share_of(self._sample(row)) if self._is_open_set else None

    # what the user does

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Look at the sample that became current."""
        super().currentChanged(current, previous)
        self._follow.start()
        if current.isValid() and self._is_open_set and self._sample(current.row()) != self._session.selected_sample:
            self._on_clicked(current)

    def keyboardSearch(self, search: str) -> None:
        """Let letters begin a search in all names; Qt's own would ask 200,000 items one after the other."""
        if search.isprintable():
            self.typed.emit(search)

    def _on_clicked(self, index: Index) -> None:
        """Look at a sample, also at the current one again after a drawing."""
        if index.isValid() and self._is_open_set:
            self._session.select_sample(self._sample(index.row()))

    # what the session says

    @property
    def _is_open_set(self) -> bool:
        return self._shown is not None and self._shown is self._session.dataset

    def _sample(self, row: int) -> int:
        return int(self._rows[row])

    def _on_order_changed(self) -> None:
        shown = self._session.arriving or self._session.dataset
        if shown is not self._shown or self._rows is not self._order.rows:
            self._show(shown)
        self._on_marks_changed()

    def _on_arrival(self) -> None:
        """While a set is loaded its first images are seen; afterwards, or if that was stopped, the open one's."""
        shown = self._session.arriving or self._session.dataset
        if shown is not self._shown:
            self._show(shown)

    def _show(self, dataset: Dataset | None) -> None:
        self._shown = dataset
        self._rows = self._order.rows if self._is_open_set else range(dataset.n_samples if dataset else 0)
        self._items.show_new(len(self._rows))
        if self._is_open_set:
            self._on_selected_sample_changed(self._session.selected_sample)
            if self._order.begins_with_largest:
                self.scrollTo(self._items.index(0, 0))  # that is what was asked for; the current sample may be far away
                self._follow.stop()

    def _on_selected_sample_changed(self, sample: int) -> None:
        place = self._order.place_of(sample)
        if place >= 0:
            self.setCurrentIndex(self._items.index(place, 0))
        else:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())  # said outright: else the keyboard's coming would choose the first

    def _on_model_changed(self) -> None:
        if self._session.parts.selected is not None:  # else nothing of it is seen here
            self._on_marks_changed()

    def _on_marks_changed(self) -> None:
        self.viewport().update()
        self.horizontalScrollBar().update()

    # what is seen

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is seen."""
        made_for = (self._shown, self._session.preferences.display.colours, self.room())
        self._pictures.begin_frame(self.horizontalOffset())
        if self._pictures.keep_for(made_for) and self._shown:
            self._pictures.placeholder = placeholder(self._shown.sample_shape, self.room())
        super().paintEvent(event)

    def _marks(self, n_places: int) -> list[float]:
        return self._order.overview(n_places) if self._is_open_set else []

    def _picture(self, row: int) -> QImage:
        return self._pictures.at(row, self._sample(row))

    def _make_thumbnail(self, sample: int) -> QImage:
        dataset, colours = self._shown, self._session.preferences.display.colours
        if dataset is None:
            return QImage()
        return to_qimage(dataset.sample_image(sample), dataset.brightest, self.room(), colours)

    def _caption(self, row: int) -> str:
        """What the samples are sorted by, where it is known; their names otherwise."""
        if self._shown is None:
            return ""
        sample, values, key = self._sample(row), self._order.values, self._order.key
        error = values.error_of(sample) if self._is_open_set and key is SortKey.ERROR else None
        weight = values.weight_of(sample) if self._is_open_set and key is SortKey.WEIGHT else None
        if error is not None:
            return percent(error)
        if weight is not None:
            return number(weight, 2)
        if self._is_open_set and key is SortKey.LABEL:
            return printable(self._shown.labels[sample])
        return short_name(self._shown.sample_names[sample])

    def _spoken(self, row: int) -> str:
        if self._shown is None:
            return ""
        sample = self._sample(row)
        told = [describe_sample(self._shown, sample)]
        if self._shown.labels:
            told.append(self.tr("label {label}").format(label=printable(self._shown.labels[sample])))
        if self._is_open_set:
            told += self._spoken_values(sample)
        return ", ".join(told)

    def _spoken_values(self, sample: int) -> list[str]:
        values, part = self._order.values, self._session.parts.selected
        error, weight = values.error_of(sample), values.weight_of(sample)
        told = []
        if error is not None:
            told.append(self.tr("error {error}").format(error=percent(error)))
        if weight is not None and part is not None:
            told.append(self.tr("weight of part {i}: {weight}").format(i=part + 1, weight=number(weight, 2)))
        return told
