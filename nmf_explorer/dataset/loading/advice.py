"""What the user should know about a set that was read, and what can be done about it: the report, the advice."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nmf_explorer.dataset.load_report import Advice
from nmf_explorer.dataset.loading.target_size import advice_on_reduction
from nmf_explorer.dataset.size_text import size_text
from nmf_explorer.errors import Message

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence

    from nmf_explorer.dataset.load_options import LoadOptions
    from nmf_explorer.dataset.loading.data_quality import DataQuality
    from nmf_explorer.dataset.readers.samples.file_samples import FileInfo
    from nmf_explorer.dataset.readers.samples.target_format import TargetFormat

_DEPTH_WHITE = 65535.0
_MANY_DEAD = 0.1  # of all pixels; fewer are usual, such as the corners of a digit's picture


class LoadContext(NamedTuple):
    """Everything that is known of a set that was read.

    Attributes
    ----------
    asked : LoadOptions
        What was asked for.
    plan : Plan
        What pictures were read as.
    facts : list of Facts
        What the files are that were used.
    sizes : Counter of (int, int)
        Sizes in files, and how many samples have each.
    names : sequence of str
        Of the samples.
    survey : Survey or None
        What the numbers tell; None for sparse ones.
    white : float
        The number that reads as 1.
    is_deep : bool
        Whether numbers are of 16 bits.
    """

    requested: LoadOptions
    target: TargetFormat
    file_infos: list[FileInfo]
    sizes: Counter[tuple[int, int]]
    names: Sequence[str]
    quality: DataQuality | None
    white: float
    is_deep: bool


def advice_on(seen: LoadContext) -> tuple[Advice, ...]:
    """Tell what matters about a set.

    Parameters
    ----------
    seen : Seen
        The set.

    Returns
    -------
    tuple of Advice
        The most important first.
    """
    return (
        *_on_background(seen),
        *advice_on_reduction(seen.target),
        *_on_sizes(seen),
        *_on_white(seen),
        *_on_frames(seen),
        *_on_samples(seen),
    )


def questions_on(seen: LoadContext) -> frozenset[str]:
    """Tell which options would make a difference.

    Parameters
    ----------
    seen : Seen
        The set.

    Returns
    -------
    frozenset of str
        Names of attributes of `LoadOptions`.
    """
    facts, asked = seen.file_infos, seen.requested
    has_alpha = any(f.has_alpha for f in facts)
    is_reduced = seen.target.expected_size != (seen.target.height, seen.target.width)
    matters = {
        "size": len(seen.sizes) > 1 or is_reduced or asked.size is not None,
        "resize": len(seen.sizes) > 1,
        "colour": any(f.is_colour for f in facts),
        "background": has_alpha or asked.resize == "fit",
        "invert": asked.invert or _looks_inverted(seen),
        "white": asked.white != "auto" or any(f.depth == "float" and not f.is_table for f in facts) or seen.is_deep,
        "frames": any(f.n_frames > 1 for f in facts),
        "samples_in": any(f.is_table for f in facts),
        "table_size": any(f.is_table for f in facts),
        "transpose": asked.transpose or any(f.is_table for f in facts),
        "tile_size": seen.target.options.tile_size is not None,
        "tile_step": seen.target.options.tile_size is not None,
    }
    return frozenset(name for name, is_so in matters.items() if is_so)


def _looks_inverted(seen: LoadContext) -> bool:
    return seen.quality is not None and seen.quality.is_bright


def _on_background(seen: LoadContext) -> list[Advice]:
    if seen.requested.invert or not _looks_inverted(seen):
        return []
    told = Message("Most images are dark on a bright background. Parts are found in what is bright: invert the images.")
    return [Advice(told, Message("Invert"), {"invert": True})]


def _on_sizes(seen: LoadContext) -> list[Advice]:
    n_other = seen.sizes.total() - seen.sizes[seen.target.expected_size]
    if not n_other:
        return []
    told = Message(
        "{n} of {total} images had another size and were resized to {size} pixels.",
        n=n_other,
        total=seen.sizes.total(),
        size=size_text(seen.target.sample_shape),
    )
    return [Advice(told, Message("Leave them out"), {"resize": "leave out"})]


def _on_white(seen: LoadContext) -> list[Advice]:
    if not seen.is_deep or seen.requested.white != "auto" or seen.white == _DEPTH_WHITE:
        return []
    told = Message(
        "The values are of 16 bits, but none is above {highest:,.0f}; that is taken as white.", highest=seen.white
    )
    return [Advice(told, Message("Take 65,535 as white"), {"white": _DEPTH_WHITE})]


def _on_frames(seen: LoadContext) -> list[Advice]:
    n_cut = sum(f.n_frames > 1 and f.n_samples == 1 for f in seen.file_infos)
    if not n_cut or seen.target.options.tile_size:
        return []
    told = Message(
        "{n} of {total} images have several frames; the first one was taken.", n=n_cut, total=seen.sizes.total()
    )
    return [Advice(told, Message("Take all frames"), {"frames": "all"})]


def _on_samples(seen: LoadContext) -> list[Advice]:
    """Pictures that show nothing, that come twice, and pixels that never change."""
    if seen.quality is None:
        return []
    found, total = seen.quality, len(seen.names)
    advice = []
    if len(found.flat):
        template = "{n} of {total} images show nothing, every pixel is the same (the first is “{name}”)."
        name = seen.names[int(found.flat[0])]
        advice.append(Advice(Message(template, n=len(found.flat), total=total, name=name)))
    if len(found.repeated):
        template = "{n} of {total} images are the same as one before them (the first is “{name}”)."
        name = seen.names[int(found.repeated[0])]
        advice.append(Advice(Message(template, n=len(found.repeated), total=total, name=name)))
    n_pixels = seen.target.n_features
    if found.n_dead >= _MANY_DEAD * n_pixels and len(found.flat) < total:
        template = "{n} of {total} pixels are the same in every image; no part depends on them."
        advice.append(Advice(Message(template, n=found.n_dead, total=n_pixels)))
    return advice
