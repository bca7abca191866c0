"""The sample image sets that come with the program, each with its suggested number of components.

The first page shows them, so nothing slow is imported here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nmf_explorer import resource_files
from nmf_explorer.errors import Message

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class SampleSet:
    """One sample image set of the program."""

    key: str  # name of its folder in ``sample_images``
    title: Message  # name on screen
    n_components: int  # suggested number of components
    n_samples: int
    sample_shape: tuple[int, int]  # (height, width) in pixels

    @property
    def path(self) -> Path:
        """Folder of the images."""
        return resource_files.sample_images() / self.key

    @property
    def preview(self) -> Path:
        """PNG file that holds a few of the images side by side."""
        return resource_files.resource(f"previews/{self.key}.png")


SAMPLE_SETS: tuple[SampleSet, ...] = (
    SampleSet("stripes", Message("Stripes"), 3, 60, (8, 8)),
    SampleSet("led_digits", Message("LED patterns"), 7, 128, (13, 8)),
    SampleSet("led_ten_digits", Message("LED digits 0 to 9"), 7, 10, (13, 8)),
    SampleSet("drawn_faces", Message("Drawn faces"), 12, 200, (32, 32)),
    SampleSet("swimmer", Message("Swimmer"), 17, 256, (32, 32)),
    SampleSet("bars", Message("Bars"), 16, 400, (16, 16)),
    SampleSet("handwritten_digits", Message("Handwritten digits"), 10, 1797, (8, 8)),
)
"""All sets, in the order in which they are taught."""


def find_sample_set(name: str, n_samples: int, sample_shape: tuple[int, ...]) -> SampleSet | None:
    """Return the sample set that a loaded set is, perhaps opened from a copy of its folder, or None.

    The name is compared loosely: ``Copy of LED digits (2)`` matches ``led_digits``. Colour images never match.
    """
    plain_name = re.sub(r"[\W_]+", "_", name.casefold())
    for sample_set in SAMPLE_SETS:
        fits = (sample_set.n_samples, sample_set.sample_shape) == (n_samples, sample_shape)
        if fits and sample_set.key in plain_name:
            return sample_set
    return None
