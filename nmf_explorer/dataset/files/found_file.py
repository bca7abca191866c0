"""One thing that was found and may hold pictures: a file, a member of an archive, or something pasted."""

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

_READ_WHOLE_MAX_BYTES = 1024 * 1024  # bytes: smaller files are read whole, which saves Pillow many small reads
# A pipe would wait for ever for someone to write; Windows has none, but would change the ends of lines.
_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class _Fields(NamedTuple):
    path_text: str
    name: str
    n_bytes: int
    label: str
    opener: Callable[[], BinaryIO] | None


class FoundFile(_Fields):
    """Something that may hold pictures; light, since there may be 100,000.

    Attributes
    ----------
    path : Path
        Where it lies; of a member of an archive, the archive's path and the member's name inside.
    name : str
        What it is called on screen: its path inside the folder or archive that was opened.
    n_bytes : int, default -1
        Its size, if it is known.
    label : str, default ""
        The class it belongs to, such as the name of its class folder.
    opener : callable, optional
        Opens it where it is no file of its own, such as a member of an archive; may raise `ImageReadError`.
    """

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
        """Where it lies, exactly as the file system names it."""
        return Path(self.path_text)

    def open(self) -> BinaryIO:
        """Open it for reading, if it is a regular file: anything else might never end.

        Returns
        -------
        BinaryIO
            To be closed by the caller.

        Raises
        ------
        ImageReadError
            If it cannot be opened, is empty or no regular file, or lies in an archive that is damaged.
        """
        if self.opener:
            return self.opener()
        try:
            return _open_regular(self.path_text)
        except OSError as error:
            raise ImageReadError("cannot be read: {why}", why=error.strerror or error) from error


def _open_regular(place: str) -> BinaryIO:
    descriptor = os.open(place, _OPEN_FLAGS)
    try:
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode):
            raise ImageReadError("not a regular file")
        if facts.st_size == 0:
            raise ImageReadError("the file is empty")
        if facts.st_size <= _READ_WHOLE_MAX_BYTES:
            return io.BytesIO(os.read(descriptor, facts.st_size))
        return os.fdopen(os.dup(descriptor), "rb")
    finally:
        os.close(descriptor)


class FileList(Sequence[FoundFile]):
    """Files of one folder, each made when it is asked for: 100,000 objects would take longer than finding the files.

    Parameters
    ----------
    places, names, labels : list of str
        What `FoundFile` calls path, name and label.
    order : list of int
        Which of them comes first, second and so on.
    """

    def __init__(self, places: list[str], names: list[str], labels: list[str], order: list[int]) -> None:
        self._places = places
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
        return FoundFile._make((self._places[i], self._names[i], -1, self._labels[i], None))


class FileListing(NamedTuple):
    """What lies behind something that a user pointed at.

    Attributes
    ----------
    files : sequence of FoundFile
        In natural order (2 before 10).
    skipped : list of Skipped
        What is there and cannot be a file of images.
    """

    files: Sequence[FoundFile]
    skipped: list[Skipped]
