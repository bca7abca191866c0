"""Keep decoded photographs on disk, so that a set opens at once the next time.

An entry holds the rows of one set at one size. A row is valid while its file has the same path, size and modification
time and its checksum matches, so only new files are decoded. An entry with anything wrong or unknown in it is not used.
"""

from __future__ import annotations

import json
import os
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

import numpy as np

from nmf_explorer.dataset.readers.samples.file_samples import DEPTHS, FileInfo
from nmf_explorer.safe_file import replacing_file
from nmf_explorer.temporary_places import remove_abandoned_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.dataset.loading.image_rows import ImageRows
    from nmf_explorer.dataset.readers.samples.target_format import TargetFormat

MIN_PHOTO_BYTES = 100_000  # median file size; smaller files decode about as fast as the cache reads
MAX_CACHE_BYTES = 1024**3
_MAX_HEAD_BYTES = 32 * 1024**2
_FIELDS = {name: getattr(kind, "__forward_arg__", str(kind)) for name, kind in FileInfo.__annotations__.items()}
# Other fields make another mark, so that no version of the program reads the entries of one that knew other facts.
_MAGIC = f"NMF Explorer rows 2 {sha256(repr(_FIELDS).encode()).hexdigest()[:16]}\n".encode()
_DTYPES = ("uint8", "uint16", "float32")
_TYPES = {"int": int, "bool": bool, "str": str}  # by annotation; all others are taken as they are
_SUFFIX = ".rows"
_ROWS_PER_CHECK = 50  # rows between two checks for cancellation


class _Line(NamedTuple):
    """What is known of one row."""

    number: int  # of the row in the entry
    fingerprint: list[int]  # size and modification time of its file
    checksum: int
    info: list[Any]  # of its file: values of a FileInfo


class _Entry(NamedTuple):
    """An open cache entry."""

    file: IO[bytes]
    start: int  # of the first row, in bytes
    dtype: np.dtype[Any]
    n_features: int
    lines: dict[str, _Line]  # by file path

    def row(self, line: _Line) -> NDArray[Any] | None:
        """Return a row of shape (n_features,); None if it is damaged."""
        n_bytes = self.n_features * self.dtype.itemsize
        self.file.seek(self.start + line.number * n_bytes)
        content = self.file.read(n_bytes)
        if len(content) != n_bytes or crc32(content) != line.checksum:
            return None
        row = np.frombuffer(content, self.dtype)
        is_usable = self.dtype.kind == "u" or (np.isfinite(row).all() and row.min() >= 0)
        return row if is_usable else None


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
        with _open_entry(self._path, rows.target.n_features) as entry:
            for index, file in enumerate(files):
                if index % _ROWS_PER_CHECK == 0:
                    raise_if_cancelled()
                fingerprint = _fingerprint(file)
                if fingerprint is None:
                    continue
                self._fingerprints[index] = fingerprint
                line = entry.lines.get(file.path_text) if entry else None
                if entry is None or line is None or line.fingerprint != fingerprint:
                    continue
                row, info = entry.row(line), _checked_info(line.info, rows.target.options.max_pixels)
                if row is not None and info is not None:
                    rows.add(index, row, info)
        if entry:
            with suppress(OSError):  # only decides which entries are evicted first
                os.utime(self._path)

    def save(self, files: Sequence[FoundFile], rows: ImageRows, raise_if_cancelled: Callable[[], None]) -> str:
        """Write all rows to the cache; return the reason if the disk does not allow it, else an empty text."""
        kept = [i for i in self._fingerprints if rows.is_filled[i]]
        if not kept or len(kept) * rows.matrix[0].nbytes > MAX_CACHE_BYTES:
            return ""
        lines = [[files[i].path_text, *self._fingerprints[i], crc32(rows.matrix[i]), rows.infos[i]] for i in kept]
        head = json.dumps({"dtype": rows.matrix.dtype.name, "lines": lines}).encode()
        if len(head) > _MAX_HEAD_BYTES:
            return ""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            remove_abandoned_files(self._folder)
            with replacing_file(self._path, 0o600) as file:
                for piece in _serialize(head, rows.matrix, kept, raise_if_cancelled):
                    file.write(piece)
            _evict_oldest(self._folder)
        except OSError as error:  # a full or locked disk; the set loads without a cache, too
            return f"{self._folder}: {error.strerror or error}"
        return ""


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


@contextmanager
def _open_entry(path: Path, n_features: int) -> Iterator[_Entry | None]:
    """Open an entry; None if it is missing, damaged, or of another version of the program."""
    try:
        file = path.open("rb")
    except OSError:
        yield None
        return
    with file:
        try:
            entry = _read_entry(file, n_features)
        except (OSError, ValueError, RecursionError):
            entry = None
        yield entry


def _read_entry(file: IO[bytes], n_features: int) -> _Entry | None:
    """Read the head of an entry and compare all sizes before anything is allocated; raises ValueError."""
    start = file.read(len(_MAGIC) + 12)
    n_bytes, checksum = (int.from_bytes(part, "little") for part in (start[-12:-4], start[-4:]))
    if not start.startswith(_MAGIC) or n_bytes > _MAX_HEAD_BYTES:
        return None
    head = file.read(n_bytes)
    if crc32(head) != checksum:
        return None
    header = json.loads(head)
    lines = _checked_lines(header)
    if lines is None or header["dtype"] not in _DTYPES:
        return None
    dtype = np.dtype(header["dtype"])
    if os.fstat(file.fileno()).st_size != file.tell() + len(lines) * n_features * dtype.itemsize:
        return None
    return _Entry(file, file.tell(), dtype, n_features, lines)


def _checked_lines(header: object) -> dict[str, _Line] | None:
    """Return the lines of a head by file path; None if there is anything else in it."""
    if not isinstance(header, dict) or header.keys() != {"dtype", "lines"} or not isinstance(header["lines"], list):
        return None
    kinds = [str, int, int, int, list]
    if any(not isinstance(line, list) or list(map(type, line)) != kinds for line in header["lines"]):
        return None
    lines = {line[0]: _Line(i, line[1:3], line[3], line[4]) for i, line in enumerate(header["lines"])}
    return lines if len(lines) == len(header["lines"]) else None


def _checked_info(values: list[Any], max_pixels: int) -> FileInfo | None:
    """Return the size and depth of a file; None if it cannot be those of an image that became one row."""
    wanted = [_TYPES.get(kind) for kind in _FIELDS.values()]
    if len(values) != len(wanted) or any(kind and type(v) is not kind for v, kind in zip(values, wanted, strict=True)):
        return None
    info = FileInfo._make(tuple(value) if isinstance(value, list) else value for value in values)
    is_image = info.n_samples == 1 and info.n_frames >= 1 and info.depth in DEPTHS and not info.is_table
    return info if is_image and min(info.height, info.width) >= 1 and info.height * info.width <= max_pixels else None


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
        with suppress(OSError):  # it belongs to another account
            path.unlink()
        excess_bytes -= status.st_size


def _entries(folder: Path) -> list[Path]:
    return [*folder.glob(f"*{_SUFFIX}"), *folder.glob("*.part")]  # earlier versions left the latter behind
