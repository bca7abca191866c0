"""Join image rows and the samples of multi-sample files, in the order of the files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nmf_explorer.dataset.loading.matrix_buffer import allocate_matrix, compact_rows, default_white, write_row
from nmf_explorer.dataset.loading.stack_rows import SampleRows
from nmf_explorer.dataset.readers.samples.file_samples import NO_CHOICES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.dataset.loading.image_rows import ImageRows


def concatenate(files: Sequence[FoundFile], rows: ImageRows, stacks: dict[int, SampleRows]) -> SampleRows:
    """Join all samples of a set; copies nothing if there is one file, or only images.

    `stacks` holds the samples of multi-sample files by file index.
    """
    if len(stacks) == 1 and not any(rows.is_filled):
        return next(iter(stacks.values()))
    if not stacks:
        is_filled = np.frombuffer(rows.is_filled, np.bool_)
        used = [files[i] for i in np.flatnonzero(is_filled).tolist()]
        white = default_white(rows.matrix.dtype)
        names, labels = tuple(f.name for f in used), tuple(f.label for f in used)
        return SampleRows(compact_rows(rows.matrix, is_filled), names, labels, white)
    return _merge([*_in_file_order(files, rows, stacks)], rows.target.n_features)


def _in_file_order(files: Sequence[FoundFile], rows: ImageRows, stacks: dict[int, SampleRows]) -> Iterator[SampleRows]:
    white = default_white(rows.matrix.dtype)
    for index, file in enumerate(files):
        if rows.is_filled[index]:
            yield SampleRows(rows.matrix[index : index + 1], (file.name,), (file.label,), white)
        elif index in stacks:
            yield stacks[index]


def _merge(stacks: list[SampleRows], n_features: int) -> SampleRows:
    """Copy samples with different scales into one matrix: 8-bit or 16-bit if all are, else float32."""
    dense = [_to_dense(stack) for stack in stacks]
    dtype = max((rows.dtype for rows in dense), key=lambda dtype: (dtype.kind == "f", dtype.itemsize))
    if dtype.kind == "f":
        dtype = np.dtype(np.float32)
    merged = allocate_matrix((sum(len(rows) for rows in dense), n_features), dtype)
    start = 0
    for rows in dense:
        write_row(merged[start : start + len(rows)], rows)
        start += len(rows)
    names = tuple(name for stack in stacks for name in stack.names)
    labels = tuple(label for stack in stacks for label in stack.labels)
    notes = tuple(note for stack in stacks for note in stack.notes)
    advice = tuple(advice for stack in stacks for advice in stack.advice)
    table = next((stack.table for stack in stacks if stack.table), None)
    choices = next((stack.choices for stack in stacks if stack.choices != NO_CHOICES), NO_CHOICES)
    return SampleRows(merged, names, labels, default_white(dtype), notes, advice, table, choices)


def _to_dense(stack: SampleRows) -> NDArray[Any]:
    """Return a dense array that is scaled so that the usual white of its dtype is white."""
    rows = stack.rows if isinstance(stack.rows, np.ndarray) else stack.rows.toarray()
    has_usual_white = stack.white == default_white(rows.dtype)
    return rows if has_usual_white else rows.astype(np.float32) / np.float32(stack.white)
