"""Recognise files that are not readable images, to report what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmf_explorer.errors import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

_ARCHIVE_MAGICS = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")
_OTHER_ARCHIVES = {
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"Rar!\x1a\x07": "RAR",
    b"\x28\xb5\x2f\xfd": "Zstandard",
    b"MSCF": "CAB",
}
_OTHER_IMAGES = {
    b"8BPS": "Photoshop",
    b"\x76\x2f\x31\x01": "OpenEXR",
    b"SIMPLE  =": "FITS",
    b"NRRD": "NRRD",
    b"#?RADIANCE": "Radiance HDR",
    b"%PDF": "PDF",
    b"<svg": "SVG",
    b"DDS ": "DDS",
}
_DICOM_OFFSET = 128  # bytes before the mark
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_IMAGE_MAGICS = (b"\x89PNG", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"II+\0", b"\0\0\0\x0cjP")
_HTML_STARTS = (b"<!doctype html", b"<html")


def unreadable_reason(head: bytes, kinds: tuple[str, ...]) -> Message:
    """Return why a file with these first bytes is not read; `kinds` are the names of the formats that are."""
    known = next((reason for holds, reason in _reasons(head) if holds), None)
    return known or Message("not a picture of a known kind ({kinds})", kinds=", ".join(kinds))


def _reasons(head: bytes) -> Iterator[tuple[bool, Message]]:
    """Return each reason, and whether it holds for these first bytes."""
    is_heic = head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS
    text = head.lstrip().lower()
    archive, image = (
        next((kind for magic, kind in kinds.items() if head.startswith(magic)), "")
        for kinds in (_OTHER_ARCHIVES, _OTHER_IMAGES)
    )
    git_lfs = Message("a note of Git LFS that stands for the picture; fetch the picture itself")
    yield head.startswith(b"version https://git-lfs"), git_lfs
    yield is_heic, Message("a HEIC photograph; it can be read when pillow-heif is installed")
    yield head[_DICOM_OFFSET:].startswith(b"DICM"), Message("a DICOM image; save it as PNG or TIFF with 16 bits")
    yield bool(image), Message("a file of the kind {kind}; save it as PNG or TIFF", kind=image)
    yield bool(archive), Message("a {kind} archive; unpack it first", kind=archive)
    yield head.startswith(_ARCHIVE_MAGICS), Message("an archive or a packed file; open it by itself")
    damaged = Message("damaged: it begins like a picture, but its header cannot be read")
    yield head.startswith(_IMAGE_MAGICS), damaged
    yield text.startswith(_HTML_STARTS), Message("a web page, not a picture; perhaps a download that failed")
