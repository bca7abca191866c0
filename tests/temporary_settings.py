"""A temporary folder for settings and cached images, for scripts outside pytest (which has fixtures for this)."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSettings

from nmf_explorer.session.state.preferences import Preferences

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def temporary_settings() -> Iterator[Path]:
    """Keep settings and cached images in a folder that is deleted afterwards."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, name)
        Preferences.cache_folder = staticmethod(lambda: folder / "cache")  # type: ignore[method-assign]
        try:
            yield folder
        finally:
            QCoreApplication.processEvents()  # settings are written late, and would create the folder again
