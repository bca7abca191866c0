"""Choose among the arrays of one file: images before other numbers, then the largest, or the one that is named."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, TypeVar

from nmf_explorer.dataset.load_report import Advice
from nmf_explorer.dataset.readers.samples.image_stack import is_single_image, possible_axes
from nmf_explorer.dataset.readers.samples.labels import is_label_name, is_mask_name
from nmf_explorer.errors import ImageReadError, Message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nmf_explorer.dataset.load_options import LoadOptions

    T = TypeVar("T")

_MIN_SIDE = 4  # pixels; smaller ones are filters or matrices rather than images


def ranked_names(shapes: Mapping[str, tuple[int, ...]]) -> list[str]:
    """Return the names of arrays that may hold samples, by their shapes, the likeliest first."""
    return sorted(shapes, key=lambda name: _rank(name, shapes[name]), reverse=True)


def named_array(arrays: Mapping[str, T], options: LoadOptions) -> dict[str, T]:
    """Return the arrays, or only the chosen one; raise `ImageReadError` if there is none of that name."""
    if options.array is None:
        return dict(arrays)
    if options.array not in arrays:
        names = ", ".join(f"“{name}”" for name in arrays)
        raise ImageReadError("has no array “{name}”; it has {names}", name=options.array, names=names)
    return {options.array: arrays[options.array]}


def array_advice(names: Sequence[str]) -> tuple[Advice, ...]:
    """Return advice that says which of several arrays was taken, the first, and offers the second."""
    if len(names) < 2:
        return ()
    taken, *others = names
    message = Message(
        "Of several arrays “{name}” was taken. The others: {others}.",
        name=taken,
        others=", ".join(f"“{name}”" for name in others),
    )
    return (Advice(message, Message("Take “{name}”", name=others[0]), {"array": others[0]}),)


def _rank(name: str, shape: tuple[int, ...]) -> tuple[bool, bool, int]:
    """Return a sort key: no labels, masks or single image; images; size."""
    is_image = any(
        shape[axis] > 1 and min(shape[i] for i in axes.pixels(len(shape))) >= _MIN_SIDE
        for axis, axes in possible_axes(shape).items()
    )
    is_of_samples = not (is_label_name(name) or is_mask_name(name) or is_single_image(shape))
    return is_of_samples, is_image, prod(shape)
