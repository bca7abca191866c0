"""Class labels of samples in array files and tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LABEL_NAME = re.compile(r"(^|[^a-z])(y|labels?|targets?|class|classes|digits?|species|gnd)([^a-z]|$)", re.IGNORECASE)

_MASK_NAME = re.compile(r"(^|[^a-z])(masks?|segmentations?|annotations?)([^a-z]|$)", re.IGNORECASE)


def is_mask_name(name: str) -> bool:
    """Return whether an array name means marks on images, such as "masks"."""
    return _MASK_NAME.search(name) is not None


def is_label_name(name: str) -> bool:
    """Return whether a column or array name means labels, such as "y_train", "label" or "gnd"."""
    return _LABEL_NAME.search(name) is not None


def label_texts(values: NDArray[Any]) -> tuple[str, ...]:
    """Return one label per sample as text; integral numbers without a decimal point."""
    return tuple(_text(value) for value in values.ravel().tolist())


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
