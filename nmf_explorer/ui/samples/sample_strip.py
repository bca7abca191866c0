"""All samples in one row, in the order of the session's sample view; the current one is shown in the equation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QModelIndex, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPalette
from PySide6.QtWidgets import QListView, QSizePolicy, QStyle, QWidget

from nmf_explorer.session.exploring.pointer import PixelTarget
from nmf_explorer.session.exploring.sample_values import SortKey
from nmf_explorer.ui.images.array_image import to_qimage
from nmf_explorer.ui.images.image_list import ImageDelegate, ImageList, ImageModel
from nmf_explorer.ui.theme.texts import (
    describe_sample,
    number,
    percent,
    printable,
    sample_caption,
    without_common_start,
)
from nmf_explorer.ui.widgets.image_memory import ThumbnailCache, placeholder_image
from nmf_explorer.ui.widgets.marked_scroll_bar import MarkedScrollBar

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QPaintEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.images.image_list import Index

_THUMBNAIL_SIDE = 64
_MORE_WIDTH = 20  # more than the image, for the names
_BAR_HEIGHT, _BAR_MARGIN = (
    5,
    4,
)  # height of the bar with its baseline, and the margin around it
_TYPICAL_NAME = "sample_0001"
_NAME_MARGIN = 4  # pixels of a cell beside a name
_SCROLL_DELAY_MS = 20
_BAR_COLOURS = (QPalette.ColorRole.Mid, QPalette.ColorRole.Highlight)  # colours of baseline and bar
_SELECTED_BAR_COLOURS = (QPalette.ColorRole.HighlightedText, QPalette.ColorRole.HighlightedText)


class SampleDelegate(ImageDelegate):
    """Paints a sample, and below it a bar for its weight of the selected part."""

    def __init__(self, strip: SampleStrip) -> None:
        super().__init__(strip)
        self._strip = strip

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the image with its caption and the bar."""
        super().paint(painter, option, index)
        share = self._strip.weight_share(index.row())
        if share is None:
            return
        cell, is_selected = option.rect, option.state & QStyle.StateFlag.State_Selected
        bar = QRect(
            cell.left() + _BAR_MARGIN,
            cell.bottom() - _BAR_MARGIN - _BAR_HEIGHT,
            cell.width() - 2 * _BAR_MARGIN,
            _BAR_HEIGHT,
        )
        ground, colour = _SELECTED_BAR_COLOURS if is_selected else _BAR_COLOURS
        painter.fillRect(bar.adjusted(0, _BAR_HEIGHT - 1, 0, 0), option.palette.color(ground))
        bar.setWidth(round(bar.width() * share))
        bar = QStyle.visualRect(option.direction, cell, bar)  # mirrored in right-to-left languages
        painter.fillRect(bar, option.palette.color(colour))


