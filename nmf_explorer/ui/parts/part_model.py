"""The parts as items of a list: picture, caption, words for a screen reader, a name that can be edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from nmf_explorer.ui.images.image_list import ImageModel
from nmf_explorer.ui.images.session_images import part_qimage
from nmf_explorer.ui.theme.texts import SMALL_SHARE, number, percent
from nmf_explorer.ui.widgets.image_memory import ThumbnailCache, placeholder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from PySide6.QtCore import QModelIndex, QObject, QSize
    from PySide6.QtGui import QImage

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.images.image_list import Index

_MOST_BYTES = 128_000_000  # of pictures that are kept: more than a screen can show, or they would be made for ever
_FLAGS = (
    Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemNeverHasChildren
    | Qt.ItemFlag.ItemIsEditable
    | Qt.ItemFlag.ItemIsDragEnabled
)


class PartModel(ImageModel):
    """The parts of the model that is shown, in the order of the session."""

    def __init__(self, session: Session, room: Callable[[], QSize], parent: QObject | None = None) -> None:
        super().__init__(self._picture, self._caption, self.spoken, parent)
        self._session = session
        self._room = room
        self.thumbnails = ThumbnailCache(self._make_thumbnail, _MOST_BYTES)
        self.places: Sequence[int] = ()
        self.shares: list[float] = []
        # Ways to caption a part, the shortest first; the equation refers to the number, so it is in all of them.
        self._captions = ["{i}", self.tr("{i}: {share}"), self.tr("part {i}: {share}")]
        self.n_words = 0  # which of the captions there is room for

    def show_parts(self, seen: range | None = None, n_beside: int = 1) -> None:
        """Show the parts of the model that is shown now, at the places that they have now."""
        model = self._session.model
        self.places = self._session.part_layout.places
        self.shares = model.part_shares().tolist() if model else []
        self.show_again(len(self.shares), seen, n_beside)

    def part(self, index: Index) -> int:
        """Which part an item is."""
        return self.places[index.row()]

    def index_of(self, part: int) -> QModelIndex:
        """Return the index of a part; an invalid one if no row shows it."""
        return self.index(self._session.part_layout.place_of(part), 0)

    def descriptions(self, parts: Sequence[int]) -> list[str]:
        """Return what a screen reader says about each of these parts."""
        return [self.spoken(self.index_of(part).row()) for part in parts]

    def is_hidden(self, row: int) -> bool:
        """Whether the sum goes on without this part."""
        return self.places[row] in self._session.parts.hidden

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Parts can be named, and taken along."""
        del index
        return _FLAGS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as many kinds as roles
        """The name to edit; else as of all pictures."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.EditRole:
            return self._session.parts.name_of(self.part(index))
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ANN401 - as above
        """Give a part the name that was typed."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        self._session.parts.rename(self.part(index), str(value))
        return True

    @property
    def has_small_shares(self) -> bool:
        """Whether there are shares that are told with a decimal."""
        return min(self.shares, default=1.0) < SMALL_SHARE

    def widest_captions(self, n_parts: int) -> list[str]:
        """About the widest captions of each way, without a name, to see for which there is room."""
        share = percent(0.088 if self.has_small_shares else 0.88)
        return [text.format(i=n_parts, share=share) for text in self._captions]

    def begin_frame(self, place: object) -> None:
        """Say that what is seen at this place is about to be asked for; pictures of another model would be wrong."""
        made_for = (self._session.model, self._session.preferences.display, self._room())
        self.thumbnails.begin_frame(place)
        if self.thumbnails.keep_for(made_for) and self._session.model:
            self.thumbnails.placeholder = placeholder(self._session.model.sample_shape, self._room())

    def _picture(self, row: int) -> QImage:
        return self.thumbnails.at(row, self.places[row])

    def _make_thumbnail(self, part: int) -> QImage:
        return part_qimage(self._session, part, self._room())

    def _caption(self, row: int) -> str:
        """Number, name and share; in narrow cells fewer words."""
        part = self.places[row]
        name = self._session.parts.name_of(part)
        is_hidden = part in self._session.parts.hidden
        told = self.tr("hidden") if is_hidden else percent(self.shares[part])
        n_words = min(self.n_words, 1) if is_hidden else self.n_words  # that word is longer than a share
        text = self.tr("{i} {name}: {share}") if name and n_words else self._captions[n_words]
        return text.format(i=part + 1, name=name, share=told)

    def spoken(self, row: int) -> str:
        """All that is known about a part, as a sentence."""
        part = self.places[row]
        name = self._session.parts.name_of(part)
        text = (
            self.tr("part {i} of {n}, {name}, explains {share}")
            if name
            else self.tr("part {i} of {n}, explains {share}")
        )
        told = [text.format(i=part + 1, n=len(self.shares), name=name, share=percent(self.shares[part]))]
        if part in self._session.parts.hidden:
            told.append(self.tr("hidden: the sum goes on without it"))
        facts = None if self._session.is_fitting_on else self._session.parts.facts()
        if facts and self._session.model:
            told.append(self.tr("sparseness {value}").format(value=number(facts.sparseness[part], 2)))
            n_samples = len(self._session.model.weights)
            told.append(self.tr("used by {n} of {all} samples").format(n=int(facts.n_users[part]), all=n_samples))
        return ", ".join([*told, *self._found_again(part)])

    def _found_again(self, part: int) -> list[str]:
        report = self._session.model.restarts if self._session.model else None
        if not report or not report.n_as_good:
            return []
        found = round(report.n_as_good * float(report.found_again[part]))
        text = self.tr("found again from {found} of {n} starts that came as low")
        return [text.format(found=found, n=report.n_as_good)]
