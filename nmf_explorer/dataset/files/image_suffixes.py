"""Suffixes of image files, where a file is judged by its name alone; readers judge by the content."""

from __future__ import annotations

IMAGE_SUFFIXES = (
    *(".png", ".apng", ".jpg", ".jpeg", ".jpe", ".jfif", ".mpo", ".gif", ".bmp", ".dib", ".tif", ".tiff", ".webp"),
    *(".pbm", ".pgm", ".ppm", ".pnm", ".pfm", ".avif", ".avifs"),
    *(".jp2", ".j2k", ".jpc", ".jpf", ".jpx", ".j2c"),
    *(".heic", ".heics", ".heif", ".heifs", ".hif"),
)


def has_image_suffix(name: str) -> bool:
    """Return whether a file name ends as image files do, in any case of letters."""
    return name.lower().endswith(IMAGE_SUFFIXES)
