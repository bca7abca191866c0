"""Format image sizes as width x height."""

from __future__ import annotations


def size_text(sample_shape: tuple[int, ...]) -> str:
    """Return "width x height", such as "8 x 13", of a shape (height, width, ...)."""
    return f"{sample_shape[1]} x {sample_shape[0]}"
