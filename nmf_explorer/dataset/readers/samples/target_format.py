"""What all pictures of a set are read as: decided before the first one is decoded, from the headers of some."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nmf_explorer.dataset.size_text import size_text
from nmf_explorer.errors import Message

if TYPE_CHECKING:
    from nmf_explorer.dataset.load_options import LoadOptions
    from nmf_explorer.dataset.readers.samples.file_samples import FileInfo


class TargetFormat(NamedTuple):
    """What all pictures of a set are read as.

    Attributes
    ----------
    height, width : int
        Size that pictures are brought to, in pixels; rows and columns may be exchanged afterwards.
    native : (int, int) or None
        ``(height, width)`` of those pictures that count as of the set's size; None means `height` and `width`.
    options : LoadOptions
        Everything else that was asked for.
    """

    height: int
    width: int
    native: tuple[int, int] | None
    options: LoadOptions

    @property
    def sample_shape(self) -> tuple[int, ...]:
        """Shape of a sample: ``(height, width)`` or ``(height, width, 3)``, after rows and columns were exchanged."""
        size = (self.width, self.height) if self.options.transpose else (self.height, self.width)
        return (*size, 3) if self.options.colour else size

    @property
    def n_features(self) -> int:
        """Numbers of a sample."""
        return self.height * self.width * (3 if self.options.colour else 1)

    @property
    def expected_size(self) -> tuple[int, int]:
        """``(height, width)`` of those pictures that count as of the set's size."""
        return self.native or (self.height, self.width)

    def reason_to_skip(self, facts: FileInfo) -> Message | None:
        """Whether pictures of another size are left out, and this is one.

        Parameters
        ----------
        facts : Facts
            What a file is.

        Returns
        -------
        Message or None
            The reason.
        """
        size = (facts.height, facts.width)
        if self.options.resize != "leave out" or size == self.expected_size:
            return None
        return Message("has another size: {size} pixels", size=size_text(size))
