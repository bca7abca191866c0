"""The load panel: options of how the open set was read, with a preview of a few samples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nmf_explorer.dataset.size_text import size_text
from nmf_explorer.ui.images.array_image import to_qimage
from nmf_explorer.ui.images.image_list import ImageList, ImageModel
from nmf_explorer.ui.loading.load_form import LoadForm
from nmf_explorer.ui.theme.texts import describe_sample, describe_set, printable, short_name, translated
from nmf_explorer.ui.widgets.word_wrap_label import WordWrapLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from nmf_explorer.session.session import Session

_WIDTH = 44  # letters
_THUMBNAIL = 56
_TYPICAL_NAME = "IMG_0000"
_TWO_ROW_LINES = 32  # lines of text; from this height on the preview has two rows
_MAX_SIZES = 3  # of files, that are listed


class LoadPanel(QFrame):
    """The panel “How these were read”: appears by itself when reading a set left questions open."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._import_preview = session.import_preview
        self.setAccessibleName(self.tr("How these were read"))
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._about = _secondary_label()
        self._result = _secondary_label()
        self._more = QToolButton()
        self._apply = QPushButton(self.tr("Apply"))
        self._keep = QPushButton(self.tr("Keep as is"))
        self._form = LoadForm(session)
        self._preview = _Preview(session)
        self._lay_out()
        self._more.toggled.connect(self._on_more_toggled)
        self._apply.clicked.connect(self._import_preview.apply)
        self._keep.clicked.connect(self._import_preview.keep_options)
        self._import_preview.changed.connect(self._on_changed)
        self._import_preview.preview_changed.connect(self._on_preview_changed)
        self._on_more_toggled(is_open=False)
        self._on_changed()
        self._on_preview_changed()

    def sizeHint(self) -> QSize:
        """Return a width that suits the options in the present font."""
        return QSize(self.fontMetrics().averageCharWidth() * _WIDTH, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show one row of the preview instead of two in a small window."""
        super().resizeEvent(event)
        self._preview.show_rows(2 if self.height() >= _TWO_ROW_LINES * self.fontMetrics().height() else 1)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._keep)
        buttons.addWidget(self._apply)
        page = QVBoxLayout(self)
        page.addWidget(_bold_label(self.tr("How these were read")))
        page.addWidget(self._about)
        page.addWidget(self._preview)
        page.addWidget(self._result)
        page.addSpacing(6)
        page.addWidget(self._choices(), 1)
        page.addLayout(buttons)
        self._apply.setToolTip(self.tr("Open the set again, read like this"))
        self._keep.setToolTip(self.tr("Leave the set as it was read, and close this panel (Ctrl+I)"))

    def _choices(self) -> QScrollArea:
        """Return the form in a scroll area: with all options it is higher than a small window."""
        self._more.setText(self.tr("More choices"))
        self._more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._more.setCheckable(True)
        self._more.setAutoRaise(True)
        self._more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        choices = QWidget()
        column = QVBoxLayout(choices)
        column.setContentsMargins(0, 0, 6, 0)
        column.addWidget(self._form)
        column.addWidget(self._more)
        column.addStretch(1)
        place = QScrollArea()
        place.setWidget(choices)
        place.setWidgetResizable(True)
        place.setFrameShape(QFrame.Shape.NoFrame)
        place.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        place.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return place

    def _on_more_toggled(self, is_open: bool) -> None:  # noqa: FBT001 - a slot of a button that is checked or not
        self._more.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        self._form.show_all(is_open)

    def _on_changed(self) -> None:
        self._about.setText(self._files_summary())
        self._apply.setEnabled(self._import_preview.is_changed)
        self.setVisible(self._import_preview.is_shown)

    def _on_preview_changed(self) -> None:
        preview, problem = self._import_preview.preview, self._import_preview.problem
        if problem:
            text = printable(translated(problem))
        elif preview:
            height, width = preview.sample_shape[:2]
            text = self.tr("A few of them, {size} pixels").format(size=size_text((height, width)))
        else:
            text = self.tr("Reading a few of them…") if self._import_preview.is_busy else ""
        self._result.setText(text)
        self._preview.setAccessibleDescription(text)

    def _files_summary(self) -> str:
        dataset = self._session.dataset
        if dataset is None:
            return ""
        sizes = dataset.report.sizes
        if len(sizes) < 2:
            return describe_set(dataset)
        parts = [
            self.tr("{size} ({n})").format(size=size_text(size), n=self.locale().toString(n))
            for size, n in sizes[:_MAX_SIZES]
        ]
        if len(sizes) > _MAX_SIZES:
            parts.append(self.tr("and {n} other sizes").format(n=len(sizes) - _MAX_SIZES))
        return self.tr("Sizes in the files: {sizes}").format(sizes=", ".join(parts))


class _Preview(ImageList):
    """The list “Preview”."""

    def __init__(self, session: Session) -> None:
        super().__init__(QCoreApplication.translate("LoadPanel", "Preview"))
        self._preferences = session.preferences
        self._import_preview = session.import_preview
        self._items = ImageModel(self._picture, self._caption, self._spoken, self)
        self.setModel(self._items)
        width = max(_THUMBNAIL, self.fontMetrics().horizontalAdvance(_TYPICAL_NAME))
        self.setGridSize(QSize(width, _THUMBNAIL) + self.cell_padding())
        self.show_rows(1)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._import_preview.preview_changed.connect(self._on_preview_changed)
        self._on_preview_changed()

    def show_rows(self, n_rows: int) -> None:
        """Set the height to `n_rows` rows of images."""
        self.setFixedHeight(n_rows * self.gridSize().height() + 2 * self.frameWidth() + 2)

    def _on_preview_changed(self) -> None:
        preview = self._import_preview.preview
        if preview or not self._import_preview.is_busy:  # the old images stay until the new ones are read
            self._items.reset_items(preview.n_samples if preview else 0)

    def _picture(self, row: int) -> QImage:
        preview = self._import_preview.preview
        if preview is None:
            return QImage()
        colours = self._preferences.display.colours_of(preview)
        return to_qimage(preview.sample_image(row), preview.brightest, self.max_image_size(), colours)

    def _caption(self, row: int) -> str:
        preview = self._import_preview.preview
        return short_name(preview.sample_names[row]) if preview else ""

    def _spoken(self, row: int) -> str:
        preview = self._import_preview.preview
        return describe_sample(preview, row) if preview else ""


def _bold_label(text: str) -> QLabel:
    label = QLabel(text)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label


def _secondary_label() -> QLabel:
    label = WordWrapLabel()
    label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
    return label
