"""A file that may hold samples: on disk, in an archive, or pasted from the clipboard."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self, overload

from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    from nmf_explorer.dataset.dataset import Skipped

_READ_WHOLE_MAX_BYTES = 1024 * 1024  # smaller files are read whole, which saves Pillow many small reads
# O_NONBLOCK: opening a pipe would wait for a writer. O_BINARY: Windows would convert line ends.
_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class _Fields(NamedTuple):
    path_text: str  # a Path would cost time for each of 100,000 files
    name: str  # name on screen: the path inside the opened folder or archive
    n_bytes: int  # -1: unknown
    label: str  # class, such as the name of the class folder; "" if unknown
    opener: Callable[[], BinaryIO] | None  # opens what is not a file on disk; may raise ImageReadError


class FoundFile(_Fields):
    """A file that may hold samples; a tuple, because there may be 100,000 of them."""

    __slots__ = ()

    def __new__(  # noqa: D102 - the fields of a tuple
        cls,
        path: Path | str,
        name: str,
        n_bytes: int = -1,
        label: str = "",
        opener: Callable[[], BinaryIO] | None = None,
    ) -> Self:
        return super().__new__(cls, os.fspath(path), name, n_bytes, label, opener)

    @property
    def path(self) -> Path:
        """Path of the file; for a member of an archive, the path of the archive and the member's name."""
        return Path(self.path_text)

    def open(self) -> BinaryIO:
        """Open the file for reading; the caller closes it.

        Raises `ImageReadError` if it cannot be opened, is empty, or is not a regular file (a pipe may never end).
        """
        if self.opener:
            return self.opener()
        try:
            return _open_regular(self.path_text)
        except OSError as error:
            raise ImageReadError("cannot be read: {why}", why=error.strerror or error) from error


def _open_regular(path_text: str) -> BinaryIO:
    descriptor = os.open(path_text, _OPEN_FLAGS)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise ImageReadError("not a regular file")
        if status.st_size == 0:
            raise ImageReadError("the file is empty")
        if status.st_size <= _READ_WHOLE_MAX_BYTES:
            return io.BytesIO(os.read(descriptor, status.st_size))
        return os.fdopen(os.dup(descriptor), "rb")
    finally:
        os.close(descriptor)


class FileList(Sequence[FoundFile]):
    """Files of one folder, created on access: creating 100,000 objects would take longer than finding the files.

    `order` holds the index of the first file, the second, and so on in the lists of `FoundFile` fields.
    """

    def __init__(self, path_texts: list[str], names: list[str], labels: list[str], order: list[int]) -> None:
        self._path_texts = path_texts
        self._names = names
        self._labels = labels
        self._order = order

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, index: int) -> FoundFile: ...
    @overload
    def __getitem__(self, index: slice) -> list[FoundFile]: ...
    def __getitem__(self, index: int | slice) -> FoundFile | list[FoundFile]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        i = self._order[index]
        return FoundFile._make((self._path_texts[i], self._names[i], -1, self._labels[i], None))


class FileListing(NamedTuple):
    """The files behind a source in natural order (2 before 10), and what cannot be read."""

    files: Sequence[FoundFile]
    skipped: list[Skipped]
