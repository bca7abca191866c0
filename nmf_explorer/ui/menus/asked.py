"""What menus ask of the window itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Asked(NamedTuple):
    """What the window itself does: its file dialogs, and taking what is in the clipboard."""

    open_folder: Callable[[], None]
    open_files: Callable[[], None]
    paste: Callable[[], None]
