"""The format that all samples of a dataset are converted to, chosen from the headers of some files."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nmf_explorer.dataset.size_text import size_text
from nmf_explorer.errors import Message

if TYPE_CHECKING:
    from nmf_explorer.dataset.load_options import LoadOptions
    from nmf_explorer.dataset.readers.samples.file_samples import FileInfo


class TargetFormat(NamedTuple):
    """The size, colour and depth that all images of a dataset are converted to."""

    height: int  # pixels, before transposing
    width: int
    native: tuple[int, int] | None  # (height, width) that is not resized; None: height and width
    options: LoadOptions

    @property
    def sample_shape(self) -> tuple[int, ...]:
        """Shape of a sample after transposing: ``(height, width)`` or ``(height, width, 3)``."""
        size = (self.width, self.height) if self.options.transpose else (self.height, self.width)
        return (*size, 3) if self.options.colour else size

    @property
    def n_features(self) -> int:
        """Number of values of a sample."""
        return self.height * self.width * (3 if self.options.colour else 1)

    @property
    def expected_size(self) -> tuple[int, int]:
        """``(height, width)`` of the images that count as being of the dataset's size."""
        return self.native or (self.height, self.width)

    def reason_to_skip(self, info: FileInfo) -> Message | None:
        """Return why a file is skipped if files of other sizes are left out and this is one, else None."""
        size = (info.height, info.width)
        if self.options.resize != "leave out" or size == self.expected_size:
            return None
        return Message("has another size: {size} pixels", size=size_text(size))
