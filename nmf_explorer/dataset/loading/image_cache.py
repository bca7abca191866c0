"""Decoded photographs are kept on the disk, so that a set opens at once the next time.

An entry holds the rows of one set at one size. A row counts as long as its file has the same place, size and time and
its own bytes are undamaged; so files that were added are all that is decoded. Whatever is wrong with an entry: it is
not used.
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

PHOTOGRAPH = 100_000  # bytes of the usual file; below, decoding is about as fast as this
MOST_BYTES = 1024**3
_MAGIC = b"NMF Explorer rows 1\n"
_ENDING = ".rows"
_OFTEN = 50  # rows between two questions whether to stop


class _Entry(NamedTuple):
    """What lies in the cache: one line per row, and the rows."""

    lines: dict[str, tuple[int, list[Any]]]
    rows: NDArray[Any]


class ImageCache:
    """The entry of one set in the cache.

    Parameters
    ----------
    folder : Path
        Where entries lie; made when it is needed.
    places : iterable of str
        What was opened.
    plan : Plan
        What pictures are read as.
    """

    def __init__(self, folder: Path, places: Iterable[str], plan: TargetFormat) -> None:
        chosen = plan.options
        how = (plan.height, plan.width, chosen.resize, chosen.colour, chosen.background, chosen.transpose)
        key = sha256(repr((how, plan.native, sorted(places))).encode("utf-8", "backslashreplace")).hexdigest()
        self._folder = folder
        self._path = folder / f"{key[:32]}{_ENDING}"
        self._stamps: dict[int, list[int]] = {}

    def restore(self, files: Sequence[FoundFile], rows: ImageRows, check: Callable[[], None]) -> None:
        """Take those rows from the cache whose files are as they were.

        Parameters
        ----------
        files : sequence of FoundFile
            All files of the set.
        rows : PictureRows
            Where rows go.
        check : callable
            Called often; may raise `Cancelled`.
        """
        entry = _opened(self._path, rows.plan.n_features)
        for index, file in enumerate(files):
            if index % _OFTEN == 0:
                check()
            stamp = _stamp(file)
            if stamp is None:
                continue
            self._stamps[index] = stamp
            number, line = entry.lines.get(file.path_text, (-1, []))
            if number >= 0 and line[:2] == stamp and crc32(entry.rows[number]) == line[2]:
                rows.keep(index, entry.rows[number], FileInfo(*line[3]))
        if entry.lines:
            with suppress(OSError):  # only the order in which entries are removed depends on it
                os.utime(self._path)

    def save(self, files: Sequence[FoundFile], rows: ImageRows, check: Callable[[], None]) -> None:
        """Keep all rows for the next time; where the disk does not allow that, nothing is kept.

        Parameters
        ----------
        files : sequence of FoundFile
            All files of the set.
        rows : PictureRows
            Where rows are.
        check : callable
            Called often; may raise `Cancelled`.
        """
        kept = [i for i in self._stamps if rows.is_filled[i]]
        if not kept or len(kept) * rows.matrix[0].nbytes > MOST_BYTES:
            return
        lines = [[files[i].path_text, *self._stamps[i], crc32(rows.matrix[i]), rows.facts[i]] for i in kept]
        head = json.dumps({"dtype": rows.matrix.dtype.name, "lines": lines}).encode()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._write(_pieces(head, rows.matrix, kept, check))
            _make_room(self._folder)
        except OSError:
            self._path.unlink(missing_ok=True)  # a full or locked disk; the set is there without a cache too

    def _write(self, pieces: Iterator[bytes]) -> None:
        """Write beside the entry first, so that there is never half of one."""
        descriptor, name = tempfile.mkstemp(dir=self._folder, suffix=".part")
        try:
            with os.fdopen(descriptor, "wb") as file:
                for piece in pieces:
                    file.write(piece)
            Path(name).replace(self._path)
        finally:
            Path(name).unlink(missing_ok=True)


def clear_cache(folder: Path) -> None:
    """Remove everything that was kept.

    Parameters
    ----------
    folder : Path
        Where entries lie; it may be missing.

    Raises
    ------
    OSError
        If one cannot be removed.
    """
    for path in _entries(folder):
        path.unlink(missing_ok=True)


def _pieces(head: bytes, matrix: NDArray[Any], kept: list[int], check: Callable[[], None]) -> Iterator[bytes]:
    yield _MAGIC + len(head).to_bytes(8, "little") + crc32(head).to_bytes(4, "little")
    yield head
    for count, index in enumerate(kept):
        if count % _OFTEN == 0:
            check()
        yield matrix[index].tobytes()


def _opened(path: Path, n_features: int) -> _Entry:
    """Look into an entry; one that is missing, damaged or of another make counts as empty."""
    try:
        with path.open("rb") as file:
            start = file.read(len(_MAGIC) + 12)
            n_bytes, checksum = (int.from_bytes(part, "little") for part in (start[-12:-4], start[-4:]))
            head = file.read(n_bytes if start.startswith(_MAGIC) and n_bytes < path.stat().st_size else 0)
            if not head or crc32(head) != checksum:
                return _Entry({}, np.empty((0, 0)))
            told = json.loads(head)
            shape = (len(told["lines"]), n_features)
            rows = np.memmap(file, told["dtype"], "r", file.tell(), shape)
    except (OSError, ValueError):  # it is shorter than it says
        return _Entry({}, np.empty((0, 0)))
    return _Entry({place: (number, line) for number, (place, *line) in enumerate(told["lines"])}, np.asarray(rows))


def _stamp(file: FoundFile) -> list[int] | None:
    """What tells a file from what it was before; None for what is no file of its own."""
    if file.opener is not None:
        return None
    try:
        facts = Path(file.path_text).stat()
    except OSError:
        return None  # its reason is told when it is read
    return [facts.st_size, facts.st_mtime_ns]


def _make_room(folder: Path) -> None:
    """Remove what was used longest ago until the limit holds."""
    entries = sorted(((path.stat(), path) for path in _entries(folder)), key=lambda entry: entry[0].st_mtime_ns)
    too_many = sum(facts.st_size for facts, _ in entries) - MOST_BYTES
    for facts, path in entries[:-1]:
        if too_many <= 0:
            break
        path.unlink(missing_ok=True)
        too_many -= facts.st_size


def _entries(folder: Path) -> list[Path]:
    return [*folder.glob(f"*{_ENDING}"), *folder.glob("*.part")]
