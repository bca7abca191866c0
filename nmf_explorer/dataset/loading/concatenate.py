"""Rows of pictures and the samples of other files are put together, in the order of the files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nmf_explorer.dataset.loading.matrix_buffer import blank_matrix, usual_white, without_holes, write_row
from nmf_explorer.dataset.loading.stack_rows import SampleRows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.dataset.loading.image_rows import ImageRows


def concatenate(files: Sequence[FoundFile], rows: ImageRows, stacks: dict[int, SampleRows]) -> SampleRows:
    """Put all samples of a set together.

    Parameters
    ----------
    files : sequence of FoundFile
        In the order of the samples.
    rows : PictureRows
        Those of them that are one sample each.
    stacks : dict of int to SampleRows
        Those that are several.

    Returns
    -------
    SampleRows
        All samples; nothing is copied where there is one file, or only pictures.
    """
    if len(stacks) == 1 and not any(rows.is_filled):
        return next(iter(stacks.values()))
    if not stacks:
        is_filled = np.frombuffer(rows.is_filled, np.bool_)
        used = [files[i] for i in np.flatnonzero(is_filled).tolist()]
        white = usual_white(rows.matrix.dtype)
        names, labels = tuple(f.name for f in used), tuple(f.label for f in used)
        return SampleRows(without_holes(rows.matrix, is_filled), names, labels, white)
    return _mixed([*_in_order(files, rows, stacks)], rows.plan.n_features)


def _in_order(files: Sequence[FoundFile], rows: ImageRows, stacks: dict[int, SampleRows]) -> Iterator[SampleRows]:
    white = usual_white(rows.matrix.dtype)
    for index, file in enumerate(files):
        if rows.is_filled[index]:
            yield SampleRows(rows.matrix[index : index + 1], (file.name,), (file.label,), white)
        elif index in stacks:
            yield stacks[index]


def _mixed(stacks: list[SampleRows], n_features: int) -> SampleRows:
    """Bring samples of several kinds onto one scale: 8-bit or 16-bit where all are, else floats."""
    plain = [_dense(stack) for stack in stacks]
    dtype = max((rows.dtype for rows in plain), key=lambda dtype: (dtype.kind == "f", dtype.itemsize))
    if dtype.kind == "f":
        dtype = np.dtype(np.float32)
    whole = blank_matrix((sum(len(rows) for rows in plain), n_features), dtype)
    start = 0
    for rows in plain:
        write_row(whole[start : start + len(rows)], rows)
        start += len(rows)
    names = tuple(name for stack in stacks for name in stack.names)
    labels = tuple(label for stack in stacks for label in stack.labels)
    notes = tuple(note for stack in stacks for note in stack.notes)
    return SampleRows(whole, names, labels, usual_white(dtype), notes)


def _dense(stack: SampleRows) -> NDArray[Any]:
    """Numbers whose dtype tells their scale."""
    rows = stack.rows if isinstance(stack.rows, np.ndarray) else stack.rows.toarray()
    has_usual_white = stack.white == usual_white(rows.dtype)
    return rows if has_usual_white else rows.astype(np.float32) / np.float32(stack.white)
