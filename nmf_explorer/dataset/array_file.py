"""One .npy file becomes a stack of samples. No pickled objects: those could run code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nmf_explorer.dataset.image_file import ImageFacts, resized
from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from nmf_explorer.dataset.dataset import Pixels

_MAGIC = b"\x93NUMPY"
_LUMINANCE = np.array([0.299, 0.587, 0.114], dtype=np.float32)  # ITU-R BT.601, as Pillow's grey
_ROWS, _STACK, _COLOUR_STACK = 2, 3, 4


def is_array_file(path: Path) -> bool:
    """Whether a file says of itself that it is an array.

    Parameters
    ----------
    path : Path
        A regular file.

    Returns
    -------
    bool
        True for the .npy format, whatever the name; False also when it cannot be opened.
    """
    try:
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False  # the picture reader will say why


def measure(path: Path) -> ImageFacts:
    """Read the header of an array file.

    Parameters
    ----------
    path : Path
        A .npy file of shape (n, n_features), (n, height, width) or (n, height, width, 3).

    Returns
    -------
    ImageFacts
        Rows count as pictures of one row of pixels.

    Raises
    ------
    ImageReadError
        If it holds something else.
    """
    array = _mapped(path)
    height, width = array.shape[1:3] if array.ndim > _ROWS else (1, array.shape[1])
    return ImageFacts(len(array), height, width)


def read(path: Path, sample_shape: tuple[int, ...]) -> tuple[Pixels, bool]:
    """Read the samples of an array file.

    Parameters
    ----------
    path : Path
        A .npy file as for `measure`.
    sample_shape : tuple of int
        ``(height, width)`` for grey or ``(height, width, 3)`` for colour; other sizes are resized to it.

    Returns
    -------
    pixels : ndarray of shape (n, *sample_shape), uint8 or float32
        8-bit numbers as 0..255, all others as they are.
    cut : bool
        Always False: nothing is left out.

    Raises
    ------
    ImageReadError
        If it holds something else than real, non-negative, finite numbers.
    """
    array = _mapped(path)
    with np.errstate(over="ignore"):  # a number too large for float32 becomes inf, and is refused as such
        stack: Pixels = np.array(array, dtype=np.uint8 if array.dtype == np.uint8 else np.float32)
    if stack.dtype == np.float32 and not np.isfinite(stack).all():
        raise ImageReadError("has values that are not finite numbers (NaN or infinity)")
    if stack.dtype == np.float32 and stack.min() < 0:
        raise ImageReadError("has negative values (lowest {lowest:.3g}); NMF needs 0 and above", lowest=stack.min())
    if stack.ndim == _ROWS:
        stack = stack[:, np.newaxis, :]
    stack = _in_channels(stack, colour=len(sample_shape) == _STACK)
    height, width = sample_shape[:2]
    if stack.shape[1:3] != (height, width):
        stack = np.stack([resized(picture, height, width) for picture in stack])
    return stack, False


def _mapped(path: Path) -> NDArray[np.generic]:
    """Map the file into memory: the header is checked against the file's length before anything is read."""
    try:
        array: NDArray[np.generic] = np.load(path, mmap_mode="r", allow_pickle=False)
    except Exception as error:  # a broken header raises anything, such as tokenize.TokenError
        raise ImageReadError("not a usable array file: {why}", why=error) from error
    usable = array.ndim in (_ROWS, _STACK) or (array.ndim == _COLOUR_STACK and array.shape[3] == len(_LUMINANCE))
    if not usable or array.dtype.kind not in "buif" or array.size == 0:
        raise ImageReadError(
            "an array of {dtype} with shape {shape}; expected real numbers of shape (n, pixels), (n, height, width) "
            "or (n, height, width, 3)",
            dtype=array.dtype,
            shape=array.shape,
        )
    return array


def _in_channels(stack: Pixels, *, colour: bool) -> Pixels:
    if colour and stack.ndim == _STACK:
        return np.repeat(stack[..., np.newaxis], len(_LUMINANCE), axis=-1)
    if not colour and stack.ndim == _COLOUR_STACK:
        grey = stack @ _LUMINANCE
        return np.rint(grey).astype(np.uint8) if stack.dtype == np.uint8 else grey.astype(np.float32)
    return stack
