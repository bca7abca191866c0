"""Dataset: a set of samples as one frozen non-negative matrix that threads can share.

One row is one sample (an image), one column is one pixel (of one channel in colour images). Values keep the dtype of
their files, such as uint8, and read as 0..1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np

from nmf_explorer.dataset.given_array import check_unmasked, check_values, real_numbers
from nmf_explorer.dataset.load_report import NO_REPORT, LoadReport
from nmf_explorer.errors import DataError, Message

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import ArrayLike, NDArray
    from scipy.sparse import csr_array, sparray, spmatrix

    Pixels: TypeAlias = NDArray[np.uint8 | np.float32]
    Floats: TypeAlias = NDArray[Any]  # float32, or float64 if every digit counts
    Rows: TypeAlias = Floats | csr_array[Any]
    Stored: TypeAlias = NDArray[np.uint8 | np.uint16 | np.float32 | np.float64] | csr_array[Any]


_BLACK = 0.02  # of the brightest value; what is darker counts as black
_MOSTLY = 0.4  # share of black values; 0.49 to 0.87 in drawings and digits, 0.02 in photographs
_MAX_COUNTED = 250_000  # values


class Skipped(NamedTuple):
    """A file that was found but cannot be used."""

    path: Path  # exactly as the file system names it
    reason: str  # text for the screen; a `Message` if the window can translate it


@dataclass(frozen=True, eq=False)
class Dataset:
    """A set of samples of one shape, as a non-negative matrix with one sample per row.

    Attributes
    ----------
    stored : ndarray or CSR array of shape (n_samples, n_features); uint8, uint16, float32 or float64
        The values as they are stored; may be a memory map larger than the memory. Made read-only.
    sample_shape : tuple of int
        ``(height, width)``, or ``(height, width, 3)`` for colour; its product is n_features.
    sample_names : tuple of str
        One name per sample, such as the file's path relative to the folder.
    name : str, default "data"
        Name of the set, such as that of its folder.
    white : float, default 1.0
        The stored value that reads as 1.0: 255 for 8-bit images, 1 for sparse values.
    skipped : tuple of Skipped
        Files that were found but cannot be used, each with the reason.
    notes : tuple of Message
        What the user should know about how the set was read.
    labels : tuple of str
        The class of each sample, such as the name of its class folder; empty if there are no classes.
    report : LoadReport
        How the set was read, and which options would change it.

    Raises
    ------
    DataError
        If the shapes do not match, there are no samples, or a value is negative or not finite.
    """

    stored: Stored
    sample_shape: tuple[int, ...]
    sample_names: tuple[str, ...]
    name: str = "data"
    white: float = 1.0
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[Message, ...] = ()
    labels: tuple[str, ...] = ()
    report: LoadReport = NO_REPORT

    def __post_init__(self) -> None:
        self._check_kind()
        self._check_shapes()
        if self.stored.dtype.kind in "fi":
            check_values(self.stored, self.sample_names)
        (self.stored if isinstance(self.stored, np.ndarray) else self.stored.data).setflags(write=False)

    def _check_kind(self) -> None:
        if isinstance(self.stored, np.ndarray) and type(self.stored) in (np.ndarray, np.memmap):
            is_usable = self.stored.dtype.kind in "buif"
        else:
            check_unmasked(self.stored)
            is_usable = getattr(self.stored, "format", None) == "csr" and self.stored.dtype.kind in "uif"
        if not is_usable:
            raise DataError("Expected an array or a CSR array of real numbers; got {kind}.", kind=_kind(self.stored))

    def _check_shapes(self) -> None:
        if self.stored.ndim != 2 or 0 in self.stored.shape:
            raise DataError("The data are empty: their shape is {shape}.", shape=self.stored.shape)
        if int(np.prod(self.sample_shape)) != self.n_features or len(self.sample_names) != self.n_samples:
            raise DataError(
                "The shapes do not fit: {n} rows of {p} numbers, {names} names, samples of shape {shape}.",
                n=self.n_samples,
                p=self.n_features,
                names=len(self.sample_names),
                shape=self.sample_shape,
            )

    @classmethod
    def from_array(cls, array: ArrayLike | sparray | spmatrix, *, name: str = "array") -> Dataset:
        """Make a dataset from an array, whose values are taken as they are (8-bit ones as 0 to 255).

        Nothing is copied unless necessary: a uint8, uint16, float32 or float64 array, a memory map, or a sparse CSR
        array of floats is used in place, and must not be changed while the dataset is in use.

        Parameters
        ----------
        array : array_like or sparse array of shape (n_samples, n_features) or (n_samples, height, width)
            Non-negative finite values.
        name : str, default "array"
            Name of the set.

        Returns
        -------
        Dataset
            With samples of shape ``(1, n_features)`` or ``(height, width)``.

        Raises
        ------
        DataError
            If the array does not have two or three dimensions, does not hold real numbers, or has unusable values.
        """
        stored, shape = _as_stored(array)
        return cls(stored, shape, tuple(f"sample {i + 1}" for i in range(stored.shape[0])), name)

    @property
    def n_samples(self) -> int:
        """Number of samples: rows of the matrix."""
        return int(self.stored.shape[0])

    @property
    def n_features(self) -> int:
        """Number of values per sample: columns of the matrix."""
        return int(self.stored.shape[1])

    @property
    def max_components(self) -> int:
        """Largest possible number of components: ``min(n_samples, n_features)``."""
        return min(self.n_samples, self.n_features)

    @property
    def n_stored_numbers(self) -> int:
        """Number of values that a solver has to read: all of them, or the stored ones of a sparse array."""
        return int(self.stored.size)

    @cached_property
    def matrix(self) -> Rows:
        """The samples as rows: (n_samples, n_features) float32, images in 0..1, read-only."""
        matrix = self.rows(0, self.n_samples)
        (matrix if isinstance(matrix, np.ndarray) else matrix.data).setflags(write=False)
        return matrix

    def rows(self, start: int, stop: int) -> Rows:
        """Read some rows of the matrix without converting all of it.

        Parameters
        ----------
        start, stop : int
            Range of samples, as in a slice.

        Returns
        -------
        ndarray or CSR array of shape (stop - start, n_features), float32
            A read-only view if the values are stored that way, otherwise a copy.
        """
        block = self.stored[start:stop]
        if not isinstance(block, np.ndarray):
            return block.astype(np.float32, copy=False)
        if block.dtype == np.float32 and self.white == 1.0:
            return block.view(np.float32)
        return np.divide(block, np.float32(self.white), dtype=np.float32, casting="same_kind")

    def subset(self, n_samples: int, rng: np.random.Generator) -> Dataset:
        """Draw some samples at random without repetition, and keep their order.

        Parameters
        ----------
        n_samples : int
            Number of samples; if the set has no more than that, the set itself is returned.
        rng : numpy.random.Generator
            Source of randomness.

        Returns
        -------
        Dataset
            With the same name, without notes.
        """
        if n_samples >= self.n_samples:
            return self
        drawn = np.sort(rng.choice(self.n_samples, n_samples, replace=False))
        names = tuple(self.sample_names[i] for i in drawn)
        return Dataset(self.stored[drawn], self.sample_shape, names, self.name, self.white)

    @cached_property
    def brightest(self) -> float:
        """The largest value of the matrix, which is shown as white."""
        return float(self.stored.max()) / self.white

    @cached_property
    def is_mostly_black(self) -> bool:
        """Whether at least 40 % of the values are below 2 % of the brightest, as in drawings; photographs have fewer.

        Counted in at most about 250,000 values, from samples all over the set.
        """
        darkest_white = _BLACK * float(self.stored.max())
        if not isinstance(self.stored, np.ndarray):
            n_bright = int(np.count_nonzero(self.stored.data > darkest_white))
            return 1 - n_bright / (self.n_samples * self.n_features) >= _MOSTLY
        n_rows = min(self.n_samples, max(1, _MAX_COUNTED // self.n_features))
        rows = self.stored[:: -(-self.n_samples // n_rows)]
        values = rows[:, :: max(1, self.n_features // _MAX_COUNTED)]
        return float(np.mean(values <= darkest_white)) >= _MOSTLY

    @cached_property
    def has_zeros(self) -> bool:
        """Whether any value of the matrix is 0."""
        if not isinstance(self.stored, np.ndarray):
            return int(np.count_nonzero(self.stored.data)) < self.n_samples * self.n_features
        return bool((self.stored == 0).any())

    def sample_image(self, index: int) -> NDArray[np.float32]:
        """Return one sample as an image.

        Parameters
        ----------
        index : int
            Index of the sample, from 0.

        Returns
        -------
        ndarray of shape `sample_shape`, float32
            Its values, images in 0..1.
        """
        row = self.rows(index, index + 1)
        image: NDArray[np.float32] = row if isinstance(row, np.ndarray) else row.toarray()
        return image.reshape(self.sample_shape)


def _kind(stored: object) -> str:
    """Return the type and dtype of something, such as "MaskedArray of float64"."""
    return f"{type(stored).__name__} of {getattr(stored, 'dtype', 'objects')}"


def _as_stored(array: object) -> tuple[Stored, tuple[int, ...]]:
    """Convert to (n_samples, n_features), without a copy if possible; return it and the shape of a sample."""
    numbers = real_numbers(array)
    if numbers.ndim not in (2, 3):
        raise DataError(
            "Expected real numbers of shape (n_samples, n_features) or (n_samples, height, width); "
            "got {dtype} of shape {shape}.",
            dtype=numbers.dtype,
            shape=numbers.shape,
        )
    shape = numbers.shape[1:] if numbers.ndim == 3 else (1, numbers.shape[1])
    if not isinstance(numbers, np.ndarray):
        return _share_sparse(numbers), shape
    if numbers.dtype not in (np.uint8, np.uint16, np.float32, np.float64):
        numbers = numbers.astype(np.float64)
    return numbers.reshape(len(numbers), int(np.prod(shape))).view(), shape


def _share_sparse(numbers: csr_array[Any]) -> csr_array[Any]:
    """Return a CSR array of floats that shares its values, but has its own write flag, and no duplicate entries."""
    if numbers.dtype not in (np.float32, np.float64):
        numbers = numbers.astype(np.float32)
    if not numbers.has_canonical_format:
        numbers = numbers.copy()
        numbers.sum_duplicates()
    return type(numbers)((numbers.data.view(), numbers.indices, numbers.indptr), shape=numbers.shape)
