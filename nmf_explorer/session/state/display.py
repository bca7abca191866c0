"""How images and text are displayed."""

from __future__ import annotations

from typing import NamedTuple

COLOURS = ("grey", "inverted", "viridis", "cividis")
SCALES = ("own", "shared")
ENLARGEMENTS = ("pixels", "smooth")
TEXT_SIZES = (100, 125, 150, 200)


class Display(NamedTuple):
    """Display settings of all windows."""

    colours: str = COLOURS[0]  # black to white, white to black, or a colour map; colour images keep their colours
    scale: str = SCALES[0]  # each part on its own scale, or all parts on the scale of the images
    enlargement: str = ENLARGEMENTS[0]  # sharp pixels, or interpolation, which suits photographs
    text_size: int = TEXT_SIZES[0]  # percent of the usual size

    @property
    def is_smooth(self) -> bool:
        """Whether enlarged images are interpolated."""
        return self.enlargement == "smooth"

    def checked(self) -> Display:
        """Return the settings with defaults in place of invalid values, as in a file that was edited by hand."""
        usual = Display()
        return Display(
            self.colours if self.colours in COLOURS else usual.colours,
            self.scale if self.scale in SCALES else usual.scale,
            self.enlargement if self.enlargement in ENLARGEMENTS else usual.enlargement,
            self.text_size if self.text_size in TEXT_SIZES else usual.text_size,
        )
