"""Many files become one Dataset: their common size, grey or colour, and an account of every file.

Two passes: the headers first, which are cheap and decide the size; then the pixels, into one matrix made once.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from nmf_explorer.dataset import array_file, image_file
from nmf_explorer.dataset.dataset import Dataset, Skipped, size_text
from nmf_explorer.dataset.found_file import FoundFile
from nmf_explorer.dataset.image_file import ImageFacts, resized
from nmf_explorer.dataset.load_options import LoadOptions
from nmf_explorer.errors import Cancelled, ImageReadError, Message, SourceError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nmf_explorer.dataset.dataset import Pixels
    from nmf_explorer.dataset.found_file import Listing

MAX_NUMBERS = 64 * 1024 * 1024  # in the whole matrix: 256 MB as float32; larger sets of photographs are reduced
MIN_SAMPLES = 2
_EIGHT_BIT_WHITE = 255.0
_LUMINANCE = np.array([0.299, 0.587, 0.114], dtype=np.float32)  # ITU-R BT.601, as Pillow's grey


class _Readable(NamedTuple):
    """A file whose header was read."""

    file: FoundFile
    facts: ImageFacts
    read: Callable[[Path, tuple[int, ...]], tuple[Pixels, bool]]


def read_folder(
    name: str,
    listing: Listing,
    *,
    sample_shape: tuple[int, ...] | None,
    colour: bool,
    on_progress: Callable[[int, int], None],
    should_stop: Callable[[], bool],
) -> Dataset:
    """Read files into a set of samples of one shape.

    Parameters
    ----------
    name : str
        The set's name.
    listing : Listing
        The files, in the order of the samples, and what was already found unusable.
    sample_shape : tuple of int or None
        The shape asked for; None takes the most frequent size.
    colour : bool
        Whether samples keep three channels.
    on_progress : callable
        Called with (images read, images in all).
    should_stop : callable
        Asked before every file.

    Returns
    -------
    Dataset
        8-bit if all its pictures are, float32 otherwise.

    Raises
    ------
    SourceError
        If fewer than two images can be used.
    Cancelled
        If `should_stop` says so.
    """
    skipped = list(listing.skipped)
    readable = _measure_all(listing.files, skipped, should_stop)
    _need_two(name, sum(r.facts.n_images for r in readable), skipped)
    notes: list[Message] = []
    shape = sample_shape or _common_shape(readable, notes, colour=colour)
    rows = _rows_for(sum(r.facts.n_images for r in readable), shape)
    for item in readable:
        if should_stop():
            raise Cancelled
        try:
            rows.add(item)
        except ImageReadError as error:
            skipped.append(Skipped(item.file.path, error.message))
        on_progress(rows.n_read, rows.n_expected)
    _need_two(name, rows.n_read, skipped)
    return Dataset(
        rows.stored[: rows.n_read],
        shape,
        tuple(rows.names),
        name,
        rows.white,
        tuple(skipped),
        (*notes, *rows.notes(shape)),
    )


def _measure_all(files: list[FoundFile], skipped: list[Skipped], should_stop: Callable[[], bool]) -> list[_Readable]:
    """Read every header; what has none is skipped with its reason."""
    readable = []
    for file in files:
        if should_stop():
            raise Cancelled
        try:
            if _is_array(file):
                facts = array_file.measure(file, LoadOptions())
                readable.append(_Readable(file, ImageFacts(*facts[:3]), _read_array))
            else:
                readable.append(_Readable(file, image_file.measure(file.path), image_file.read))
        except ImageReadError as error:
            skipped.append(Skipped(file.path, error.message))
    return readable


def _is_array(file: FoundFile) -> bool:
    try:
        with file.open() as stream:
            return array_file.recognises(stream.read(512), file.name)
    except OSError:
        return False  # the picture reader will say why


def _read_array(path: Path, sample_shape: tuple[int, ...]) -> tuple[Pixels, bool]:
    """Samples of an array in the shape that is wanted."""
    stored: Any = array_file.read(FoundFile(path, path.name), LoadOptions()).stored
    if not isinstance(stored, np.ndarray):
        raise ImageReadError("a sparse array; open it with nmf_explorer.fit")
    stack: Pixels = stored if stored.dtype == np.uint8 else stored.astype(np.float32)
    is_colour = len(sample_shape) == len(("height", "width", "channels"))
    if is_colour and stack.ndim == len(sample_shape):
        stack = np.repeat(stack[..., np.newaxis], 3, axis=-1)
    elif not is_colour and stack.ndim > len(("n", *sample_shape)):
        grey = stack @ _LUMINANCE
        stack = np.rint(grey).astype(np.uint8) if stack.dtype == np.uint8 else grey.astype(np.float32)
    height, width = sample_shape[:2]
    if stack.shape[1:3] != (height, width):
        stack = np.stack([resized(picture, height, width) for picture in stack])
    return stack, False


def _need_two(name: str, n_images: int, skipped: list[Skipped]) -> None:
    if n_images >= MIN_SAMPLES:
        return
    if not skipped:
        raise SourceError(
            "Usable images in “{name}”: {n}; at least {needed} are needed to find common parts. "
            "Open a folder that holds more images.",
            name=name,
            n=n_images,
            needed=MIN_SAMPLES,
        )
    raise SourceError(
        "Usable images in “{name}”: {n}; at least {needed} are needed to find common parts. "
        "Skipped files: {skipped}. {first}: {reason}",
        name=name,
        n=n_images,
        needed=MIN_SAMPLES,
        skipped=len(skipped),
        first=skipped[0].path.name,
        reason=skipped[0].reason,
    )


def _common_shape(readable: list[_Readable], notes: list[Message], *, colour: bool) -> tuple[int, ...]:
    """The most frequent size (the first of several), smaller where the matrix would not fit into memory."""
    sizes: Counter[tuple[int, int]] = Counter()
    for item in readable:
        sizes[item.facts.height, item.facts.width] += item.facts.n_images
    height, width = sizes.most_common(1)[0][0]
    channels = (3,) if colour else ()
    numbers = sum(sizes.values()) * height * width * (3 if colour else 1)
    if numbers > MAX_NUMBERS:
        factor = (MAX_NUMBERS / numbers) ** 0.5
        small = (max(1, int(height * factor)), max(1, int(width * factor)))
        notes.append(
            Message(
                "The images of {size} pixels were reduced to {small} so that all of them fit into memory.",
                size=size_text((height, width)),
                small=size_text(small),
            )
        )
        height, width = small
    return (height, width, *channels)


def _rows_for(n_expected: int, shape: tuple[int, ...]) -> _Rows:
    try:
        return _Rows(n_expected, shape)
    except MemoryError as error:
        raise SourceError(
            "{n} images of {size} pixels do not fit into memory. Choose a smaller size.",
            n=n_expected,
            size=size_text(shape),
        ) from error


class _Rows:
    """The matrix while it is being filled; 8-bit until a picture with finer values comes."""

    def __init__(self, n_expected: int, sample_shape: tuple[int, ...]) -> None:
        self.n_expected = n_expected
        self.n_read = 0
        self.names: list[str] = []
        self.white = _EIGHT_BIT_WHITE
        self.stored: Pixels = np.zeros((n_expected, int(np.prod(sample_shape))), dtype=np.uint8)
        self._shape = sample_shape
        self._n_resized = 0
        self._n_cut = 0

    def add(self, item: _Readable) -> None:
        """Read one file into the next rows."""
        stack, cut = item.read(item.file.path, self._shape)
        if stack.dtype != np.uint8 and self.stored.dtype == np.uint8:
            self.stored = np.divide(self.stored, np.float32(self.white), dtype=np.float32)
            self.white = 1.0
        rows = stack.reshape(len(stack), -1)
        if stack.dtype == np.uint8 and self.stored.dtype != np.uint8:
            rows = np.divide(rows, np.float32(_EIGHT_BIT_WHITE), dtype=np.float32)
        self.stored[self.n_read : self.n_read + len(rows)] = rows
        self.n_read += len(rows)
        name = item.file.name
        stem = name.removesuffix(".npy")
        self.names += [name] if len(rows) == 1 else [f"{stem} {i + 1}" for i in range(len(rows))]
        self._n_resized += len(rows) * ((item.facts.height, item.facts.width) != self._shape[:2])
        self._n_cut += cut

    def notes(self, shape: tuple[int, ...]) -> list[Message]:
        """What the user should know about the pictures that were read."""
        stored = self.stored[: self.n_read]
        highest = stored.max(axis=1)
        flat = np.flatnonzero(highest == stored.min(axis=1)) if stored.shape[1] > 1 else np.array([], dtype=np.intp)
        notes = []
        if self._n_resized:
            notes.append(
                Message(
                    "{n} of {total} images had another size and were resized to {size} pixels.",
                    n=self._n_resized,
                    total=self.n_read,
                    size=size_text(shape),
                )
            )
        if self._n_cut:
            notes.append(
                Message(
                    "{n} of {total} images have several frames; the first one was taken.",
                    n=self._n_cut,
                    total=self.n_read,
                )
            )
        if len(flat):
            notes.append(
                Message(
                    "{n} of {total} images show nothing, every pixel is the same (the first is “{name}”).",
                    n=len(flat),
                    total=self.n_read,
                    name=self.names[int(flat[0])],
                )
            )
        return notes
