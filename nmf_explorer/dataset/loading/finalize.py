"""The last station of loading: the scale of white, inverted or not, and the report; then it is a Dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.dataset.load_report import Advice, LoadReport
from nmf_explorer.dataset.loading.advice import LoadContext, advice_on, questions_on
from nmf_explorer.dataset.loading.data_quality import inspect
from nmf_explorer.dataset.loading.matrix_buffer import blank_matrix
from nmf_explorer.dataset.loading.target_size import count_sizes
from nmf_explorer.dataset.readers.samples.shape_guess import image_sizes
from nmf_explorer.errors import DataError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nmf_explorer.dataset.dataset import Skipped
    from nmf_explorer.dataset.load_options import LoadOptions
    from nmf_explorer.dataset.loading.image_rows import ImageRows
    from nmf_explorer.dataset.loading.progress import ProgressReporter
    from nmf_explorer.dataset.loading.stack_rows import SampleRows
    from nmf_explorer.dataset.readers.samples.file_samples import FileInfo

_FEWER_BITS = 16383  # numbers of 10, 12 or 14 bits that lie in 16: as dark as they are they would be black
_AT_ONCE = 4 * 1024 * 1024


def finalize(
    name: str,
    samples: SampleRows,
    rows: ImageRows,
    asked: tuple[LoadOptions, tuple[Skipped, ...]],
    onlooker: ProgressReporter,
) -> Dataset:
    """Make the set.

    Parameters
    ----------
    name : str
        The set's name.
    samples : SampleRows
        All samples.
    rows : PictureRows
        How they were read.
    asked : (LoadOptions, tuple of Skipped)
        What was asked for, and which files could not be used.
    onlooker : Onlooker
        Who waits.

    Returns
    -------
    Dataset
        With its report.

    Raises
    ------
    DataError
        If it has numbers that NMF cannot use.
    Cancelled
        If the onlooker says so.
    """
    options, skipped = asked
    stored, shape = samples.rows, rows.plan.sample_shape
    seen_numbers = None
    is_deep = stored.dtype == np.uint16 and samples.white != 1.0
    white = samples.white
    if isinstance(stored, np.ndarray):
        seen_numbers = inspect(stored, shape, white, onlooker.raise_if_cancelled)
        white = _white(options, samples.white, seen_numbers.highest, is_deep=is_deep)
        if options.invert:
            stored = _inverted(stored, max(white, seen_numbers.highest), onlooker)
    elif options.invert:
        raise DataError("The numbers of “{name}” are sparse and cannot be inverted.", name=name)
    facts = [f for i, f in enumerate(rows.facts) if f and i not in rows.reasons]
    sizes = count_sizes(facts)
    seen = LoadContext(options, rows.plan, facts, sizes, samples.names, seen_numbers, white, is_deep)
    advice = (*advice_on(seen), *map(Advice, samples.notes))
    report = LoadReport(options, tuple(sizes.most_common()), questions_on(seen), _table_sizes(facts), advice)
    labels = samples.labels if all(samples.labels) and len(set(samples.labels)) > 1 else ()
    notes = tuple(a.message for a in advice)
    return Dataset(stored, shape, samples.names, name, white, skipped, notes, labels, report)


def _table_sizes(facts: list[FileInfo]) -> tuple[tuple[int, int], ...]:
    """Sizes that the rows of the first table could have as pictures."""
    return next((image_sizes(fact.height * fact.width) for fact in facts if fact.is_table), ())


def _white(options: LoadOptions, usual: float, highest: float, *, is_deep: bool) -> float:
    """The stored number that reads as 1."""
    if isinstance(options.white, (int, float)):
        return float(options.white)
    is_of_fewer_bits = is_deep and highest <= _FEWER_BITS
    return highest if highest > 0 and (options.white == "maximum" or is_of_fewer_bits) else usual


def _inverted(stored: NDArray[Any], top: float, onlooker: ProgressReporter) -> NDArray[Any]:
    """White less each number; in place where the numbers are our own."""
    target = stored if stored.flags.writeable else blank_matrix((stored.shape[0], stored.shape[1]), stored.dtype)
    step = max(1, _AT_ONCE // stored.shape[1])
    for start in range(0, len(stored), step):
        onlooker.raise_if_cancelled()
        np.subtract(stored.dtype.type(top), stored[start : start + step], out=target[start : start + step])
    return target
