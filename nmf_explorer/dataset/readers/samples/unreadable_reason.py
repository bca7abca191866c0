"""Recognise files that are not readable images, to report what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmf_explorer.dataset.files.office_documents import TEXT
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
    b"%!PS": "PostScript",
    b"\xc5\xd0\xd3\xc6": "PostScript",
    b"gimp xcf": "GIMP",
    b"\0\0\1\0": "ICO",
    b"\xff\x0a": "JPEG XL",
    b"\0\0\0\x0cJXL ": "JPEG XL",
}
_TABLES = {b"PAR1": "Parquet", b"SQLite format 3": "SQLite", b"RDX": "R", b"ARROW1": "Arrow"}
_RAW_MAGICS = (b"FUJIFILMCCD-RAW", b"IIRO", b"IIU\0")
_VIDEO_MAGICS = (b"\x1aE\xdf\xa3", b"\0\0\1\xba", b"FLV\1", b"\x30\x26\xb2\x75\x8e\x66\xcf\x11")
_SOUND_MAGICS = (b"ID3", b"fLaC", b"OggS", b"\xff\xfb")
_SOUND_BRANDS = (b"M4A ", b"M4B ")
_PICKLE_MAGICS = tuple(b"\x80" + bytes([version]) for version in range(2, 6))
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
    yield from _moving_reasons(head)
    yield is_heic, Message("a HEIC photograph; it can be read when pillow-heif is installed")
    yield head[_DICOM_OFFSET:].startswith(b"DICM"), Message("a DICOM image; save it as PNG or TIFF with 16 bits")
    is_svg = text.startswith(b"<?xml") and b"<svg" in text
    yield is_svg, Message("a file of the kind {kind}; save it as PNG or TIFF", kind="SVG")
    yield bool(image), Message("a file of the kind {kind}; save it as PNG or TIFF", kind=image)
    yield bool(archive), Message("a {kind} archive; unpack it first", kind=archive)
    yield head.startswith(_ARCHIVE_MAGICS), Message("an archive or a packed file; open it by itself")
    yield from _number_reasons(head)
    damaged = Message("damaged: it begins like a picture, but its header cannot be read")
    yield head.startswith(_IMAGE_MAGICS), damaged
    yield text.startswith(_HTML_STARTS), Message("a web page, not a picture; perhaps a download that failed")


def _moving_reasons(head: bytes) -> Iterator[tuple[bool, Message]]:
    """Return the reasons about videos, sounds and cameras' own files, and whether each holds."""
    brand = head[8:12] if head[4:8] == b"ftyp" else b""
    riff = head[8:12] if head.startswith(b"RIFF") else b""
    is_raw = brand == b"crx " or (head[8:10] == b"CR" and head.startswith(b"II*\0")) or head.startswith(_RAW_MAGICS)
    yield is_raw, Message("a raw photograph of a camera; save it as PNG or TIFF")
    is_sound = brand in _SOUND_BRANDS or riff == b"WAVE" or head.startswith(_SOUND_MAGICS)
    yield is_sound, Message("a sound, not a picture")
    is_video = riff == b"AVI " or head.startswith(_VIDEO_MAGICS)
    is_video = is_video or bool(brand and brand not in (*_HEIC_BRANDS, b"avif", b"avis"))
    yield is_video, Message("a video; save frames of it as PNG, and open the folder that holds them")


def _number_reasons(head: bytes) -> Iterator[tuple[bool, Message]]:
    """Return the reasons about files that may hold numbers, and whether each holds."""
    table = next((kind for magic, kind in _TABLES.items() if head.startswith(magic)), "")
    yield bool(table), Message("a file of the kind {kind}; save its table as CSV, and open that file", kind=table)
    pickle = Message("a pickle of Python, which could run a program; save its array with numpy.save as .npy")
    yield head.startswith(_PICKLE_MAGICS), pickle
    yield head.startswith(b"{\\rtf"), TEXT
    is_json = head.lstrip().startswith(b"{")
    yield is_json, Message("a file of the kind {kind}; save its table as CSV, and open that file", kind="JSON")
