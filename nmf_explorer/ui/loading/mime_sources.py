"""Files, folders and images in a drop or in the clipboard."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice
from PySide6.QtGui import QImage

from nmf_explorer.dataset.files.found_file import FoundFile
from nmf_explorer.dataset.files.image_suffixes import has_image_suffix
from nmf_explorer.session.state.local_urls import path_from_url, url_problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QMimeData

    from nmf_explorer.errors import Message

_FORMATS = ("image/png", "image/tiff", "image/webp", "image/jpeg", "image/bmp")  # used as they are, the best first
_UNCOMPRESSED = 100  # Qt's "quality" of a PNG; compressing a photograph would block the window


def can_accept(data: QMimeData) -> bool:
    """Whether there is something to open; transfers no data from the other program."""
    return data.hasImage() or any(url.isLocalFile() for url in data.urls())


def is_single_image(sources: Sequence[Path | FoundFile]) -> bool:
    """Whether the sources are one image file, judged by its name."""
    if len(sources) != 1:
        return False
    source = sources[0]
    return isinstance(source, FoundFile) or has_image_suffix(source.name)


def sources_in(data: QMimeData | None) -> list[Path | FoundFile]:
    """Return what can be opened; files win over the image of them that file managers add."""
    if data is None:  # on some systems, a clipboard that was never filled
        return []
    urls = [url for url in data.urls() if url.isLocalFile()]
    paths: list[Path | FoundFile] = [path_from_url(url) for url in urls if url_problem(url) is None]
    return paths or _image_in(data)


def problem_in(data: QMimeData | None) -> Message | None:
    """Return why one of the files cannot be opened, or None."""
    problems = [url_problem(url) for url in data.urls() if url.isLocalFile()] if data else []
    return next(filter(None, problems), None)


def _image_in(data: QMimeData) -> list[Path | FoundFile]:
    if not data.hasImage():
        return []
    content = next((bytes(data.data(kind).data()) for kind in _FORMATS if data.hasFormat(kind)), b"")
    content = content or _as_file(data.imageData())
    name = QCoreApplication.translate("Message", "pasted picture")
    return [FoundFile(Path(name), name, len(content), opener=partial(BytesIO, content))] if content else []


def _as_file(image: object) -> bytes:
    if not isinstance(image, QImage) or image.isNull():
        return b""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG", _UNCOMPRESSED)  # type: ignore[call-overload] # the stub wants bytes, PySide takes text
    return bytes(content.data())
