"""The sets of pictures that come with the program: where each lies and how many parts make sense for it.

They stand at the start of the journey, on the first page that is shown: nothing slow may be imported here.
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
    """One set that comes with the program.

    Attributes
    ----------
    key : str
        Name of its folder in ``sample_images``.
    title : Message
        What it is called on the screen.
    n_components : int
        How many parts make sense for it.
    n_samples : int
        How many pictures it has.
    sample_shape : (int, int)
        Height and width of each picture, in pixels.
    """

    key: str
    title: Message
    n_components: int
    n_samples: int
    sample_shape: tuple[int, int]

    @property
    def path(self) -> Path:
        """Folder of the pictures."""
        return resource_files.sample_images() / self.key

    @property
    def preview(self) -> Path:
        """PNG file with a few of the pictures, enlarged."""
        return resource_files.resource(f"previews/{self.key}.png")


SAMPLE_SETS: tuple[SampleSet, ...] = (
    SampleSet("stripes", Message("Stripes"), 3, 60, (8, 8)),
    SampleSet("led_digits", Message("LED digits"), 7, 128, (13, 8)),
    SampleSet("led_ten_digits", Message("LED digits 0 to 9"), 7, 10, (13, 8)),
    SampleSet("drawn_faces", Message("Drawn faces"), 12, 200, (32, 32)),
    SampleSet("swimmer", Message("Swimmer"), 17, 256, (32, 32)),
    SampleSet("bars", Message("Bars"), 16, 400, (16, 16)),
    SampleSet("handwritten_digits", Message("Handwritten digits"), 10, 1797, (8, 8)),
)
"""All sets, in the order in which they are taught."""


def recognise(name: str, n_samples: int, sample_shape: tuple[int, ...]) -> SampleSet | None:
    """Tell which of the program's own sets a loaded set is, perhaps from a copy of its folder.

    Parameters
    ----------
    name : str
        Name of the folder or file; ``Copy of LED digits (2)`` is recognised like ``led_digits``.
    n_samples : int
        How many pictures were loaded.
    sample_shape : tuple of int
        ``(height, width)`` of each picture; colour pictures have a third number and are never recognised.

    Returns
    -------
    SampleSet or None
        The set, or None where name, number or shape do not fit.
    """
    plain_name = re.sub(r"[\W_]+", "_", name.casefold())
    for sample_set in SAMPLE_SETS:
        fits = (sample_set.n_samples, sample_set.sample_shape) == (n_samples, sample_shape)
        if fits and sample_set.key in plain_name:
            return sample_set
    return None
