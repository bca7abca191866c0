"""Valid and hostile archives for the tests of the dataset."""

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

COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
}


def never() -> bool:
    """Return False: do not stop."""
    return False


def memory_file(content: bytes, name: str = "file") -> FoundFile:
    """Return a found file whose content is in memory."""
    return FoundFile(Path("somewhere") / name, name, len(content), opener=partial(io.BytesIO, content))


def zip_bytes(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip file with these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def tar_bytes(members: Mapping[str, bytes]) -> bytes:
    """Return an uncompressed tar file with these members."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def read_members(listing: FileListing) -> dict[str, bytes]:
    """Return the content of each member by name."""
    read = {}
    for file in listing.files:
        with file.open() as stream:
            read[file.name] = stream.read()
    return read


def skip_reasons(listing: FileListing) -> dict[str, str]:
    """Return the reason for each skipped member by the last part of its path."""
    return {skipped.path.name: str(skipped.reason) for skipped in listing.skipped}


def limit_bytes(monkeypatch: pytest.MonkeyPatch, module: object, limit: int) -> None:
    """Set `MAX_BYTES` of a module to a limit that a test can reach."""
    monkeypatch.setattr(module, "MAX_BYTES", limit)
