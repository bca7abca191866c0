"""Paths from file URLs of drops and settings files."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QByteArray, QUrl


def path_exists(path: Path) -> bool:
    """Return whether a path exists; `Path.exists` raises without access to a folder above it."""
    return os.access(path, os.F_OK)


def path_from_url(url: QUrl) -> Path:
    """Return the path of a local file; keeps bytes that are no valid text, which `QUrl.toLocalFile` would not."""
    if sys.platform == "win32":
        return Path(url.toLocalFile())
    encoded = url.path(QUrl.ComponentFormattingOption.FullyEncoded).encode()
    return Path(os.fsdecode(bytes(QByteArray.fromPercentEncoding(QByteArray(encoded)).data())))
