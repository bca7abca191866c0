"""Between file URLs, as a drop or a settings file brings them, and the paths that Python opens."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QByteArray, QUrl


def is_there(path: Path) -> bool:
    """Whether a file or folder exists and can be reached.

    `Path.exists` raises where a folder above it may not be looked into.
    """
    return os.access(path, os.F_OK)


def path_of(url: QUrl) -> Path:
    """The path of a local file.

    Bytes that are no valid text survive, as they would not in `QUrl.toLocalFile`.
    """
    if sys.platform == "win32":
        return Path(url.toLocalFile())
    encoded = url.path(QUrl.ComponentFormattingOption.FullyEncoded).encode()
    return Path(os.fsdecode(bytes(QByteArray.fromPercentEncoding(QByteArray(encoded)).data())))
