"""Make the Dataset: choose white, invert if requested, write the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.dataset.load_report import Advice, LoadReport
from nmf_explorer.dataset.loading.advice import LoadContext, give_advice, relevant_options
from nmf_explorer.dataset.loading.data_quality import inspect
from nmf_explorer.dataset.loading.matrix_buffer import allocate_matrix
from nmf_explorer.dataset.loading.target_size import count_sizes
from nmf_explorer.dataset.readers.samples.shape_guess import image_sizes
from nmf_explorer.errors import DataError, SourceError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nmf_explorer.dataset.dataset import Skipped
    from nmf_explorer.dataset.load_options import LoadOptions
    from nmf_explorer.dataset.loading.image_rows import ImageRows
    from nmf_explorer.dataset.loading.progress import ProgressReporter
    from nmf_explorer.dataset.loading.stack_rows import SampleRows
    from nmf_explorer.dataset.readers.samples.file_samples import FileInfo

_MAX_14_BIT = 16383  # highest of 14 bits: 10, 12 or 14 bits stored in 16 would look black
_BLOCK_SIZE = 4 * 1024 * 1024  # values between two checks for cancellation


def finalize(
    name: str,
    samples: SampleRows,
    rows: ImageRows,
    request: tuple[LoadOptions, tuple[Skipped, ...]],
    progress: ProgressReporter,
) -> Dataset:
    """Make the dataset and its report from all samples; `request` is the options and the skipped files."""
    options, skipped = request
    _require_table(name, samples, options)
    stored, shape = samples.rows, rows.target.sample_shape
    quality = None
    is_16_bit = stored.dtype == np.uint16 and samples.white != 1.0
    white, black = samples.white, 0.0
    if isinstance(stored, np.ndarray):
        quality = inspect(stored, shape, progress.raise_if_cancelled)
        white = _choose_white(options, samples.white, quality.highest, is_16_bit=is_16_bit)
        if options.invert:
            black = max(white, quality.highest)
            stored = _invert(stored, black, progress)
    elif options.invert:
        raise DataError("The numbers of “{name}” are sparse and cannot be inverted.", name=name)
    infos = [f for i, f in enumerate(rows.infos) if f and i not in rows.skip_reasons]
    sizes = count_sizes(infos)
    context = LoadContext(options, rows.target, infos, sizes, samples.names, quality, white, is_16_bit, black)
    advice = (*samples.advice, *give_advice(context), *map(Advice, samples.notes))
    relevant = relevant_options(context) | ({"columns"} if samples.table else set()) | _array_options(samples)
    sizes_found = tuple(sizes.most_common())
    report = LoadReport(options, sizes_found, relevant, _table_sizes(infos), advice, samples.table, *samples.choices)
    report = report._replace(cache_problem=rows.cache_problem)
    labels = samples.labels if all(samples.labels) and len(set(samples.labels)) > 1 else ()
    notes = tuple(a.message for a in advice)
    return Dataset(stored, shape, samples.names, name, white, skipped, notes, labels, report)


def _array_options(samples: SampleRows) -> set[str]:
    """Return the options that choose among arrays and their axes, where there is a choice."""
    choices = {"samples_axis": samples.choices.axes, "array": samples.choices.arrays}
    return {name for name, ways in choices.items() if len(ways) > 1}


def _require_table(name: str, samples: SampleRows, options: LoadOptions) -> None:
    """Raise a SourceError if roles of columns were chosen and there is no text table."""
    if options.columns and samples.table is None:
        raise SourceError("columns is for tables in text files, such as CSV; there is none in “{name}”.", name=name)


def _table_sizes(infos: list[FileInfo]) -> tuple[tuple[int, int], ...]:
    """Return possible (height, width) of the samples of the first table."""
    return next((image_sizes(info.height * info.width) for info in infos if info.is_table), ())


def _choose_white(options: LoadOptions, usual: float, highest: float, *, is_16_bit: bool) -> float:
    """Return the stored value that reads as 1."""
    if isinstance(options.white, (int, float)):
        return float(options.white)
    has_fewer_bits = is_16_bit and highest <= _MAX_14_BIT
    return highest if highest > 0 and (options.white == "maximum" or has_fewer_bits) else usual


def _invert(stored: NDArray[Any], top: float, progress: ProgressReporter) -> NDArray[Any]:
    """Return top minus each value; in place if the array is writeable."""
    target = stored if stored.flags.writeable else allocate_matrix((stored.shape[0], stored.shape[1]), stored.dtype)
    step = max(1, _BLOCK_SIZE // stored.shape[1])
    for start in range(0, len(stored), step):
        progress.raise_if_cancelled()
        np.subtract(stored.dtype.type(top), stored[start : start + step], out=target[start : start + step])
    return target
