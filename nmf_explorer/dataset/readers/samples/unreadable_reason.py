"""Recognise files that are not readable images, to report what they are."""

from __future__ import annotations

from nmf_explorer.errors import Message

_ARCHIVE_MAGICS = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")
_OTHER_ARCHIVES = {
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"Rar!\x1a\x07": "RAR",
    b"\x28\xb5\x2f\xfd": "Zstandard",
    b"MSCF": "CAB",
}
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_IMAGE_MAGICS = (b"\x89PNG", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"II+\0", b"\0\0\0\x0cjP")
_HTML_STARTS = (b"<!doctype html", b"<html")


def unreadable_reason(head: bytes, kinds: tuple[str, ...]) -> Message:
    """Return why a file with these first bytes is not read; `kinds` are the names of the formats that are."""
    if head.startswith(b"version https://git-lfs"):
        return Message("a note of Git LFS that stands for the picture; fetch the picture itself")
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return Message("a HEIC photograph; it can be read when pillow-heif is installed")
    kind = next((kind for magic, kind in _OTHER_ARCHIVES.items() if head.startswith(magic)), "")
    if kind or head.startswith(_ARCHIVE_MAGICS):
        by_itself = Message("an archive or a packed file; open it by itself")
        return Message("a {kind} archive; unpack it first", kind=kind) if kind else by_itself
    if head.startswith(_IMAGE_MAGICS):
        return Message("damaged: it begins like a picture, but its header cannot be read")
    if head.lstrip().lower().startswith(_HTML_STARTS):
        return Message("a web page, not a picture; perhaps a download that failed")
    return Message("not a picture of a known kind ({kinds})", kinds=", ".join(kinds))
