"""Files and folders to open, and the options to read them with."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from nmf_explorer.dataset.load_options import LoadOptions
from nmf_explorer.resource_files import sample_images

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.session.state.preferences import Preferences


class OpenRequest(NamedTuple):
    """Sources to open, and the options to read them with."""

    sources: tuple[Path | FoundFile, ...] = ()  # a FoundFile for pasted content, which is no file on disk
    options: LoadOptions = LoadOptions()
    is_chosen_by_user: bool = False  # whether the user has chosen the options, now or earlier

    @classmethod
    def of(
        cls, sources: Sequence[Path | FoundFile], options: LoadOptions | None, preferences: Preferences
    ) -> OpenRequest:
        """Return a request with these options; without any, with those of the last time or the defaults."""
        request = cls(tuple(sources))
        path = request.recent_path()
        chosen = options or (preferences.load_options(path) if path else None)
        return request if chosen is None else request.with_options(chosen)

    def with_options(self, options: LoadOptions) -> OpenRequest:
        """Return the request with options that the user has chosen."""
        return self._replace(options=options, is_chosen_by_user=True)

    def recent_path(self) -> Path | None:
        """Return the path in the list of recent datasets; None for several sources, pasted content and sample sets."""
        source = self.sources[0] if len(self.sources) == 1 else None
        # Links are not followed: a folder on a network that does not answer would freeze the window.
        path = Path(os.path.abspath(source)) if isinstance(source, Path) else None  # noqa: PTH100 - removes ".."
        return None if path is None or path.parent == sample_images() else path

    def remember(self, preferences: Preferences) -> None:
        """Put the path at the head of the recent datasets, with the options that the user has chosen, if any."""
        if path := self.recent_path():
            preferences.add_recent(path)
            preferences.set_load_options(path, self.options if self.is_chosen_by_user else None)
