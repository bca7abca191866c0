"""How images and text are displayed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from nmf_explorer.dataset.dataset import Dataset

COLOURS = ("automatic", "grey", "inverted", "viridis", "cividis")
SCALES = ("own", "shared")
ENLARGEMENTS = ("pixels", "smooth")
TEXT_SIZES = (100, 125, 150, 200)


class Display(NamedTuple):
    """Display settings of all windows."""

    colours: str = COLOURS[0]  # as the page, black to white, white to black, a colour map; colour images keep theirs
    scale: str = SCALES[0]  # each part on its own scale, or all parts on the scale of the images
    enlargement: str = ENLARGEMENTS[0]  # sharp pixels, or interpolation, which suits photographs
    text_size: int = TEXT_SIZES[0]  # percent of the usual size
    is_on_dark: bool = False  # whether windows have a dark background; follows the appearance and is not stored

    @property
    def is_smooth(self) -> bool:
        """Whether enlarged images are interpolated."""
        return self.enlargement == "smooth"

    def colours_of(self, dataset: Dataset | None, *, is_printed: bool = False) -> str:
        """Return the colours of a set's grey images: a colour map, “grey”, “inverted”, or “ink”, nearly black on white.

        Automatically, zero has the colour of the background, as on paper; photographs keep black for zero. On paper,
        grey drawings are printed in ink.
        """
        is_drawing = dataset is not None and dataset.is_mostly_black
        if self.colours == "automatic" or (is_printed and self.colours == "grey"):
            return "ink" if is_drawing and (is_printed or not self.is_on_dark) else "grey"
        return self.colours

    def checked(self) -> Display:
        """Return the settings with defaults in place of invalid values, as in a file that was edited by hand."""
        usual = Display()
        return self._replace(
            colours=self.colours if self.colours in COLOURS else usual.colours,
            scale=self.scale if self.scale in SCALES else usual.scale,
            enlargement=self.enlargement if self.enlargement in ENLARGEMENTS else usual.enlargement,
            text_size=self.text_size if self.text_size in TEXT_SIZES else usual.text_size,
        )
