"""What menus ask of the window itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QScreen


class WindowActions(NamedTuple):
    """What the window itself does: its dialogs, taking what is in the clipboard, and another window."""

    new_window: Callable[[], None]
    open_folder: Callable[[], None]
    open_files: Callable[[], None]
    paste: Callable[[], None]
    paste_as_set: Callable[[], None]
    find_sample: Callable[[], None]
    print_page: Callable[[], None]
    preview_page: Callable[[], None]
    present: Callable[[QScreen | None], None]  # on a screen, or on the one where the window is
    show_keys: Callable[[], None]
