"""Finds the program's own pictures and sample sets, installed or in a checkout. No Qt."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _top() -> Path:
    """Folder that holds ``resources`` and ``sample_images``."""
    installed = _PACKAGE / "_data"
    return installed if installed.is_dir() else _PACKAGE.parent


def resource(name: str) -> Path:
    """Path of one of the program's own files.

    Parameters
    ----------
    name : str
        Path inside ``resources``, with forward slashes.

    Returns
    -------
    Path
        Where it lies on this machine.
    """
    return _top() / "resources" / name


def sample_images() -> Path:
    """Folder of the sample sets that come with the program.

    Returns
    -------
    Path
        Where it lies on this machine.
    """
    return _top() / "sample_images"
