"""Decide what the user should know about a loaded set, and which load options would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nmf_explorer.dataset.load_report import Advice
from nmf_explorer.dataset.loading.target_size import reduction_advice
from nmf_explorer.dataset.size_text import size_text
from nmf_explorer.errors import Message

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence
    from typing import Any

    from numpy.typing import NDArray

    from nmf_explorer.dataset.load_options import LoadOptions
    from nmf_explorer.dataset.loading.data_quality import DataQuality
    from nmf_explorer.dataset.readers.samples.file_samples import FileInfo
    from nmf_explorer.dataset.readers.samples.target_format import TargetFormat

_WHITE_16_BIT = 65535.0
_MIN_VIVID = 2  # images in which colours are seen
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
    black: float = 0.0  # the stored value that became 0; above 0 where the images were inverted


def give_advice(context: LoadContext) -> tuple[Advice, ...]:
    """Return advice on a set, most important first."""
    return (
        *_transparency_advice(context),
        *_background_advice(context),
        *_colour_advice(context),
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


def _lost_in_background(context: LoadContext) -> int:
    """Return the number of images of which nothing is seen, since they have the colour behind transparent pixels."""
    quality = context.quality
    if quality is None or not any(info.has_alpha for info in context.file_infos):
        return 0
    background = quality.highest if context.requested.background == "white" else 0.0
    return int(np.count_nonzero(quality.uniform_values == background))


def _transparency_advice(context: LoadContext) -> list[Advice]:
    n_lost = _lost_in_background(context)
    if not n_lost:
        return []
    if context.requested.background == "white":
        text = "{n} of {total} images show nothing: they are white, and so is what is put behind transparent pixels."
        message = Message(text, n=n_lost, total=len(context.names))
        return [Advice(message, Message("Put black behind"), {"background": "black"})]
    text = "{n} of {total} images show nothing: they are black, and so is what is put behind transparent pixels."
    message = Message(text, n=n_lost, total=len(context.names))
    return [Advice(message, Message("Put white behind"), {"background": "white"})]


def _background_advice(context: LoadContext) -> list[Advice]:
    if context.requested.invert or not _has_bright_background(context):
        return []
    message = Message(
        "Most images are dark on a bright background. Parts are found in what is bright: invert the images."
    )
    return [Advice(message, Message("Invert"), {"invert": True})]


def _colour_advice(context: LoadContext) -> list[Advice]:
    """Offer colour where colours are seen; of JPEG files only some were looked at."""
    infos = context.file_infos
    n_vivid, n_coloured = sum(f.is_vivid for f in infos), sum(f.is_colour for f in infos)
    is_clear = n_vivid >= min(_MIN_VIVID, len(infos)) and 2 * n_coloured >= len(infos) > 0
    if context.requested.colour or not is_clear:
        return []
    message = Message("The images are in colour and were read as grey.")
    return [Advice(message, Message("Read in colour"), {"colour": True})]


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
    n_uniform = len(quality.uniform) - _lost_in_background(context)
    if n_uniform:
        template = "{n} of {total} images show nothing, every pixel is the same (the first is “{name}”)."
        name = context.names[int(quality.uniform[0])]
        advice.append(Advice(Message(template, n=n_uniform, total=total, name=name)))
    if len(quality.duplicates):
        template = "{n} of {total} images are the same as one before them (the first is “{name}”)."
        name = context.names[int(quality.duplicates[0])]
        advice.append(Advice(Message(template, n=len(quality.duplicates), total=total, name=name)))
    if len(quality.uniform) < total:
        advice += _pixel_advice(quality.constant_values, context)
    return advice


def _pixel_advice(constant_values: NDArray[Any], context: LoadContext) -> list[Advice]:
    """Return advice on pixels that never change: no part contains the black ones, the sum of the parts all others."""
    n_pixels = context.target.n_features
    n_black = int(np.count_nonzero(constant_values == context.black))
    n_others = len(constant_values) - n_black
    least = max(1, _MIN_CONSTANT_SHARE * n_pixels)
    advice = []
    if n_black >= least:
        text = "{n} of {total} pixels are black in every image; no part contains them."
        advice.append(Advice(Message(text, n=n_black, total=n_pixels)))
    if n_others >= least:
        text = "{n} of {total} pixels are the same in every image, but not black; the parts add up to them in each."
        advice.append(Advice(Message(text, n=n_others, total=n_pixels)))
    return advice
