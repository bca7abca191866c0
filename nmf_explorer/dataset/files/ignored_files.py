"""What systems and programs leave beside people's files; nobody means it when a folder or an archive is opened."""

from __future__ import annotations

import re

IGNORED_NAMES = frozenset({"__MACOSX", "@eaDir", "Thumbs.db", "desktop.ini"})
HIDDEN_PREFIXES = (".", "~$")
_IGNORED_PATTERN = re.compile(
    rf"(^|[/\\])(\.(?!\.?([/\\]|$))|~\$|({'|'.join(map(re.escape, sorted(IGNORED_NAMES)))})([/\\]|$))"
)


def is_ignored(name: str) -> bool:
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
    return _IGNORED_PATTERN.search(name) is not None
