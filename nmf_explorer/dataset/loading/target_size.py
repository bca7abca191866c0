"""Choose the size of a set's samples: as requested, or the most frequent one, reduced if very large."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nmf_explorer.dataset.load_report import Advice
from nmf_explorer.dataset.readers.images.resizing import MAX_PIXELS, reduce_size
from nmf_explorer.dataset.readers.samples.target_format import TargetFormat
from nmf_explorer.dataset.size_text import size_text
from nmf_explorer.errors import Message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nmf_explorer.dataset.load_options import LoadOptions
    from nmf_explorer.dataset.readers.samples.file_samples import FileInfo

MAX_VALUES = 512 * 1024 * 1024  # of the whole matrix, unless a size is requested


def count_sizes(infos: Iterable[FileInfo]) -> Counter[tuple[int, int]]:
    """Count samples by (height, width) in the files, in the order of first appearance."""
    sizes: Counter[tuple[int, int]] = Counter()
    for info in infos:
        sizes[info.height, info.width] += info.n_samples
    return sizes


def choose_target_format(infos: Iterable[FileInfo | None], n_samples: int, options: LoadOptions) -> TargetFormat:
    """Choose the format of all images: the requested size, or the most frequent (the first of several)."""
    if options.size is not None:
        height, width = options.size[::-1] if options.transpose else options.size
        return TargetFormat(height, width, None, options)
    known = [info for info in infos if info is not None]
    sizes = count_sizes(known)
    height, width = sizes.most_common(1)[0][0] if sizes else (1, 1)
    if any(info.is_table for info in known):  # rows of a table cannot be resized
        return TargetFormat(height, width, (height, width), options)
    limit = min(MAX_PIXELS, MAX_VALUES / (max(1, n_samples) * (3 if options.colour else 1)))
    return TargetFormat(*reduce_size((height, width), limit), (height, width), options)


def reduction_advice(target: TargetFormat) -> list[Advice]:
    """Return advice on a set whose images were reduced without request; empty if they were not."""
    if target.expected_size == (target.height, target.width):
        return []
    values = {"size": size_text(target.expected_size), "small": size_text((target.height, target.width))}
    if (target.height, target.width) != reduce_size(target.expected_size, MAX_PIXELS):
        template = "The images of {size} pixels were reduced to {small} so that all of them fit into memory."
        return [Advice(Message(template, **values))]
    size = target.expected_size[::-1] if target.options.transpose else target.expected_size
    message = Message("The images of {size} pixels were reduced to {small}, in which parts are seen well.", **values)
    return [Advice(message, Message("Use full size"), {"size": size})]
