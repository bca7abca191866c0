"""One case of the corpus: files made at run time, and the numbers that a reader must find in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True)
class Case:
    """Files, how they are opened, and what they hold.

    Attributes
    ----------
    files : content by name; a single file is opened by itself, several are opened as their folder
    numbers : (n_samples, n_features) values in the order of the names, computed without the program; None: a refusal
    tolerance : allowed difference as a share of the largest number
    is_scaled : whether one factor for the whole set is free, as it is for images, whose white is a convention
    reason : words of the refusal, where there is one
    """

    name: str
    files: Mapping[str, bytes]
    numbers: NDArray[Any] | None
    tolerance: float = 1e-6
    is_scaled: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)
    names: tuple[str, ...] | None = None
    labels: tuple[str, ...] | None = None
    reason: str = ""


def random_values(name: str, shape: tuple[int, ...], highest: int = 255) -> NDArray[np.int64]:
    """Return whole numbers from 0 to `highest`, others for each name; both ends occur."""
    values = np.random.default_rng(list(name.encode())).integers(0, highest, shape, endpoint=True)
    values.flat[:2] = 0, highest
    return values


def scale_of(found: NDArray[Any], numbers: NDArray[Any]) -> float:
    """Return the factor by which `found` fits `numbers` best."""
    return float(np.vdot(found, numbers) / np.vdot(numbers, numbers))
