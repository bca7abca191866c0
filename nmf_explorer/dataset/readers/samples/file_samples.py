"""What a reader reports about a file before reading it, and what it returns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from nmf_explorer.dataset.dataset import Stored
    from nmf_explorer.dataset.load_options import LoadOptions
    from nmf_explorer.dataset.load_report import Advice, AxisChoice
    from nmf_explorer.dataset.table_report import TableReport
    from nmf_explorer.errors import Message

MAX_SAMPLES = 2_000_000  # of one file; the names alone take 80 bytes each
DEPTHS = ("8-bit", "16-bit", "float")


class FileInfo(NamedTuple):
    """Number, size and depth of the samples of a file, from its header."""

    n_samples: int
    height: int  # pixels, upright
    width: int
    depth: str = "8-bit"  # one of DEPTHS
    is_colour: bool = False
    has_alpha: bool = False  # pixels may be transparent
    n_frames: int = 1  # all images in the file, read or not
    is_table: bool = False  # samples are rows or columns, and their image size is guessed or chosen
    is_vivid: bool = False  # colours are seen, and not only stored


def check_counts(info: FileInfo, options: LoadOptions) -> None:
    """Raise `ImageReadError` before more or larger samples are made than is allowed."""
    if info.n_samples > MAX_SAMPLES:
        raise ImageReadError(
            "holds {n:,} samples, more than {limit:,}; open a part of them", n=info.n_samples, limit=MAX_SAMPLES
        )
    if info.height * info.width > options.max_pixels:
        raise ImageReadError(
            "samples of {n:,} pixels, more than {limit:,}; choose smaller ones, or allow more",
            n=info.height * info.width,
            limit=options.max_pixels,
        )


class ReadChoices(NamedTuple):
    """What can be taken from a file of arrays, as in `LoadReport`; what was taken comes first."""

    axes: tuple[AxisChoice, ...] = ()
    arrays: tuple[str, ...] = ()


NO_CHOICES = ReadChoices()


class FileSamples(NamedTuple):
    """The samples of one file, with the values of the file: non-negative and finite."""

    # Array of shape (n_samples, height, width) or (n_samples, height, width, 3), perhaps a memory map, or CSR array of
    # shape (n_samples, n_features); uint8, uint16, float32 or float64.
    stored: Stored
    names: tuple[str, ...] = ()  # one per sample, if the file has them
    labels: tuple[str, ...] = ()  # class of each sample, if the file has them
    white: float | None = None  # value that means 1 if it does not follow from the depth: 1 for tables
    notes: tuple[Message, ...] = ()  # what the user should know, such as which array was read
    choices: ReadChoices = NO_CHOICES
    advice: tuple[Advice, ...] = ()  # notes with an action
    size: tuple[int, int] | None = None  # (height, width) in the file, if the samples were reduced
    table: TableReport | None = None  # how a text table was read
