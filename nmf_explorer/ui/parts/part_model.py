"""The parts as items of a list: image, caption, accessible text and editable name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from nmf_explorer.ui.images.image_list import ImageModel
from nmf_explorer.ui.images.session_images import part_qimage
from nmf_explorer.ui.theme.texts import SMALL_SHARE, number, percent
from nmf_explorer.ui.widgets.image_memory import ThumbnailCache, placeholder_image

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from PySide6.QtCore import QModelIndex, QObject, QSize
    from PySide6.QtGui import QImage

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.images.image_list import Index

_MAX_BYTES = 128_000_000  # more than a screen shows, else images would be made again and again
_ITEM_FLAGS = (
    Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemNeverHasChildren
    | Qt.ItemFlag.ItemIsEditable
    | Qt.ItemFlag.ItemIsDragEnabled
)


class PartModel(ImageModel):
    """The parts of the shown model, in the order of the session."""

    def __init__(self, session: Session, room: Callable[[], QSize], parent: QObject | None = None) -> None:
        super().__init__(self._image, self._caption, self.description, parent)
        self._session = session
        self._room = room
        self.thumbnails = ThumbnailCache(self._make_thumbnail, _MAX_BYTES)
        self.part_order: Sequence[int] = ()
        self.shares: list[float] = []
        # Captions, shortest first; all contain the number, since the equation refers to it.
        self._captions = [
            "{i}",
            self.tr("{i}: {share}"),
            self.tr("part {i}: {share}"),
            self.tr("part {i}: {share} of the sum"),
        ]
        self.caption_level = 0  # index of the longest caption that fits

    def show_parts(self, visible_rows: range | None = None, n_columns: int = 1) -> None:
        """Show the parts of the current model in their current order."""
        model = self._session.model
        self.part_order = self._session.part_layout.parts_in_order
        self.shares = model.part_shares().tolist() if model else []
        self.refresh_items(len(self.shares), visible_rows, n_columns)

    def part(self, index: Index) -> int:
        """Return the part of an item."""
        return self.part_order[index.row()]

    def index_of(self, part: int) -> QModelIndex:
        """Return the index of a part; an invalid one if no row shows it."""
        return self.index(self._session.part_layout.position_of(part), 0)

    def descriptions(self, parts: Sequence[int]) -> list[str]:
        """Return what a screen reader says about each of these parts."""
        return [self.description(self.index_of(part).row()) for part in parts]

    def is_hidden(self, row: int) -> bool:
        """Whether the part of a row is excluded from the sum."""
        return self.part_order[row] in self._session.parts.hidden

    def is_marked(self, row: int) -> bool:
        """Whether the part of a row is marked, here or in the equation."""
        return self.part_order[row] == self._session.parts.marked

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Allow to edit and drag items."""
        del index
        return _ITEM_FLAGS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - the type depends on the role
        """Return the name for editing; other roles as of all images."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.EditRole:
            return self._session.parts.name_of(self.part(index))
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ANN401 - as above
        """Rename a part."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        self._session.parts.rename(self.part(index), str(value))
        return True

    @property
    def has_decimals(self) -> bool:
        """Whether any share is shown with a decimal."""
        return min(self.shares, default=1.0) < SMALL_SHARE

    def widest_captions(self, n_parts: int) -> list[str]:
        """Return the widest caption at each level, without a name, to find out which fit."""
        share = percent(0.088 if self.has_decimals else 0.88)
        return [text.format(i=n_parts, share=share) for text in self._captions]

    def begin_paint(self, place: object) -> None:
        """Prepare for painting at a scroll position; clear thumbnails of another model, colour map or size."""
        made_for = (self._session.model, self._session.preferences.display, self._room())
        self.thumbnails.begin_paint(place)
        if self.thumbnails.set_key(made_for) and self._session.model:
            self.thumbnails.placeholder = placeholder_image(self._session.model.sample_shape, self._room())

    def _image(self, row: int) -> QImage:
        return self.thumbnails.get_for_row(row, self.part_order[row])

    def _make_thumbnail(self, part: int) -> QImage:
        return part_qimage(self._session, part, self._room())

    def _caption(self, row: int) -> str:
        """Return number, name and share of a part; less in narrow cells."""
        part = self.part_order[row]
        name = self._session.parts.name_of(part)
        is_hidden = part in self._session.parts.hidden
        phrases = self.tr("hidden") if is_hidden else percent(self.shares[part])
        # “hidden” is longer than a share.
        caption_level = min(self.caption_level, 1) if is_hidden else self.caption_level
        text = self.tr("{i} {name}: {share}") if name and caption_level else self._captions[caption_level]
        return text.format(i=part + 1, name=name, share=phrases)

    def description(self, row: int) -> str:
        """Return all facts about a part as a sentence."""
        part = self.part_order[row]
        name = self._session.parts.name_of(part)
        text = (
            self.tr("part {i} of {n}, {name}, {share} of the sum")
            if name
            else self.tr("part {i} of {n}, {share} of the sum")
        )
        phrases = [text.format(i=part + 1, n=len(self.shares), name=name, share=percent(self.shares[part]))]
        if part in self._session.parts.hidden:
            phrases.append(self.tr("hidden: the sum goes on without it"))
        facts = None if self._session.is_model_changing else self._session.parts.facts()
        if facts and self._session.model:
            phrases.append(self.tr("sparseness {value}").format(value=number(facts.sparseness[part], 2)))
            n_samples = len(self._session.model.weights)
            numbers = {"n": number(facts.n_users[part], 0), "all": number(n_samples, 0)}
            used = self.tr("used by {n} of 1 sample") if n_samples == 1 else self.tr("used by {n} of {all} samples")
            phrases.append(used.format(**numbers))
        return ", ".join([*phrases, *self._restart_texts(part)])

    def _restart_texts(self, part: int) -> list[str]:
        report = self._session.model.restarts if self._session.model else None
        if not report or not report.n_as_good:
            return []
        found = round(report.n_as_good * float(report.found_again[part]))
        if report.n_as_good == 1 and found:
            return [self.tr("found again from the one other start that came as low")]
        if report.n_as_good == 1:
            return [self.tr("not found again from the one other start that came as low")]
        text = self.tr("found again from {found} of {n} starts that came as low")
        return [text.format(found=found, n=report.n_as_good)]
