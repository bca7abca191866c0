"""Archives for the tests of this folder, honest and hostile, made when they are needed."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from nmf_explorer.dataset.files.found_file import FoundFile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pytest

    from nmf_explorer.dataset.files.found_file import FileListing

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
}


def never() -> bool:
    """Never stop."""
    return False


def found(content: bytes, name: str = "file") -> FoundFile:
    """Something in memory that can be opened as a file."""
    return FoundFile(Path("somewhere") / name, name, len(content), opener=partial(io.BytesIO, content))


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Make a zip file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def tarred(members: Mapping[str, bytes]) -> bytes:
    """Make a plain tar file."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return packed.getvalue()


def contents(listing: FileListing) -> dict[str, bytes]:
    """Read everything that a listing holds."""
    read = {}
    for file in listing.files:
        with file.open() as stream:
            read[file.name] = stream.read()
    return read


def reasons(listing: FileListing) -> dict[str, str]:
    """Why things were skipped, by the last part of their path."""
    return {skipped.path.name: str(skipped.reason) for skipped in listing.skipped}


def small_limit(monkeypatch: pytest.MonkeyPatch, module: object, limit: int) -> None:
    """Make a limit of bytes so small that a test reaches it."""
    monkeypatch.setattr(module, "MAX_BYTES", limit)
