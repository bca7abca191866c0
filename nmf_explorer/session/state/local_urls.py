"""Paths from file URLs of drops and settings files."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QByteArray, QSysInfo, QUrl

from nmf_explorer.errors import Message


def path_exists(path: Path) -> bool:
    """Return whether a path exists; `Path.exists` raises without access to a folder above it."""
    return os.access(path, os.F_OK)


def url_problem(url: QUrl) -> Message | None:
    """Return why a URL names no file on this computer, or None."""
    shown = url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
    if b"\0" in _decoded_path(url):
        return Message("“{name}” is not the name of a file: it holds a zero byte. Nothing was opened.", name=shown)
    if not (url.isLocalFile() and url.path().startswith("/")):
        return Message("“{name}” names no file or folder. Drop it from a file manager, or open it there.", name=shown)
    own_names = {"", "localhost", QSysInfo.machineHostName().lower()}
    if sys.platform != "win32" and url.host().lower() not in own_names:
        text = "“{name}” is on another computer, {host}. Copy it to this computer, and open the copy."
        return Message(text, name=shown, host=url.host())
    return None


def path_from_url(url: QUrl) -> Path:
    """Return the path of a local file; keeps bytes that are no valid text, which `QUrl.toLocalFile` would not."""
    if sys.platform == "win32":
        return Path(url.toLocalFile())
    return Path(os.fsdecode(_decoded_path(url)))


def _decoded_path(url: QUrl) -> bytes:
    encoded = url.path(QUrl.ComponentFormattingOption.FullyEncoded).encode()
    return bytes(QByteArray.fromPercentEncoding(QByteArray(encoded)).data())
