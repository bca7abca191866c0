"""Decide what the user should know about a loaded set, and which load options would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nmf_explorer.dataset.load_report import Advice
from nmf_explorer.dataset.loading.target_size import reduction_advice
from nmf_explorer.dataset.size_text import size_text
from nmf_explorer.errors import Message

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence

    from nmf_explorer.dataset.load_options import LoadOptions
    from nmf_explorer.dataset.loading.data_quality import DataQuality
    from nmf_explorer.dataset.readers.samples.file_samples import FileInfo
    from nmf_explorer.dataset.readers.samples.target_format import TargetFormat

_WHITE_16_BIT = 65535.0
_MIN_CONSTANT_SHARE = 0.1  # of all pixels; a smaller share is common, such as the corners of digits


class LoadContext(NamedTuple):
    """All that is known about a set after its files were read."""

    requested: LoadOptions
    target: TargetFormat
    file_infos: list[FileInfo]  # one per file that was used
    sizes: Counter[tuple[int, int]]  # number of samples by (height, width) in the files
    names: Sequence[str]  # one per sample
    quality: DataQuality | None  # None for sparse values
    white: float  # the stored value that reads as 1
    is_16_bit: bool  # whether values are 16-bit integers


def give_advice(context: LoadContext) -> tuple[Advice, ...]:
    """Return advice on a set, most important first."""
    return (
        *_background_advice(context),
        *reduction_advice(context.target),
        *_size_advice(context),
        *_white_advice(context),
        *_frame_advice(context),
        *_sample_advice(context),
    )


def relevant_options(context: LoadContext) -> frozenset[str]:
    """Return the names of the `LoadOptions` fields that would make a difference."""
    infos, requested = context.file_infos, context.requested
    has_alpha = any(f.has_alpha for f in infos)
    is_reduced = context.target.expected_size != (context.target.height, context.target.width)
    relevant = {
        "size": len(context.sizes) > 1 or is_reduced or requested.size is not None,
        "resize": len(context.sizes) > 1,
        "colour": any(f.is_colour for f in infos),
        "background": has_alpha or requested.resize == "fit",
        "invert": requested.invert or _has_bright_background(context),
        "white": requested.white != "auto"
        or any(f.depth == "float" and not f.is_table for f in infos)
        or context.is_16_bit,
        "frames": any(f.n_frames > 1 for f in infos),
        "samples_in": any(f.is_table for f in infos),
        "table_size": any(f.is_table for f in infos),
        "transpose": requested.transpose or any(f.is_table for f in infos),
        "tile_size": context.target.options.tile_size is not None,
        "tile_step": context.target.options.tile_size is not None,
    }
    return frozenset(name for name, is_relevant in relevant.items() if is_relevant)


def _has_bright_background(context: LoadContext) -> bool:
    return context.quality is not None and context.quality.has_bright_background


def _background_advice(context: LoadContext) -> list[Advice]:
    if context.requested.invert or not _has_bright_background(context):
        return []
    message = Message(
        "Most images are dark on a bright background. Parts are found in what is bright: invert the images."
    )
    return [Advice(message, Message("Invert"), {"invert": True})]


def _size_advice(context: LoadContext) -> list[Advice]:
    n_other = context.sizes.total() - context.sizes[context.target.expected_size]
    if not n_other:
        return []
    message = Message(
        "{n} of {total} images had another size and were resized to {size} pixels.",
        n=n_other,
        total=context.sizes.total(),
        size=size_text(context.target.sample_shape),
    )
    return [Advice(message, Message("Leave them out"), {"resize": "leave out"})]


def _white_advice(context: LoadContext) -> list[Advice]:
    if not context.is_16_bit or context.requested.white != "auto" or context.white == _WHITE_16_BIT:
        return []
    message = Message(
        "The values are of 16 bits, but none is above {highest:,.0f}; that is taken as white.", highest=context.white
    )
    return [Advice(message, Message("Take 65,535 as white"), {"white": _WHITE_16_BIT})]


def _frame_advice(context: LoadContext) -> list[Advice]:
    n_with_one_frame = sum(f.n_frames > 1 and f.n_samples == 1 for f in context.file_infos)
    if not n_with_one_frame or context.target.options.tile_size:
        return []
    message = Message(
        "{n} of {total} images have several frames; the first one was taken.",
        n=n_with_one_frame,
        total=context.sizes.total(),
    )
    return [Advice(message, Message("Take all frames"), {"frames": "all"})]


def _sample_advice(context: LoadContext) -> list[Advice]:
    """Return advice on uniform images, duplicates, and pixels that never change."""
    if context.quality is None:
        return []
    quality, total = context.quality, len(context.names)
    advice = []
    if len(quality.uniform):
        template = "{n} of {total} images show nothing, every pixel is the same (the first is “{name}”)."
        name = context.names[int(quality.uniform[0])]
        advice.append(Advice(Message(template, n=len(quality.uniform), total=total, name=name)))
    if len(quality.duplicates):
        template = "{n} of {total} images are the same as one before them (the first is “{name}”)."
        name = context.names[int(quality.duplicates[0])]
        advice.append(Advice(Message(template, n=len(quality.duplicates), total=total, name=name)))
    n_pixels = context.target.n_features
    if quality.n_constant_pixels >= _MIN_CONSTANT_SHARE * n_pixels and len(quality.uniform) < total:
        template = "{n} of {total} pixels are the same in every image; no part depends on them."
        advice.append(Advice(Message(template, n=quality.n_constant_pixels, total=n_pixels)))
    return advice
