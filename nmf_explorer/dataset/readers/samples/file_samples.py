"""What a reader of files tells of a file before it is read, and what it gives when it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from nmf_explorer.dataset.dataset import Stored
    from nmf_explorer.errors import Message

DEPTHS = ("8-bit", "16-bit", "float")


class FileInfo(NamedTuple):
    """What a file's header tells.

    Attributes
    ----------
    n_samples : int
        How many samples the file gives.
    height, width : int
        Their size in pixels, upright.
    depth : {"8-bit", "16-bit", "float"}, default "8-bit"
        What the numbers are.
    is_colour : bool, default False
        Whether pixels have a colour.
    has_alpha : bool, default False
        Whether pixels may be transparent.
    n_frames : int, default 1
        How many pictures are in the file, whether or not they are taken.
    is_table : bool, default False
        Whether samples are rows or columns of a table, whose picture size had to be guessed or was chosen.
    """

    n_samples: int
    height: int
    width: int
    depth: str = "8-bit"
    is_colour: bool = False
    has_alpha: bool = False
    n_frames: int = 1
    is_table: bool = False


class FileSamples(NamedTuple):
    """The samples of one file, as they are in it.

    Attributes
    ----------
    stored : ndarray of shape (n_samples, height, width) or (n_samples, height, width, 3), or CSR array of shape \
(n_samples, n_features); uint8, uint16, float32 or float64
        0 or more and finite; perhaps a memory map.
    names : tuple of str, default ()
        One per sample, where the file names them.
    labels : tuple of str, default ()
        The class of each sample, where the file tells it.
    white : float or None, default None
        The number that reads as 1 where that is no matter of depth: 1 for tables, which are taken as they are.
    notes : tuple of Message, default ()
        What the user should know about how the file was read, such as which of its arrays was taken.
    """

    stored: Stored
    names: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    white: float | None = None
    notes: tuple[Message, ...] = ()