class SampleStrip(ImageList):
    """The list “Samples”: mouse and arrow keys select, letters start a search.

    Signals: ``letter_typed(str)`` the first letter of a search.
    """

    letter_typed = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("SampleStrip", "Samples"), session=session, parent=parent)
        self._session = session
        self._sample_view = session.sample_view
        self._shown_dataset: Dataset | None = None
        self._rows = self._sample_view.rows
        self._sample_images = ThumbnailCache(self._make_thumbnail)
        self._scroll_timer = QTimer(self)
        self._scroll_timer.setSingleShot(True)
        self._scroll_timer.setInterval(_SCROLL_DELAY_MS)
        self._lay_out()
        self._items = ImageModel(self._image, self._caption, self._description, self)
        self.setModel(self._items)
        self.set_thumbnails(self._sample_images)
        self.setItemDelegate(SampleDelegate(self))
        self.clicked.connect(self._on_clicked)
        self._sample_view.changed.connect(self._on_order_changed)
        session.parts.selected_changed.connect(self._on_marks_changed)
        session.model_changed.connect(self._on_model_changed)
        session.progress_changed.connect(self._on_loading_changed)
        session.activity_changed.connect(self._on_loading_changed)
        session.selected_sample_changed.connect(self._on_selected_sample_changed)
        self._show(session.dataset)

    def _scroll_to_current(self) -> None:
        """Scroll to the current sample; started by a timer, so that the equation is painted first."""
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def _lay_out(self) -> None:
        self.setAutoScroll(False)
        self._scroll_timer.timeout.connect(self._scroll_to_current)
        self.setViewMode(QListView.ViewMode.ListMode)  # for one row it is faster than icon mode, and lays out once
        self.setResizeMode(QListView.ResizeMode.Fixed)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # file names often differ only in the number at the end
        width = max(_THUMBNAIL_SIDE + _MORE_WIDTH, self.fontMetrics().horizontalAdvance(_TYPICAL_NAME))
        self.setGridSize(QSize(width, _THUMBNAIL_SIDE) + self.cell_padding())
        self.setHorizontalScrollBar(MarkedScrollBar(self._marks))
        # A wheel step moves by three single steps.
        self.horizontalScrollBar().setSingleStep(self.gridSize().width() // 2)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_empty_text(self.tr("No sample is like that. Esc in the search field shows all again."))

    def sizeHint(self) -> QSize:
        """Return the height of one row."""
        bar = self.horizontalScrollBar().sizeHint().height()
        return QSize(400, self.gridSize().height() + bar + 2 * self.frameWidth() + 2)

    def pixel_target(self, row: int) -> PixelTarget | None:
        """Return the sample of a row, or None while a dataset is loading."""
        return PixelTarget("sample", self._sample(row)) if self._shows_open_dataset else None

    def cell_padding(self) -> QSize:
        """Return the space of a cell beside the image, here with the bar."""
        return super().cell_padding() + QSize(0, _BAR_HEIGHT + _BAR_MARGIN)

    def image_area(self, cell: QRect) -> QRectF:
        """Return the area of a cell for its image, above the bar."""
        return super().image_area(cell.adjusted(0, 0, 0, -_BAR_HEIGHT - _BAR_MARGIN))

    def weight_share(self, row: int) -> float | None:
        """Return the length of a row's bar (0..1), or None if no part is selected."""
        return self._sample_view.values.share_of(self._sample(row)) if self._shows_open_dataset else None

    # user input

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Select the sample that became current."""
        super().currentChanged(current, previous)
        self._scroll_timer.start()
        if (
            current.isValid()
            and self._shows_open_dataset
            and self._sample(current.row()) != self._session.selected_sample
        ):
            self._on_clicked(current)

    def keyboardSearch(self, search: str) -> None:
        """Start a search in all names; Qt would read the captions of 200,000 items one by one."""
        if search.isprintable():
            self.letter_typed.emit(search)

    def _on_clicked(self, index: Index) -> None:
        """Select a sample; selecting the current one again ends a drawing."""
        if index.isValid() and self._shows_open_dataset:
            self._session.select_sample(self._sample(index.row()))

    # slots of session signals

    @property
    def _shows_open_dataset(self) -> bool:
        return self._shown_dataset is not None and self._shown_dataset is self._session.dataset

    def _sample(self, row: int) -> int:
        return int(self._rows[row])

    def _on_order_changed(self) -> None:
        shown = self._session.partial_dataset or self._session.dataset
        if shown is not self._shown_dataset or self._rows is not self._sample_view.rows:
            self._show(shown)
        self._on_marks_changed()

    def _on_loading_changed(self) -> None:
        """Show the first images of a dataset that is loading; afterwards, or if cancelled, the open dataset."""
        shown = self._session.partial_dataset or self._session.dataset
        if shown is not self._shown_dataset:
            self._show(shown)

    def _show(self, dataset: Dataset | None) -> None:
        self._shown_dataset = dataset
        self._rows = self._sample_view.rows if self._shows_open_dataset else range(dataset.n_samples if dataset else 0)
        self._items.reset_items(len(self._rows))
        if self._shows_open_dataset:
            self._on_selected_sample_changed(self._session.selected_sample)
            if self._sample_view.is_largest_first:
                # The user asked for the largest; the current sample may be far away.
                self.scrollTo(self._items.index(0, 0))
                self._scroll_timer.stop()

    def _on_selected_sample_changed(self, sample: int) -> None:
        row = self._sample_view.position_of(sample)
        if row >= 0:
            self.setCurrentIndex(self._items.index(row, 0))
        else:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())  # set explicitly: else focus would make the first item current

    def _on_model_changed(self) -> None:
        if self._session.parts.selected is not None:  # else no bars are shown
            self._on_marks_changed()

    def _on_marks_changed(self) -> None:
        self.viewport().update()
        self.horizontalScrollBar().update()

    # images and texts

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the visible samples."""
        colours = self._session.preferences.display.colours_of(self._shown_dataset)
        made_for = (self._shown_dataset, colours, self.max_image_size())
        self._sample_images.begin_paint(self.horizontalOffset())
        if self._sample_images.set_key(made_for) and self._shown_dataset:
            self._sample_images.placeholder = placeholder_image(self._shown_dataset.sample_shape, self.max_image_size())
        super().paintEvent(event)

    def _marks(self, n_marks: int) -> list[float]:
        return self._sample_view.overview(n_marks) if self._shows_open_dataset else []

    def _image(self, row: int) -> QImage:
        return self._sample_images.get_for_row(row, self._sample(row))

    def _make_thumbnail(self, sample: int) -> QImage:
        dataset = self._shown_dataset
        if dataset is None:
            return QImage()
        colours = self._session.preferences.display.colours_of(dataset)
        return to_qimage(dataset.sample_image(sample), dataset.brightest, self.max_image_size(), colours)

    def _caption(self, row: int) -> str:
        """Return the value that the samples are sorted by, or the name."""
        if self._shown_dataset is None:
            return ""
        sample, values, key = self._sample(row), self._sample_view.values, self._sample_view.key
        error = values.error_of(sample) if self._shows_open_dataset and key is SortKey.ERROR else None
        weight = values.weight_of(sample) if self._shows_open_dataset and key is SortKey.WEIGHT else None
        if error is not None:
            return percent(error)
        if weight is not None:
            return number(weight, 2)
        if self._shows_open_dataset and key is SortKey.LABEL:
            return printable(self._shown_dataset.labels[sample])
        names = self._shown_dataset.sample_names
        name = sample_caption(self._shown_dataset, sample, is_brief=True)
        is_long = self.fontMetrics().horizontalAdvance(name) > self.gridSize().width() - _NAME_MARGIN
        return without_common_start(name, names) if is_long else name

    def _description(self, row: int) -> str:
        if self._shown_dataset is None:
            return ""
        sample = self._sample(row)
        texts = [describe_sample(self._shown_dataset, sample)]
        if self._shown_dataset.labels:
            texts.append(self.tr("label {label}").format(label=printable(self._shown_dataset.labels[sample])))
        if self._shows_open_dataset:
            texts += self._value_texts(sample)
        return ", ".join(texts)

    def _value_texts(self, sample: int) -> list[str]:
        values, part = self._sample_view.values, self._session.parts.selected
        error, weight = values.error_of(sample), values.weight_of(sample)
        texts = []
        if error is not None:
            texts.append(self.tr("error {error}").format(error=percent(error)))
        if weight is not None and part is not None:
            texts.append(self.tr("weight of part {i}: {weight}").format(i=part + 1, weight=number(weight, 2)))
        return texts
