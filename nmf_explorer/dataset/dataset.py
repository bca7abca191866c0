"""The first station of the journey: a set of samples as one non-negative matrix, frozen, so that threads share it.

A sample is a picture; one row of the matrix is one sample, one column is one pixel (in colour: one channel of one
pixel). The numbers are stored as they came, 8-bit where the pictures are 8-bit, and read as 0..1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nmf_explorer.errors import DataError, Message, SourceError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import ArrayLike, NDArray

    Pixels = NDArray[np.uint8 | np.float32]

_MAP_DIMENSIONS = 2
_COLOUR_CHANNELS = 3


class Skipped(NamedTuple):
    """A file that was found and could not be used.

    Attributes
    ----------
    path : Path
        The file, exactly as the file system names it.
    reason : str
        Why, in words for the screen; a `Message` where the window may translate it.
    """

    path: Path
    reason: str


@dataclass(frozen=True, eq=False)
class Dataset:
    """A set of samples of one shape.

    Attributes
    ----------
    stored : ndarray of shape (n_samples, n_features), uint8 or float32
        The numbers as they are kept; made read-only.
    sample_shape : tuple of int
        ``(height, width)``, or ``(height, width, 3)`` for colour; its product is n_features.
    sample_names : tuple of str
        One name per sample, such as the file's path inside its folder.
    name : str, default "data"
        The set's name, such as the folder's.
    white : float, default 1.0
        The stored number that reads as 1.0: 255 for 8-bit pictures.
    skipped : tuple of Skipped
        Files that were found and could not be used.
    notes : tuple of Message
        What the user should know about how the set was made.

    Raises
    ------
    DataError
        If shapes do not fit together, there are no samples, or a number is negative or not finite.
    """

    stored: Pixels
    sample_shape: tuple[int, ...]
    sample_names: tuple[str, ...]
    name: str = "data"
    white: float = 1.0
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[Message, ...] = ()

    def __post_init__(self) -> None:
        self._check_shapes()
        if self.stored.dtype != np.uint8:
            self._check_numbers()
        self.stored.setflags(write=False)

    def _check_shapes(self) -> None:
        if self.stored.ndim != _MAP_DIMENSIONS or 0 in self.stored.shape:
            raise DataError("The data are empty: their shape is {shape}.", shape=self.stored.shape)
        if int(np.prod(self.sample_shape)) != self.n_features or len(self.sample_names) != self.n_samples:
            raise DataError(
                "The shapes do not fit: {n} rows of {p} numbers, {names} names, samples of shape {shape}.",
                n=self.n_samples,
                p=self.n_features,
                names=len(self.sample_names),
                shape=self.sample_shape,
            )

    def _check_numbers(self) -> None:
        """Name the first sample that has a number NMF cannot use."""
        lowest = self.stored.min(axis=1)
        if not np.isfinite(lowest).all() or not np.isfinite(self.stored.max(axis=1)).all():
            first = int(np.argmin(np.isfinite(self.stored).all(axis=1)))
            raise DataError(
                "“{name}” has values that are not finite numbers (NaN or infinity). Replace or leave out that sample.",
                name=self.sample_names[first],
            )
        if lowest.min() < 0:
            first = int(np.argmax(lowest < 0))
            raise DataError(
                "“{name}” has negative values (lowest {lowest:.3g}); NMF adds up non-negative parts only. "
                "Shift or clip the values to 0 and above.",
                name=self.sample_names[first],
                lowest=float(lowest[first]),
            )

    @classmethod
    def from_array(cls, array: ArrayLike, *, name: str = "array") -> Dataset:
        """Make a set from plain numbers, which are taken as they are.

        Parameters
        ----------
        array : array_like of shape (n_samples, n_features) or (n_samples, height, width)
            Non-negative finite numbers; kept as float32.
        name : str, default "array"
            The set's name.

        Returns
        -------
        Dataset
            With samples of shape ``(1, n_features)`` or ``(height, width)``.

        Raises
        ------
        DataError
            If the array has another number of dimensions, is no array of real numbers, or has unusable values.
        """
        try:
            numbers = np.asarray(array)
        except ValueError as error:
            raise DataError("The numbers do not form an array: {why}", why=error) from error
        if numbers.ndim not in (_MAP_DIMENSIONS, _MAP_DIMENSIONS + 1) or numbers.dtype.kind not in "buif":
            raise DataError(
                "Expected real numbers of shape (n_samples, n_features) or (n_samples, height, width); "
                "got {dtype} of shape {shape}.",
                dtype=numbers.dtype,
                shape=numbers.shape,
            )
        shape = numbers.shape[1:] if numbers.ndim > _MAP_DIMENSIONS else (1, numbers.shape[1])
        with np.errstate(over="ignore"):  # a number too large for float32 becomes inf, and is named as such
            stored = np.array(numbers, dtype=np.float32).reshape(len(numbers), int(np.prod(shape)))
        return cls(stored, shape, tuple(f"sample {i + 1}" for i in range(len(numbers))), name)

    @property
    def n_samples(self) -> int:
        """Number of samples, the rows of the matrix."""
        return int(self.stored.shape[0])

    @property
    def n_features(self) -> int:
        """Numbers per sample, the columns of the matrix."""
        return int(self.stored.shape[1])

    @property
    def max_components(self) -> int:
        """The largest number of parts that the data allow: ``min(n_samples, n_features)``."""
        return min(self.n_samples, self.n_features)

    @cached_property
    def matrix(self) -> NDArray[np.float32]:
        """The samples as rows: float32 of shape (n_samples, n_features), pictures in 0..1; read-only."""
        matrix = self.rows(0, self.n_samples)
        matrix.setflags(write=False)
        return matrix

    def rows(self, start: int, stop: int) -> NDArray[np.float32]:
        """Read some rows of the matrix, without making the whole of it.

        Parameters
        ----------
        start, stop : int
            Which samples, as in a slice.

        Returns
        -------
        ndarray of shape (stop - start, n_features), float32
            A copy for 8-bit data, a read-only view otherwise.
        """
        block = self.stored[start:stop]
        if block.dtype == np.float32 and self.white == 1.0:
            return block.view(np.float32)
        return np.divide(block, np.float32(self.white), dtype=np.float32)

    def subset(self, n_samples: int, rng: np.random.Generator) -> Dataset:
        """Some samples, drawn without repetition, in their order.

        Parameters
        ----------
        n_samples : int
            How many; more than there are gives the set itself.
        rng : numpy.random.Generator
            Where the draw comes from.

        Returns
        -------
        Dataset
            Of the same name, without notes.
        """
        if n_samples >= self.n_samples:
            return self
        drawn = np.sort(rng.choice(self.n_samples, n_samples, replace=False))
        names = tuple(self.sample_names[i] for i in drawn)
        return Dataset(self.stored[drawn], self.sample_shape, names, self.name, self.white)

    @cached_property
    def brightest(self) -> float:
        """The largest number of the matrix; what is shown as white."""
        return float(self.stored.max()) / self.white

    def sample_image(self, index: int) -> NDArray[np.float32]:
        """One sample as a picture.

        Parameters
        ----------
        index : int
            Which sample, from 0.

        Returns
        -------
        ndarray of shape `sample_shape`, float32
            Its values, pictures in 0..1.
        """
        return self.rows(index, index + 1).reshape(self.sample_shape)


def size_text(sample_shape: tuple[int, ...]) -> str:
    """Width x height, as everywhere on screen.

    Parameters
    ----------
    sample_shape : tuple of int
        ``(height, width, ...)``.

    Returns
    -------
    str
        Such as ``"8 x 13"``.
    """
    return f"{sample_shape[1]} x {sample_shape[0]}"


def sample_shape_of(size: int | tuple[int, int] | None, *, colour: bool) -> tuple[int, ...] | None:
    """Read the option `size`.

    Parameters
    ----------
    size : int, (int, int) or None
        One number for squares, ``(height, width)``, or None to let the images decide.
    colour : bool
        Whether samples have three channels.

    Returns
    -------
    tuple of int or None
        The sample shape asked for, if one was.

    Raises
    ------
    SourceError
        If a number is below 1.
    """
    if size is None:
        return None
    height, width = (size, size) if isinstance(size, (int, np.integer)) else size
    if min(height, width) < 1:
        raise SourceError(
            "The size {width} x {height} is not possible: both must be 1 or more.", width=width, height=height
        )
    return (height, width, _COLOUR_CHANNELS) if colour else (height, width)
