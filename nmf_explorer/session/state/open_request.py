"""What is opened: files, folders, things pasted, and how they are to be read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from nmf_explorer.dataset.load_options import LoadOptions
from nmf_explorer.resource_files import sample_images

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.session.state.preferences import Preferences


class OpenRequest(NamedTuple):
    """What is opened, and how.

    Attributes
    ----------
    sources : tuple of Path or FoundFile
        Files and folders; what was pasted is no file of its own.
    options : LoadOptions
        How they become samples.
    is_chosen_by_user : bool
        Whether the user has chosen these options, now or an earlier time.
    """

    sources: tuple[Path | FoundFile, ...] = ()
    options: LoadOptions = LoadOptions()
    is_chosen_by_user: bool = False

    @classmethod
    def of(
        cls, sources: Sequence[Path | FoundFile], options: LoadOptions | None, preferences: Preferences
    ) -> OpenRequest:
        """Open with these options; without any, as the last time, or as is usual."""
        opening = cls(tuple(sources))
        place = opening.recent_path()
        chosen = options or (preferences.load_options(place) if place else None)
        return opening if chosen is None else opening.with_options(chosen)

    def with_options(self, options: LoadOptions) -> OpenRequest:
        """The same, read as somebody has chosen."""
        return self._replace(options=options, is_chosen_by_user=True)

    def recent_path(self) -> Path | None:
        """Under which the set is remembered; not one of many, nor what was pasted, nor a set of the program's own."""
        source = self.sources[0] if len(self.sources) == 1 else None
        if not isinstance(source, Path) or source.resolve().parent == sample_images().resolve():
            return None
        return source.absolute()

    def remember(self, preferences: Preferences) -> None:
        """Put it at the head of the recent sets, with what was chosen for it, if anything was."""
        if place := self.recent_path():
            preferences.add_recent(place)
            preferences.set_load_options(place, self.options if self.is_chosen_by_user else None)
