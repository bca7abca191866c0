"""List the members of an archive as files that are read in memory; nothing is written to disk.

Members of zip files and uncompressed tar files are read from their offset when needed. A compressed tar file is
decompressed once, up to a size limit.
"""

from __future__ import annotations

import io
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from nmf_explorer.dataset.dataset import Skipped
from nmf_explorer.dataset.files import tar_members, zip_members
from nmf_explorer.dataset.files.archive_names import decoded_names
from nmf_explorer.dataset.files.decompress import COMPRESSED_MAGICS, MAX_BYTES, open_decompressed, read_at_most
from nmf_explorer.dataset.files.found_file import FileListing, FoundFile
from nmf_explorer.dataset.files.ignored_files import DELETED, is_ignored, recycle_bin
from nmf_explorer.dataset.files.natural_order import natural_argsort
from nmf_explorer.errors import ImageReadError, Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

NESTED_ARCHIVE = Message("an archive inside an archive; unpack it first")
_ARCHIVE_SUFFIX = re.compile(r"\.(zip|7z|rar|tgz|tbz2?|txz|tar(\.\w+)?)$", re.IGNORECASE)
_COMPRESSED_SUFFIX = re.compile(r"\.(gz|bz2|xz)$", re.IGNORECASE)
_UNSAFE_PATH = re.compile(r"[\\\0]|(^|/)\.{0,2}(/|$)")
_ZIP_MAGICS = (b"PK\x03\x04", b"PK\x05\x06")  # the second: an archive without members


class _ArchiveMember(NamedTuple):
    """One member of an archive of any format."""

    name: str
    n_bytes: int  # -1: unknown
    opener: Callable[[], BinaryIO]
    reason: Message | None = None  # why it cannot be opened


def recognises(head: bytes, name: str) -> bool:
    """Return whether the first 512 bytes are those of a zip, tar, gzip, bzip2 or xz file; `name` is not used.

    Readers of arrays and tables are tried first: npz files are zip files, and they decompress by themselves.
    """
    del name
    return head.startswith((*_ZIP_MAGICS, *COMPRESSED_MAGICS)) or tar_members.is_tar(head)


def expand(file: FoundFile, should_stop: Callable[[], bool]) -> FileListing:
    """List the members of an archive in natural order, each with its opener, and the unusable ones with the reason.

    Folders and ignored files are left out. Raises `ImageReadError` if nothing can be read, and `Cancelled`.
    """
    with open_decompressed(file) as stream:
        head = stream.read(512)
    if head.startswith(_ZIP_MAGICS):
        members = _zip_archive_members(file)
    elif tar_members.is_tar(head):
        members = _tar_archive_members(file, should_stop)
    else:
        members = _compressed_file_member(file)
    listed: list[_ArchiveMember] = []
    skipped: list[Skipped] = []
    try:
        listed.extend(members)
    except ImageReadError as error:  # keep the members listed before the damage
        if not listed:
            raise
        skipped.append(Skipped(file.path, error.message))
    files: list[FoundFile] = []
    names: dict[str, int] = {}
    for member, name in zip(listed, decoded_names([member.name for member in listed]), strict=True):
        _add_member(file, member, _safe_unique_name(name, names), files, skipped)
    return FileListing([files[i] for i in natural_argsort([file.name for file in files])], skipped)


def _add_member(
    archive: FoundFile, member: _ArchiveMember, name: str, files: list[FoundFile], skipped: list[Skipped]
) -> None:
    """Add a member to `files` or, with a reason, to `skipped`; ignore it if its name is on the ignore list."""
    if is_ignored(name):
        folder = recycle_bin(name)
        if folder and (entry := Skipped(Path(f"{archive.path_text}/{folder}"), DELETED)) not in skipped:
            skipped.append(entry)
        return
    path_text = f"{archive.path_text}/{name}"
    reason = member.reason
    if reason is None and member.n_bytes == 0:
        reason = Message("the file is empty")
    if reason is None and _ARCHIVE_SUFFIX.search(name):
        reason = NESTED_ARCHIVE
    if reason is not None:
        skipped.append(Skipped(Path(path_text), reason))
    else:
        files.append(FoundFile(path_text, name, member.n_bytes, opener=member.opener))


def _safe_unique_name(name: str, names: dict[str, int]) -> str:
    """Return a name without root or parent folders that no earlier member has; `names` counts the names used."""
    candidate = name
    if _UNSAFE_PATH.search(name):
        parts = [part for part in re.split(r"[/\\]", name.replace("\0", "")) if part not in ("", ".", "..")]
        candidate = "/".join(parts) or "?"
    base = candidate
    while candidate in names:
        names[base] += 1
        candidate = f"{base} ({names[base]})"
    names[candidate] = 1
    return candidate


def _zip_archive_members(file: FoundFile) -> Iterator[_ArchiveMember]:
    for member in zip_members.list_zip_members(file):
        opener = partial(_open_zip_member, file, member)
        yield _ArchiveMember(member.name, member.size, opener, zip_members.reason_to_skip(member))


def _open_zip_member(file: FoundFile, member: zip_members.ZipMember) -> BinaryIO:
    return io.BytesIO(zip_members.read_member(file, member))


def _tar_archive_members(file: FoundFile, should_stop: Callable[[], bool]) -> Iterator[_ArchiveMember]:
    for member in tar_members.iterate_tar_members(file, should_stop):
        yield _ArchiveMember(member.name, member.n_bytes, member.opener, member.reason)


def _compressed_file_member(file: FoundFile) -> Iterator[_ArchiveMember]:
    name = _COMPRESSED_SUFFIX.sub("", file.path.name)
    with open_decompressed(file) as stream:
        content = read_at_most(stream, MAX_BYTES)  # once: it is opened several times
    yield _ArchiveMember(name, len(content), partial(io.BytesIO, content))
