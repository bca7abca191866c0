"""One thing that was found and may hold pictures: a file, a member of an archive, or something pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import BinaryIO

    from nmf_explorer.dataset.dataset import Skipped


class FoundFile(NamedTuple):
    """Something that may hold pictures.

    Attributes
    ----------
    path : Path
        Where it lies; of a member of an archive, the archive's path and the member's name inside.
    name : str
        What it is called on screen: its path inside the folder or archive that was opened.
    n_bytes : int, default -1
        Its size, if it is known.
    modified_ns : int, default 0
        When it was changed last, in nanoseconds as the file system counts; 0 if it is not known.
    label : str, default ""
        The class it belongs to, such as the name of its class folder.
    opener : callable, optional
        Opens it where it is no file of its own, such as a member of an archive; may raise `ImageReadError`.
    """

    path: Path
    name: str
    n_bytes: int = -1
    modified_ns: int = 0
    label: str = ""
    opener: Callable[[], BinaryIO] | None = None

    def open(self) -> BinaryIO:
        """Open it for reading.

        Returns
        -------
        BinaryIO
            To be closed by the caller.

        Raises
        ------
        OSError
            If the file cannot be opened.
        ImageReadError
            If it lies in an archive that is damaged.
        """
        return self.opener() if self.opener else self.path.open("rb")


class Listing(NamedTuple):
    """What lies behind something that a user pointed at.

    Attributes
    ----------
    files : list of FoundFile
        In natural order (2 before 10).
    skipped : list of Skipped
        What is there and cannot be a file of images.
    """

    files: list[FoundFile]
    skipped: list[Skipped]
