"""The actions of the window that menus call."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QScreen


class WindowActions(NamedTuple):
    """Callbacks into the window: dialogs, clipboard, presentation, a new window."""

    new_window: Callable[[], None]
    open_folder: Callable[[], None]
    open_files: Callable[[], None]
    paste: Callable[[], None]
    paste_as_set: Callable[[], None]
    find_sample: Callable[[], None]
    print_page: Callable[[], None]
    preview_page: Callable[[], None]
    present: Callable[[QScreen | None], None]  # on the given screen, or on the window's own
    show_keys: Callable[[], None]
