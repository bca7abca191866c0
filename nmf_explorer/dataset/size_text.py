"""Sizes are written alike everywhere: width x height."""

from __future__ import annotations


def size_text(sample_shape: tuple[int, ...]) -> str:
    """Width x height, as everywhere on screen.

    Parameters
    ----------
    sample_shape : tuple of int
        ``(height, width, ...)``.

    Returns
    -------
    str
        Such as ``"8 x 13"``.
    """
    return f"{sample_shape[1]} x {sample_shape[0]}"
