"""Keep decoded photographs on disk, so that a set opens at once the next time.

An entry holds the rows of one set at one size. A row is valid while its file has the same path, size and modification
time and its checksum matches, so only new files are decoded. An entry that is damaged in any way is ignored.
"""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

import numpy as np

from nmf_explorer.dataset.readers.samples.file_samples import FileInfo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.dataset.loading.image_rows import ImageRows
    from nmf_explorer.dataset.readers.samples.target_format import TargetFormat

MIN_PHOTO_BYTES = 100_000  # median file size; smaller files decode about as fast as the cache reads
MAX_CACHE_BYTES = 1024**3
_MAGIC = b"NMF Explorer rows 1\n"
_SUFFIX = ".rows"
_ROWS_PER_CHECK = 50  # rows between two checks for cancellation


class _Entry(NamedTuple):
    """The content of one cache entry."""

    file_rows: dict[str, tuple[int, list[Any]]]  # by file path: the row number, and [size, mtime, checksum, file info]
    rows: NDArray[Any]  # (n_rows, n_features), memory-mapped


class ImageCache:
    """The cache entry of one set, opened from `places` and read in the `target` format."""

    def __init__(self, folder: Path, places: Iterable[str], target: TargetFormat) -> None:
        options = target.options
        settings = (target.height, target.width, options.resize, options.colour, options.background, options.transpose)
        key = sha256(repr((settings, target.native, sorted(places))).encode("utf-8", "backslashreplace")).hexdigest()
        self._folder = folder
        self._path = folder / f"{key[:32]}{_SUFFIX}"
        self._fingerprints: dict[int, list[int]] = {}

    def restore(self, files: Sequence[FoundFile], rows: ImageRows, raise_if_cancelled: Callable[[], None]) -> None:
        """Fill the rows of files that are unchanged."""
        entry = _open_entry(self._path, rows.target.n_features)
        for index, file in enumerate(files):
            if index % _ROWS_PER_CHECK == 0:
                raise_if_cancelled()
            fingerprint = _fingerprint(file)
            if fingerprint is None:
                continue
            self._fingerprints[index] = fingerprint
            number, line = entry.file_rows.get(file.path_text, (-1, []))
            if number >= 0 and line[:2] == fingerprint and crc32(entry.rows[number]) == line[2]:
                rows.add(index, entry.rows[number], FileInfo(*line[3]))
        if entry.file_rows:
            with suppress(OSError):  # only decides which entries are evicted first
                os.utime(self._path)

    def save(self, files: Sequence[FoundFile], rows: ImageRows, raise_if_cancelled: Callable[[], None]) -> None:
        """Write all rows to the cache; without effect if the disk does not allow it."""
        kept = [i for i in self._fingerprints if rows.is_filled[i]]
        if not kept or len(kept) * rows.matrix[0].nbytes > MAX_CACHE_BYTES:
            return
        lines = [[files[i].path_text, *self._fingerprints[i], crc32(rows.matrix[i]), rows.infos[i]] for i in kept]
        head = json.dumps({"dtype": rows.matrix.dtype.name, "lines": lines}).encode()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._write(_serialize(head, rows.matrix, kept, raise_if_cancelled))
            _evict_oldest(self._folder)
        except OSError:
            self._path.unlink(missing_ok=True)  # a full or locked disk; the set loads without a cache too

    def _write(self, pieces: Iterator[bytes]) -> None:
        """Write to a temporary file and rename it, so that there is never half an entry."""
        descriptor, name = tempfile.mkstemp(dir=self._folder, suffix=".part")
        try:
            with os.fdopen(descriptor, "wb") as file:
                for piece in pieces:
                    file.write(piece)
            Path(name).replace(self._path)
        finally:
            Path(name).unlink(missing_ok=True)


def clear_cache(folder: Path) -> None:
    """Remove all entries; the folder may be missing. Raises OSError if one cannot be removed."""
    for path in _entries(folder):
        path.unlink(missing_ok=True)


def _serialize(
    head: bytes, matrix: NDArray[Any], kept: list[int], raise_if_cancelled: Callable[[], None]
) -> Iterator[bytes]:
    yield _MAGIC + len(head).to_bytes(8, "little") + crc32(head).to_bytes(4, "little")
    yield head
    for count, index in enumerate(kept):
        if count % _ROWS_PER_CHECK == 0:
            raise_if_cancelled()
        yield matrix[index].tobytes()


def _open_entry(path: Path, n_features: int) -> _Entry:
    """Open an entry; a missing or damaged one counts as empty."""
    try:
        with path.open("rb") as file:
            start = file.read(len(_MAGIC) + 12)
            n_bytes, checksum = (int.from_bytes(part, "little") for part in (start[-12:-4], start[-4:]))
            head = file.read(n_bytes if start.startswith(_MAGIC) and n_bytes < path.stat().st_size else 0)
            if not head or crc32(head) != checksum:
                return _Entry({}, np.empty((0, 0)))
            header = json.loads(head)
            shape = (len(header["lines"]), n_features)
            rows = np.memmap(file, header["dtype"], "r", file.tell(), shape)
    except (OSError, ValueError):  # shorter than its header says
        return _Entry({}, np.empty((0, 0)))
    return _Entry({place: (number, line) for number, (place, *line) in enumerate(header["lines"])}, np.asarray(rows))


def _fingerprint(file: FoundFile) -> list[int] | None:
    """Return the size and modification time of a file, or None for an archive member or a missing file."""
    if file.opener is not None:
        return None
    try:
        status = Path(file.path_text).stat()
    except OSError:
        return None  # reading it later fails with the reason
    return [status.st_size, status.st_mtime_ns]


def _evict_oldest(folder: Path) -> None:
    """Remove the least recently used entries until the size limit holds."""
    entries = sorted(((path.stat(), path) for path in _entries(folder)), key=lambda entry: entry[0].st_mtime_ns)
    excess_bytes = sum(status.st_size for status, _ in entries) - MAX_CACHE_BYTES
    for status, path in entries[:-1]:
        if excess_bytes <= 0:
            break
        path.unlink(missing_ok=True)
        excess_bytes -= status.st_size


def _entries(folder: Path) -> list[Path]:
    return [*folder.glob(f"*{_SUFFIX}"), *folder.glob("*.part")]
