"""A set of drawn faces with known parts, each of which is present or absent at random."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from PIL import Image, ImageDraw

from tests.synthetic.synthetic_sets import SyntheticSet, combine, numbered

if TYPE_CHECKING:
    import numpy.typing as npt

_SIDE = 32
_OVERSAMPLING = 16
_FAINTEST = 0.1
_N_FACES = 200
_FIRST_FACE = ("outline", "hair", "ears", "brows", "eyes", "nose", "cheeks", "smile")


class _Stroke(NamedTuple):
    """One pen stroke on the left half of a face; lengths in pixels of the finished image."""

    tool: str
    """Which method of `ImageDraw.ImageDraw` makes it: ellipse, polygon, line or arc."""
    where: tuple[float, ...]
    """Corners, or the box around an ellipse or arc, x before y."""
    width: float = 0.0
    """Thickness of a line; 0 fills the shape."""
    angles: tuple[float, float] | None = None
    """Where an arc starts and ends, in degrees clockwise from the right."""


class _Part(NamedTuple):
    """One part of a face: its probability and its strokes."""

    probability: float
    strokes: tuple[_Stroke, ...]


def _circle(x: float, y: float, radius: float, width: float = 0.0) -> _Stroke:
    return _Stroke("ellipse", (x - radius, y - radius, x + radius, y + radius), width)


_CURLS = ((4.6, 8.8, 1.9), (6.6, 5.4, 2.4), (9.8, 2.8, 2.5), (13.6, 1.6, 2.4), (16.0, 1.6, 2.0))
_BEARD = ((4.9, 22.9, 1.8), (6.8, 26.2, 2.2), (9.6, 28.8, 2.3), (13.0, 30.1, 2.2), (16.0, 30.4, 2.0))
_NOSE = (16.0, 13.2, 13.4, 18.0, 16.0, 18.0)
_MOUSTACHE = (16.0, 18.2, 13.5, 18.0, 12.0, 19.0, 10.4, 18.0, 11.0, 20.2, 13.5, 20.6, 16.0, 19.6)

# No part is in every face: factorization could not separate it from the other parts.
_PARTS: Final[dict[str, _Part]] = {
    "outline": _Part(0.8, (_Stroke("ellipse", (5.2, 4.0, 26.8, 29.0), 1.3),)),
    "hair": _Part(0.55, tuple(_circle(*curl) for curl in _CURLS)),
    "ears": _Part(0.55, (_Stroke("arc", (2.0, 12.0, 8.0, 19.0), 1.3, (100.0, 260.0)),)),
    "brows": _Part(0.5, (_Stroke("line", (9.7, 9.3, 10.7, 8.4, 13.7, 8.4), 1.2),)),
    "eyes": _Part(0.8, (_circle(11.5, 13.5, 1.5),)),
    "glasses": _Part(0.4, (_circle(11.5, 13.5, 3.6, 1.1), _Stroke("line", (14.8, 12.5, 17.2, 12.5), 1.1))),
    "nose": _Part(0.6, (_Stroke("polygon", _NOSE),)),
    "cheeks": _Part(0.4, (_circle(8.9, 19.5, 1.5),)),
    "moustache": _Part(0.4, (_Stroke("polygon", _MOUSTACHE),)),
    "smile": _Part(0.5, (_Stroke("arc", (9.6, 16.0, 22.4, 26.6), 1.5, (90.0, 164.0)),)),
    "frown": _Part(0.8, (_Stroke("arc", (11.2, 21.0, 20.8, 28.4), 1.4, (205.0, 270.0)),)),
    "beard": _Part(0.4, tuple(_circle(*tuft) for tuft in _BEARD)),
}


def _draw(pen: ImageDraw.ImageDraw, stroke: _Stroke) -> None:
    """Draw one stroke on the large sheet."""
    where = [coordinate * _OVERSAMPLING for coordinate in stroke.where]
    width = round(stroke.width * _OVERSAMPLING)
    if stroke.angles is not None:
        pen.arc(where, *stroke.angles, fill=255, width=width)
    elif stroke.tool == "line":
        pen.line(where, fill=255, width=width, joint="curve")
    elif stroke.tool == "polygon":
        pen.polygon(where, fill=255)
    else:
        pen.ellipse(where, fill=None if width else 255, outline=255, width=width or 1)


def _ink(strokes: tuple[_Stroke, ...]) -> npt.NDArray[np.float64]:
    """Draw strokes large, reduce, and add the mirror image: (32, 32), 0 to 1."""
    sheet = Image.new("L", (_SIDE * _OVERSAMPLING, _SIDE * _OVERSAMPLING))
    pen = ImageDraw.Draw(sheet)
    for stroke in strokes:
        _draw(pen, stroke)
    half = np.asarray(sheet.resize((_SIDE, _SIDE), Image.Resampling.BOX), dtype=np.float64) / 255.0
    return np.maximum(half, half[:, ::-1])


def _draw_parts() -> npt.NDArray[np.float64]:
    """Draw all parts; a pixel in two of them belongs to the brighter one: (n_parts, 32, 32)."""
    inked = np.stack([_ink(part.strokes) for part in _PARTS.values()])
    is_owner = inked.argmax(axis=0) == np.arange(len(inked))[:, None, None]
    parts = np.where(is_owner & (inked >= _FAINTEST), inked, 0.0)
    parts /= parts.max(axis=(1, 2), keepdims=True)
    return parts


def drawn_faces(*, random_state: int = 0) -> SyntheticSet:
    """Make 200 faces of 32 x 32 pixels from twelve drawn parts, white ink on black.

    The parts are outline, hair, ears, brows, eyes, glasses, nose, cheeks, moustache, smile, frown, beard. Each is
    present independently with a weight drawn evenly from 0.5 to 1, but smile and frown never together. No two parts
    share a pixel, so a face is their exact sum. The first face is a friendly one with eight parts.
    """
    rng = np.random.default_rng(random_state)
    names = tuple(_PARTS)
    is_on = rng.random((_N_FACES, len(names))) < [part.probability for part in _PARTS.values()]
    is_on[0] = [name in _FIRST_FACE for name in names]
    is_on[:, names.index("frown")] &= ~is_on[:, names.index("smile")]
    parts = _draw_parts()
    images = combine(is_on * rng.uniform(0.5, 1.0, is_on.shape), parts)
    return SyntheticSet(images, parts, numbered("face", _N_FACES))
