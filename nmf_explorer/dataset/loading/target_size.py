"""Which size the samples of a set have: what was asked for, or the most frequent, reduced where that is very large."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nmf_explorer.dataset.load_report import Advice
from nmf_explorer.dataset.readers.samples.target_format import TargetFormat
from nmf_explorer.dataset.size_text import size_text
from nmf_explorer.errors import Message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nmf_explorer.dataset.load_options import LoadOptions
    from nmf_explorer.dataset.readers.samples.file_samples import FileInfo

MAX_PIXELS = 65_536
"""Pixels of a sample, unless a size is asked for: 256 x 256, in which parts are seen well."""
MAX_NUMBERS = 512 * 1024 * 1024
"""Numbers of the whole matrix, unless a size is asked for."""


def count_sizes(facts: Iterable[FileInfo]) -> Counter[tuple[int, int]]:
    """Count how many samples have each size.

    Parameters
    ----------
    facts : iterable of Facts
        One per file that can be used; others do not vote.

    Returns
    -------
    Counter of (int, int)
        ``(height, width)`` in files, in the order in which they were first seen.
    """
    sizes: Counter[tuple[int, int]] = Counter()
    for known in facts:
        sizes[known.height, known.width] += known.n_samples
    return sizes


def choose_size(facts: Iterable[FileInfo | None], n_samples: int, options: LoadOptions) -> TargetFormat:
    """Decide what all pictures of a set are read as.

    Parameters
    ----------
    facts : iterable of Facts or None
        What files are, or some of them.
    n_samples : int
        How many samples there will be.
    options : LoadOptions
        What was asked for.

    Returns
    -------
    Plan
        Of the size asked for, or of the most frequent one (the first of several).
    """
    if options.size is not None:
        height, width = options.size[::-1] if options.transpose else options.size
        return TargetFormat(height, width, None, options)
    known = [fact for fact in facts if fact is not None]
    sizes = count_sizes(known)
    height, width = sizes.most_common(1)[0][0] if sizes else (1, 1)
    if any(fact.is_table for fact in known):  # its rows are no pictures that could be made smaller
        return TargetFormat(height, width, (height, width), options)
    limit = min(MAX_PIXELS, MAX_NUMBERS / (max(1, n_samples) * (3 if options.colour else 1)))
    return TargetFormat(*reduced((height, width), limit), (height, width), options)


def reduced(size: tuple[int, int], max_pixels: float) -> tuple[int, int]:
    """Make a size smaller where it has too many pixels.

    Parameters
    ----------
    size : (int, int)
        Height and width.
    max_pixels : float
        How many pixels it may have.

    Returns
    -------
    (int, int)
        Of about the same aspect; no side is below 1.
    """
    if size[0] * size[1] <= max_pixels:
        return size
    factor = (max_pixels / (size[0] * size[1])) ** 0.5
    return max(1, int(size[0] * factor)), max(1, int(size[1] * factor))


def advice_on_reduction(plan: TargetFormat) -> list[Advice]:
    """Tell that a set was reduced without being asked for.

    Parameters
    ----------
    plan : Plan
        What pictures were read as.

    Returns
    -------
    list of Advice
        None if it was not reduced.
    """
    if plan.expected_size == (plan.height, plan.width):
        return []
    values = {"size": size_text(plan.expected_size), "small": size_text((plan.height, plan.width))}
    if (plan.height, plan.width) != reduced(plan.expected_size, MAX_PIXELS):
        template = "The images of {size} pixels were reduced to {small} so that all of them fit into memory."
        return [Advice(Message(template, **values))]
    size = plan.expected_size[::-1] if plan.options.transpose else plan.expected_size
    told = Message("The images of {size} pixels were reduced to {small}, in which parts are seen well.", **values)
    return [Advice(told, Message("Use full size"), {"size": size})]
