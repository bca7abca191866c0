"""A sound file of a kind that is not read is named, with what to do; it is not called damaged."""

from __future__ import annotations

import re

import pytest

from nmf_explorer.dataset.readers.samples.unreadable_reason import unreadable_reason


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        (b"\0" * 128 + b"DICM", "a DICOM image; save it as PNG or TIFF with 16 bits"),
        (b"8BPS\0\1", "a file of the kind Photoshop; save it as PNG or TIFF"),
        (b"%PDF-1.7", "a file of the kind PDF"),
        (b"\x76\x2f\x31\x01", "OpenEXR"),
        (b"SIMPLE  =   T", "FITS"),
        (b"version https://git-lfs.github.com", "Git LFS"),
        (b"\0\0\0\x18ftypheic", "pillow-heif"),
        (b"<!DOCTYPE html>", "a web page"),
        (b"\x89PNG\r\n", "damaged"),
        (b'<?xml version="1.0"?>\n<svg xmlns="x">', "a file of the kind SVG"),
        (b"gimp xcf v011", "a file of the kind GIMP"),
        (b"%!PS-Adobe-3.0", "a file of the kind PostScript"),
        (b"\0\0\1\0\1\0", "a file of the kind ICO"),
        (b"\xff\x0a\0", "a file of the kind JPEG XL"),
        (b"\0\0\0\x20ftypisom", "a video; save frames of it as PNG"),
        (b"RIFF\0\0\0\0AVI LIST", "a video"),
        (b"\x1aE\xdf\xa3", "a video"),
        (b"\0\0\0\x20ftypM4A ", "a sound"),
        (b"RIFF\0\0\0\0WAVEfmt ", "a sound"),
        (b"ID3\3", "a sound"),
        (b"II*\0\x10\0\0\0CR\2\0", "a raw photograph of a camera"),
        (b"\0\0\0\x18ftypcrx ", "a raw photograph of a camera"),
        (b"\0\0\0\x18ftypavif", "not a picture of a known kind"),
        (b"PAR1", "a file of the kind Parquet; save its table as CSV"),
        (b"\x80\x04\x95", "a pickle of Python"),
        (b"{\\rtf1", "a text document"),
        (b'{"cells": []}', "a file of the kind JSON"),
        (b"abc", r"not a picture of a known kind \(PNG, GIF\)"),
    ],
)
def test_the_kind_of_a_file_is_named(head: bytes, reason: str) -> None:
    assert re.search(reason, str(unreadable_reason(head, ("PNG", "GIF"))))
