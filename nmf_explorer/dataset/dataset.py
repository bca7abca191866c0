"""The first station of the journey: a set of samples as one non-negative matrix, frozen, so that threads share it.

A sample is a picture; one row of the matrix is one sample, one column is one pixel (in colour: one channel of one
pixel). The numbers are stored as they came, 8-bit where the pictures are 8-bit, and read as 0..1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np

from nmf_explorer.dataset.load_report import NO_REPORT, LoadReport
from nmf_explorer.errors import DataError, Message

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import ArrayLike, NDArray
    from scipy.sparse import csr_array

    Pixels: TypeAlias = NDArray[np.uint8 | np.float32]
    Floats: TypeAlias = NDArray[Any]  # float32, or float64 where every digit counts
    Rows: TypeAlias = Floats | csr_array[Any]
    Stored: TypeAlias = NDArray[np.uint8 | np.uint16 | np.float32 | np.float64] | csr_array[Any]

_MAP_DIMENSIONS = 2


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
    stored : ndarray or CSR array of shape (n_samples, n_features); uint8, uint16, float32 or float64
        The numbers as they are kept, perhaps a memory map larger than the memory; made read-only.
    sample_shape : tuple of int
        ``(height, width)``, or ``(height, width, 3)`` for colour; its product is n_features.
    sample_names : tuple of str
        One name per sample, such as the file's path inside its folder.
    name : str, default "data"
        The set's name, such as the folder's.
    white : float, default 1.0
        The stored number that reads as 1.0: 255 for 8-bit pictures; 1 for sparse numbers.
    skipped : tuple of Skipped
        Files that were found and could not be used.
    notes : tuple of Message
        What the user should know about how the set was made.
    labels : tuple of str
        The class of each sample, such as the name of its class folder; empty if there are none.
    report : LoadReport
        How the set came to be, and what else could have been chosen.

    Raises
    ------
    DataError
        If shapes do not fit together, there are no samples, or a number is negative or not finite.
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
        self._check_shapes()
        if self.stored.dtype.kind == "f":
            self._check_numbers()
        (self.stored if isinstance(self.stored, np.ndarray) else self.stored.data).setflags(write=False)

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
        lowest, highest = _row_extremes(self.stored)
        finite = np.isfinite(lowest) & np.isfinite(highest) & (highest <= np.finfo(np.float32).max)
        if not finite.all():
            raise DataError(
                "“{name}” has values that are not finite numbers (NaN or infinity). Replace or leave out that sample.",
                name=self.sample_names[int(np.argmin(finite))],
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
        """Make a set from plain numbers, which are taken as they are: 8-bit ones as 0 to 255.

        Nothing is copied where it need not be: an array of 8 or 16 bits, float32 or float64, a memory map, or a sparse
        CSR array of floats is used where it lies, and must not be changed while the set is in use.

        Parameters
        ----------
        array : array_like or sparse array of shape (n_samples, n_features) or (n_samples, height, width)
            Non-negative finite numbers.
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
        stored, shape = _stored_numbers(array)
        return cls(stored, shape, tuple(f"sample {i + 1}" for i in range(stored.shape[0])), name)

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

    @property
    def n_stored_numbers(self) -> int:
        """How many numbers a solver has to read: all of them, or those that are not 0 in a sparse array."""
        return int(self.stored.size)

    @cached_property
    def matrix(self) -> Rows:
        """The samples as rows: float32 of shape (n_samples, n_features), pictures in 0..1; read-only."""
        matrix = self.rows(0, self.n_samples)
        (matrix if isinstance(matrix, np.ndarray) else matrix.data).setflags(write=False)
        return matrix

    def rows(self, start: int, stop: int) -> Rows:
        """Read some rows of the matrix, without making the whole of it.

        Parameters
        ----------
        start, stop : int
            Which samples, as in a slice.

        Returns
        -------
        ndarray or CSR array of shape (stop - start, n_features), float32
            A read-only view where the numbers are kept like that, a copy otherwise.
        """
        block = self.stored[start:stop]
        if not isinstance(block, np.ndarray):
            return block.astype(np.float32, copy=False)
        if block.dtype == np.float32 and self.white == 1.0:
            return block.view(np.float32)
        return np.divide(block, np.float32(self.white), dtype=np.float32, casting="same_kind")

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

    @cached_property
    def has_zeros(self) -> bool:
        """Whether a number of the matrix is 0."""
        if not isinstance(self.stored, np.ndarray):
            return int(np.count_nonzero(self.stored.data)) < self.n_samples * self.n_features
        return bool((self.stored == 0).any())

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
        row = self.rows(index, index + 1)
        image: NDArray[np.float32] = row if isinstance(row, np.ndarray) else row.toarray()
        return image.reshape(self.sample_shape)


def _row_extremes(stored: Stored) -> tuple[Floats, Floats]:
    """Smallest and largest number of each row."""
    if isinstance(stored, np.ndarray):
        return stored.min(axis=1), stored.max(axis=1)
    return stored.min(axis=1).toarray().ravel(), stored.max(axis=1).toarray().ravel()


def _stored_numbers(array: object) -> tuple[Stored, tuple[int, ...]]:
    """Look at numbers as a set of samples; gives them and the shape of one sample."""
    try:
        numbers: Any = array.tocsr() if hasattr(array, "tocsr") else np.asarray(array)
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
    if not isinstance(numbers, np.ndarray):
        return _own_sparse(numbers), shape
    if numbers.dtype not in (np.uint8, np.uint16, np.float32, np.float64):
        numbers = numbers.astype(np.float64)
    return numbers.reshape(len(numbers), int(np.prod(shape))).view(), shape


def _own_sparse(numbers: csr_array[Any]) -> csr_array[Any]:
    """Share the numbers of a sparse array, but not its right to be written to; nothing is stored twice in a place."""
    if numbers.dtype not in (np.float32, np.float64):
        numbers = numbers.astype(np.float32)
    if not numbers.has_canonical_format:
        numbers = numbers.copy()
        numbers.sum_duplicates()
    return type(numbers)((numbers.data.view(), numbers.indices, numbers.indptr), shape=numbers.shape)
