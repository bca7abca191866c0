"""Find the program's own images and sample sets, in an installation or a checkout. No Qt."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _top() -> Path:
    """Return the folder that holds ``resources`` and ``sample_images``."""
    installed = _PACKAGE / "_data"
    return installed if installed.is_dir() else _PACKAGE.parent


def resource(name: str) -> Path:
    """Return the path of a file in ``resources``, named with forward slashes."""
    return _top() / "resources" / name


def sample_images() -> Path:
    """Return the folder of the sample sets that come with the program."""
    return _top() / "sample_images"
