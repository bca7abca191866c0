"""Archives of images, with names in the encodings of many systems, and what systems leave beside the images."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
import zlib
from typing import TYPE_CHECKING, Any, Literal

from tests.corpus.case import Case, random_values
from tests.corpus.image_writers import png

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

_LEFT_BY_SYSTEMS = (
    "__MACOSX/._1.png",
    ".DS_Store",
    "Thumbs.db",
    "desktop.ini",
    ".Trash-1000/files/old.png",
    "$RECYCLE.BIN/S-1-5-21/old.png",
    "@eaDir/1.png/SYNOPHOTO_THUMB_M.png",
    ".git/old.png",
)


def archive_cases() -> Iterator[Case]:
    """Return all cases of archives and folders."""
    yield from _zip_name_cases()
    yield from _zip_kind_cases()
    yield from _tar_cases()
    yield from _leftover_cases()


def _images(name: str, n_images: int = 3) -> NDArray[np.int64]:
    return random_values(name, (n_images, 5, 6))


def _case(name: str, files: Mapping[str, bytes], numbers: NDArray[Any] | None, **fields: Any) -> Case:
    rows = None if numbers is None else numbers.reshape(len(numbers), -1)
    return Case(name=name, files=files, numbers=rows, is_scaled=True, **fields)


def _raw_zip(members: Sequence[tuple[bytes, bytes]], flags: int = 0) -> bytes:
    """Return a zip file whose names are these bytes; `zipfile` would write them as UTF-8."""
    body, directory = b"", b""
    for name, content in members:
        fields = struct.pack(
            "<HHHHHIIIHH", 20, flags, 0, 0, 0x21, zlib.crc32(content), len(content), len(content), len(name), 0
        )
        directory += b"PK\1\2" + struct.pack("<H", 20) + fields + struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + name
        body += b"PK\3\4" + fields + name + content
    end = struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(directory), len(body), 0)
    return body + directory + b"PK\5\6" + end


def _zip_name_cases() -> Iterator[Case]:
    sets = {
        "cp932": (("ソ", "ア", "イ"), ("表1", "表2", "能1"), ("絵ソ", "絵ア", "絵イ")),
        "gbk": (("誠1", "誠2", "誠3"), ("图1", "图2", "图3")),
        "big5": (("功1", "功2", "功3"), ("圖1", "圖2", "圖3")),
        "cp437": (("Größe1", "Größe2", "Größe3"),),
        "cp866": (("лист1", "лист2", "лист3"),),
        "euc_kr": (("가1", "가2", "가3"),),
    }
    for encoding, names_of_sets in sets.items():
        for i, names in enumerate(names_of_sets):
            name = f"zip with names in {encoding}, {i + 1}"
            images = _images(name)
            members = [(f"{n}.png".encode(encoding), png(im)) for n, im in zip(sorted(names), images, strict=True)]
            yield _case(name, {"a.zip": _raw_zip(members)}, images, labels=(), tolerance=1e-6)
    name = "zip with backslashes for folders"
    images = _images(name, 4)
    members = [
        (b"cat\\1.png", png(images[0])),
        (b"cat\\2.png", png(images[1])),
        (b"dog\\1.png", png(images[2])),
        (b"dog\\2.png", png(images[3])),
    ]
    yield _case(name, {"a.zip": _raw_zip(members)}, images, labels=("cat", "cat", "dog", "dog"))


def _zip_kind_cases() -> Iterator[Case]:
    methods = {
        "stored": zipfile.ZIP_STORED,
        "deflated": zipfile.ZIP_DEFLATED,
        "bzip2": zipfile.ZIP_BZIP2,
        "lzma": zipfile.ZIP_LZMA,
    }
    for word, method in methods.items():
        name = f"zip {word}"
        images = _images(name)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", method) as archive:
            for i, image in enumerate(images):
                archive.writestr(f"Größe {i}.png", png(image))
        is_read = method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        refusal = "packed in a way that cannot be read here"
        yield _case(name, {"a.zip": buffer.getvalue()}, images if is_read else None, reason="" if is_read else refusal)


def _tar_cases() -> Iterator[Case]:
    modes: tuple[Literal["w", "w:gz", "w:bz2", "w:xz"], ...] = ("w", "w:gz", "w:bz2", "w:xz")
    for mode in modes:
        for layout in (tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
            name = f"tar {mode} {layout}"
            images = _images(name)
            buffer = io.BytesIO()
            with tarfile.open(fileobj=buffer, mode=mode, format=layout) as archive:
                for i, image in enumerate(images):
                    content = png(image)
                    info = tarfile.TarInfo(f"bilder/größe {i}.png")
                    info.size = len(content)
                    archive.addfile(info, io.BytesIO(content))
            yield _case(name, {"a.tar": buffer.getvalue()}, images)


def _leftover_cases() -> Iterator[Case]:
    for leftover in _LEFT_BY_SYSTEMS:
        name = f"folder with {leftover}"
        images = _images(name)
        files = {f"{i}.png": png(image) for i, image in enumerate(images)}
        yield _case(name, {**files, leftover: png(images[0])}, images, labels=())
        name = f"zip with {leftover}"
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for path, content in {**files, leftover: png(images[0])}.items():
                archive.writestr(path, content)
        yield _case(name, {"a.zip": buffer.getvalue()}, images, labels=())
