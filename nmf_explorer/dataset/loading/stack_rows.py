"""Read multi-sample files such as arrays, tables and animations, and convert them to the target format."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from nmf_explorer.dataset.loading.matrix_buffer import default_white
from nmf_explorer.dataset.readers.arrays.idx_file import read_labels
from nmf_explorer.dataset.readers.images.resizing import resize_array
from nmf_explorer.dataset.readers.samples.file_samples import NO_CHOICES
from nmf_explorer.errors import ImageReadError, Message

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nmf_explorer.dataset.dataset import Stored
    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.dataset.load_report import Advice
    from nmf_explorer.dataset.readers.registry import Reader
    from nmf_explorer.dataset.readers.samples.file_samples import FileInfo, FileSamples, ReadChoices
    from nmf_explorer.dataset.readers.samples.target_format import TargetFormat
    from nmf_explorer.dataset.table_report import TableReport

_LUMINANCE = np.array([0.299, 0.587, 0.114], dtype=np.float32)  # ITU-R BT.601, like Pillow's conversion to grey
_BLOCK_SIZE = 16 * 1024 * 1024  # values converted at once


class SampleRows(NamedTuple):
    """Samples as rows."""

    rows: Stored  # (n_samples, n_features), in the target format
    names: tuple[str, ...]  # one per sample
    labels: tuple[str, ...]  # class of each sample, or ""
    white: float  # the value that reads as 1
    notes: tuple[Message, ...] = ()  # what the user should know about how a file was read
    advice: tuple[Advice, ...] = ()  # notes with an action
    table: TableReport | None = None  # how the first text table was read
    choices: ReadChoices = NO_CHOICES  # of the first file of arrays


def stack_rows(file: FoundFile, reader: Reader, info: FileInfo, target: TargetFormat) -> SampleRows:
    """Read a multi-sample file. Raises ImageReadError if it cannot be used."""
    samples = reader.read(file, target.options)
    stored = samples.stored
    found = stored.shape[:3] if isinstance(stored, np.ndarray) else (stored.shape[0], info.height, info.width)
    if (found[0], *(samples.size or found[1:])) != info[:3]:
        raise ImageReadError("it was changed between two looks at it; open it again")
    rows = _to_rows(samples, info, target)
    n_samples = int(rows.shape[0])
    name = PurePath(file.name).stem if n_samples > 1 else file.name
    names = samples.names or (tuple(f"{name} {i + 1}" for i in range(n_samples)) if n_samples > 1 else (name,))
    white = samples.white or default_white(rows.dtype)
    labels = samples.labels or (file.label,) * n_samples
    return SampleRows(rows, names, labels, white, samples.notes, samples.advice, samples.table, samples.choices)


def attach_labels(samples: SampleRows, file: FoundFile) -> SampleRows:
    """Read labels from an MNIST label file; if they do not fit, add a note instead."""
    try:
        labels = read_labels(file)
    except ImageReadError as error:
        note = Message("The labels in “{name}” cannot be used: {why}", name=file.name, why=error.message)
        return samples._replace(notes=(*samples.notes, note))
    if len(labels) != len(samples.names):
        template = "The labels in “{name}” cannot be used: there are {n} of them, and {total} images."
        note = Message(template, name=file.name, n=len(labels), total=len(samples.names))
        return samples._replace(notes=(*samples.notes, note))
    return samples._replace(labels=labels)


def _to_rows(samples: FileSamples, info: FileInfo, target: TargetFormat) -> Stored:
    """Convert samples to rows; copies nothing unless values must change."""
    stored = samples.stored
    if not isinstance(stored, np.ndarray):
        if stored.shape[1] != target.n_features:
            raise ImageReadError(
                "a sparse array; its samples of {n:,} numbers keep their size and have no colours", n=stored.shape[1]
            )
        if target.options.transpose:
            order = np.arange(stored.shape[1]).reshape(info.height, info.width).T.ravel()
            stored = stored[:, order]
        return stored
    colour, transpose = target.options.colour, target.options.transpose
    has_target_format = stored.shape[1:3] == (target.height, target.width) and (stored.ndim == 4) == colour
    if has_target_format and not transpose:
        return stored.reshape(len(stored), target.n_features)
    step = max(1, _BLOCK_SIZE // max(1, stored[0].size, target.n_features))
    rows = np.empty((len(stored), target.n_features), stored.dtype)
    for start in range(0, len(stored), step):
        rows[start : start + step] = _to_target(stored[start : start + step], target).reshape(-1, target.n_features)
    return rows


def _to_target(stack: NDArray[Any], target: TargetFormat) -> NDArray[Any]:
    """Convert an (n, height, width[, 3]) block to the colours, size and orientation of the target format."""
    options = target.options
    if options.colour and stack.ndim == 3:
        stack = np.repeat(stack[..., np.newaxis], len(_LUMINANCE), axis=-1)
    if not options.colour and stack.ndim == 4:
        grey = stack[..., : len(_LUMINANCE)] @ _LUMINANCE
        stack = np.rint(grey).astype(stack.dtype) if stack.dtype.kind == "u" else grey.astype(stack.dtype)
    if stack.shape[1:3] != (target.height, target.width):
        size = (target.width, target.height)
        stack = np.stack([resize_array(image, size, options.resize, options.background) for image in stack])
    return stack.swapaxes(1, 2) if options.transpose else stack
