"""How pictures are shown: colours, the scale of the parts, how they are enlarged; and the size of the text."""

from __future__ import annotations

from typing import NamedTuple

COLOURS = ("grey", "inverted", "viridis", "cividis")
SCALES = ("own", "shared")
ENLARGEMENTS = ("pixels", "smooth")
TEXT_SIZES = (100, 125, 150, 200)


class Display(NamedTuple):
    """What a user chooses once, for all sets and windows.

    Attributes
    ----------
    colours : str
        One of `COLOURS`: from black to white, from white to black, or a colour map; pictures in colour keep theirs.
    scale : str
        One of `SCALES`: each part on its own scale, or all of them on that of the images, each as bright as it gets.
    enlargement : str
        One of `ENLARGEMENTS`: pixels stay pixels, or pass smoothly into one another, which suits photographs.
    text_size : int
        One of `TEXT_SIZES`, percent of the usual size.
    """

    colours: str = COLOURS[0]
    scale: str = SCALES[0]
    enlargement: str = ENLARGEMENTS[0]
    text_size: int = TEXT_SIZES[0]

    @property
    def is_smooth(self) -> bool:
        """Whether enlarged pixels pass smoothly into one another."""
        return self.enlargement == "smooth"

    def checked(self) -> Display:
        """The same, with the usual in place of what cannot be, as in settings that were edited by hand."""
        usual = Display()
        return Display(
            self.colours if self.colours in COLOURS else usual.colours,
            self.scale if self.scale in SCALES else usual.scale,
            self.enlargement if self.enlargement in ENLARGEMENTS else usual.enlargement,
            self.text_size if self.text_size in TEXT_SIZES else usual.text_size,
        )
