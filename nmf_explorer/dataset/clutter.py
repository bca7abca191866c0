"""What systems and programs leave beside people's files; nobody means it when a folder or an archive is opened."""

from __future__ import annotations

import re

CLUTTER = frozenset({"__MACOSX", "@eaDir", "Thumbs.db", "desktop.ini"})
HIDDEN = (".", "~$")


def is_clutter(name: str) -> bool:
    """Whether a file is left out without a word.

    Parameters
    ----------
    name : str
        Name of a file or folder, or its path inside an archive.

    Returns
    -------
    bool
        True if a part of it is hidden or known as clutter; "." and ".." are not.
    """
    parts = [part for part in re.split(r"[/\\]", name) if part not in (".", "..")]
    return any(part in CLUTTER or part.startswith(HIDDEN) for part in parts)
