"""Names of the files and folders that operating systems and programs leave behind; they are never samples."""

from __future__ import annotations

import re

from nmf_explorer.errors import Message

HIDDEN_PREFIXES = (".", "~$")
_FILES = ("Thumbs.db", "ehthumbs.db", "desktop.ini")
_FOLDERS = ("__MACOSX", "@eaDir", r"@Recently-Snapshot", "System Volume Information", r"lost\+found")
# Folders of deleted files, of Windows, macOS, Linux and network drives.
_BINS = (r"\$RECYCLE\.BIN", "RECYCLER", "RECYCLED", r"[#@]recycle", r"\.Trash(es|-\d+)?")
IGNORED_NAMES = re.compile("|".join((*_FOLDERS, *_BINS, *map(re.escape, _FILES))), re.IGNORECASE)
_BIN = re.compile(rf"(?:^|.*?[/\\])({'|'.join(_BINS)})(?=[/\\])", re.IGNORECASE)
_IGNORED_PATTERN = re.compile(rf"(^|[/\\])(\.(?!\.?([/\\]|$))|~\$|({IGNORED_NAMES.pattern})([/\\]|$))", re.IGNORECASE)
DELETED = Message("a folder of deleted files; they are left out")


def is_ignored(name: str) -> bool:
    """Return whether a part of a name or path is hidden or on the ignore list; "." and ".." are not."""
    return _IGNORED_PATTERN.search(name) is not None


def recycle_bin(path: str) -> str:
    """Return the start of a path up to the first folder of deleted files, or ""."""
    found = _BIN.match(path)
    return found[0] if found else ""


def is_recycle_bin(name: str) -> bool:
    """Return whether a folder of this name holds deleted files."""
    return recycle_bin(f"{name}/") != ""
