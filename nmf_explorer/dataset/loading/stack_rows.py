"""Files of many samples, such as arrays, tables and films: read whole, and brought to what the set needs."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from nmf_explorer.dataset.loading.matrix_buffer import usual_white
from nmf_explorer.dataset.readers.arrays.idx_file import read_labels
from nmf_explorer.dataset.readers.images.resizing import resize_array
from nmf_explorer.errors import ImageReadError, Message

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nmf_explorer.dataset.dataset import Stored
    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.dataset.readers.registry import Reader
    from nmf_explorer.dataset.readers.samples.file_samples import FileInfo, FileSamples
    from nmf_explorer.dataset.readers.samples.target_format import TargetFormat

_LUMINANCE = np.array([0.299, 0.587, 0.114], dtype=np.float32)  # ITU-R BT.601, as Pillow's grey
_STACK, _COLOUR_STACK = 3, 4
_AT_ONCE = 16 * 1024 * 1024  # numbers


class SampleRows(NamedTuple):
    """The samples of one file as rows.

    Attributes
    ----------
    rows : ndarray or CSR array of shape (n_samples, n_features)
        As the plan wants them.
    names : tuple of str
        One per sample.
    labels : tuple of str
        The class of each sample, perhaps "".
    white : float
        The number that reads as 1.
    notes : tuple of Message, default ()
        What the user should know about how a file was read.
    """

    rows: Stored
    names: tuple[str, ...]
    labels: tuple[str, ...]
    white: float
    notes: tuple[Message, ...] = ()


def stack_rows(file: FoundFile, reader: Reader, facts: FileInfo, plan: TargetFormat) -> SampleRows:
    """Read a file of many samples.

    Parameters
    ----------
    file : FoundFile
        What to read.
    reader : Reader
        Who reads it.
    facts : Facts
        What it was found to be.
    plan : Plan
        What samples become.

    Returns
    -------
    SampleRows
        All of them.

    Raises
    ------
    ImageReadError
        If the file cannot be used.
    """
    samples = reader.read(file, plan.options)
    rows = _as_rows(samples, facts, plan)
    n_samples = int(rows.shape[0])
    stem = PurePath(file.name).stem if n_samples > 1 else file.name
    names = samples.names or (tuple(f"{stem} {i + 1}" for i in range(n_samples)) if n_samples > 1 else (stem,))
    white = samples.white or usual_white(rows.dtype)
    return SampleRows(rows, names, samples.labels or (file.label,) * n_samples, white, samples.notes)


def with_labels(samples: SampleRows, file: FoundFile) -> SampleRows:
    """Take the labels of samples from a file of their own.

    Parameters
    ----------
    samples : SampleRows
        Without labels.
    file : FoundFile
        A file of labels in the format of MNIST.

    Returns
    -------
    SampleRows
        With labels, or with a note that they do not fit.
    """
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


def _as_rows(samples: FileSamples, facts: FileInfo, plan: TargetFormat) -> Stored:
    """Look at samples as rows: nothing is copied where nothing needs to be changed."""
    stored = samples.stored
    if not isinstance(stored, np.ndarray):
        if plan.options.transpose:
            order = np.arange(stored.shape[1]).reshape(facts.height, facts.width).T.ravel()
            stored = stored[:, order]
        return stored
    colour, transpose = plan.options.colour, plan.options.transpose
    is_as_wanted = stored.shape[1:3] == (plan.height, plan.width) and (stored.ndim == _COLOUR_STACK) == colour
    if is_as_wanted and not transpose:
        return stored.reshape(len(stored), plan.n_features)
    step = max(1, _AT_ONCE // max(1, stored[0].size, plan.n_features))
    rows = np.empty((len(stored), plan.n_features), stored.dtype)
    for start in range(0, len(stored), step):
        rows[start : start + step] = _conformed(stored[start : start + step], plan).reshape(-1, plan.n_features)
    return rows


def _conformed(stack: NDArray[Any], plan: TargetFormat) -> NDArray[Any]:
    """Some samples in the colours, size and direction of the set."""
    options = plan.options
    if options.colour and stack.ndim == _STACK:
        stack = np.repeat(stack[..., np.newaxis], len(_LUMINANCE), axis=-1)
    if not options.colour and stack.ndim == _COLOUR_STACK:
        grey = stack[..., : len(_LUMINANCE)] @ _LUMINANCE
        stack = np.rint(grey).astype(stack.dtype) if stack.dtype.kind == "u" else grey.astype(stack.dtype)
    if stack.shape[1:3] != (plan.height, plan.width):
        size = (plan.width, plan.height)
        stack = np.stack([resize_array(picture, size, options.resize, options.background) for picture in stack])
    return stack.swapaxes(1, 2) if options.transpose else stack
