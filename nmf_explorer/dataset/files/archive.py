"""An archive becomes the list of its members, read in memory: nothing is ever written, whatever their names say.

Members of zip files and plain tar files are read from where they lie, when they are wanted. A compressed tar file is
unpacked once, within a limit.
"""

from __future__ import annotations

import io
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from nmf_explorer.dataset.dataset import Skipped
from nmf_explorer.dataset.files import tar_members, zip_members
from nmf_explorer.dataset.files.decompress import MAX_BYTES, PACKED_MAGICS, at_most, opened
from nmf_explorer.dataset.files.found_file import FileListing, FoundFile
from nmf_explorer.dataset.files.ignored_files import is_ignored
from nmf_explorer.dataset.files.natural_order import natural_order
from nmf_explorer.errors import ImageReadError, Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

NESTED = Message("an archive inside an archive; unpack it first")
_NESTED_NAME = re.compile(r"\.(zip|7z|rar|tgz|tbz2?|txz|tar(\.\w+)?)$", re.IGNORECASE)
_PACKED_NAME = re.compile(r"\.(gz|bz2|xz)$", re.IGNORECASE)
_UNTIDY = re.compile(r"[\\\0]|(^|/)\.{0,2}(/|$)")
_ZIP_MAGICS = (b"PK\x03\x04", b"PK\x05\x06")  # the second has no members


class _Member(NamedTuple):
    """A member of any kind of archive: what opens it, or why it cannot be opened."""

    name: str
    n_bytes: int
    opener: Callable[[], BinaryIO]
    reason: Message | None = None


def recognises(head: bytes, name: str) -> bool:
    """Whether a file is an archive, or a single packed file.

    Parameters
    ----------
    head : bytes
        Its first 512 bytes.
    name : str
        Not used: what a file is, is told by its content.

    Returns
    -------
    bool
        True for zip, tar, and whatever gzip, bzip2 or xz have packed. Readers of arrays and tables are asked first:
        some of their files are zip files too, and they read packed ones themselves.
    """
    del name
    return head.startswith((*_ZIP_MAGICS, *PACKED_MAGICS)) or tar_members.is_tar(head)


def expand(file: FoundFile, should_stop: Callable[[], bool]) -> FileListing:
    """List the members of an archive.

    Parameters
    ----------
    file : FoundFile
        An archive.
    should_stop : callable
        Asked from time to time.

    Returns
    -------
    Listing
        Members in natural order, each with its opener; and those that cannot be used, with the reason. Folders and
        clutter are left out.

    Raises
    ------
    ImageReadError
        If nothing in the archive can be read.
    Cancelled
        If `should_stop` says so.
    """
    with opened(file) as stream:
        head = stream.read(512)
    if head.startswith(_ZIP_MAGICS):
        members = _in_zip(file)
    elif tar_members.is_tar(head):
        members = _in_tar(file, should_stop)
    else:
        members = _packed_alone(file)
    files: list[FoundFile] = []
    skipped: list[Skipped] = []
    names: dict[str, int] = {}
    try:
        for member in members:
            _sort_in(file, member, _own_name(member.name, names), files, skipped)
    except ImageReadError as error:  # what was found before the damage is good
        if not files and not skipped:
            raise
        skipped.append(Skipped(file.path, error.message))
    return FileListing([files[i] for i in natural_order([file.name for file in files])], skipped)


def _sort_in(archive: FoundFile, member: _Member, name: str, files: list[FoundFile], skipped: list[Skipped]) -> None:
    """Put one member where it belongs; clutter nowhere."""
    if is_ignored(name):
        return
    place = f"{archive.place}/{name}"
    reason = member.reason
    if reason is None and member.n_bytes == 0:
        reason = Message("the file is empty")
    if reason is None and _NESTED_NAME.search(name):
        reason = NESTED
    if reason is not None:
        skipped.append(Skipped(Path(place), reason))
    else:
        files.append(FoundFile(place, name, member.n_bytes, opener=member.opener))


def _own_name(name: str, names: dict[str, int]) -> str:
    """A name that leads nowhere outside the archive, and that no member before had; `names` counts those given."""
    own = name
    if _UNTIDY.search(name):
        parts = [part for part in re.split(r"[/\\]", name.replace("\0", "")) if part not in ("", ".", "..")]
        own = "/".join(parts) or "?"
    wanted = own
    while own in names:
        names[wanted] += 1
        own = f"{wanted} ({names[wanted]})"
    names[own] = 1
    return own


def _in_zip(file: FoundFile) -> Iterator[_Member]:
    for member in zip_members.zip_members(file):
        opener = partial(_zip_member, file, member)
        yield _Member(member.name, member.unpacked, opener, zip_members.why_not(member))


def _zip_member(file: FoundFile, member: zip_members.ZipMember) -> BinaryIO:
    return io.BytesIO(zip_members.unpacked(file, member))


def _in_tar(file: FoundFile, should_stop: Callable[[], bool]) -> Iterator[_Member]:
    for member in tar_members.tar_members(file, should_stop):
        yield _Member(member.name, member.n_bytes, member.opener, member.reason)


def _packed_alone(file: FoundFile) -> Iterator[_Member]:
    name = _PACKED_NAME.sub("", file.path.name)
    yield _Member(name, -1, partial(_unpacked, file))


def _unpacked(file: FoundFile) -> BinaryIO:
    with opened(file) as stream:
        return io.BytesIO(at_most(stream, MAX_BYTES))
