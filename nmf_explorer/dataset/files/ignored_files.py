"""Names of the files that operating systems and programs leave in folders; they are never samples."""

from __future__ import annotations

import re

IGNORED_NAMES = frozenset({"__MACOSX", "@eaDir", "Thumbs.db", "desktop.ini"})
HIDDEN_PREFIXES = (".", "~$")
_IGNORED_PATTERN = re.compile(
    rf"(^|[/\\])(\.(?!\.?([/\\]|$))|~\$|({'|'.join(map(re.escape, sorted(IGNORED_NAMES)))})([/\\]|$))"
)


def is_ignored(name: str) -> bool:
    """Return whether a part of a name or path is hidden or on the ignore list; "." and ".." are not."""
    return _IGNORED_PATTERN.search(name) is not None
