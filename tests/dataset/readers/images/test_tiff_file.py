"""TIFF images that tifffile reads, stacks without directories, and what is refused in words."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

import nmf_explorer
from nmf_explorer.dataset.load_options import LoadOptions
from nmf_explorer.dataset.readers.images import image_file, tiff_file
from nmf_explorer.dataset.readers.samples.target_format import TargetFormat
from nmf_explorer.errors import ImageReadError, NmfExplorerError
from tests.corpus.image_writers import Page, tiff
from tests.dataset.images import noise

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


def _read(content: bytes, height: int, width: int, **options: object) -> NDArray[Any]:
    target = TargetFormat(height, width, None, LoadOptions.from_mapping(options))
    return image_file.read(io.BytesIO(content), target).pixels


def _deep(*shape: int) -> NDArray[np.uint16]:
    return np.random.default_rng(0).integers(0, 65536, shape, dtype=np.uint16)


@pytest.mark.parametrize("compression", ["tiff_lzw", "packbits", "tiff_adobe_deflate"])
def test_grey_of_16_bits_is_read_from_any_packing(compression: str) -> None:
    pixels = _deep(6, 5)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "TIFF", compression=compression)
    np.testing.assert_array_equal(_read(buffer.getvalue(), 6, 5), pixels)


def test_a_packing_that_would_change_numbers_is_refused_by_its_name() -> None:
    buffer = io.BytesIO()
    Image.fromarray(np.ones((6, 5), np.float32)).save(buffer, "TIFF", compression="tiff_lzw")
    with pytest.raises(ImageReadError, match="32 bits, packed by LZW; save it unpacked"):
        _read(buffer.getvalue(), 6, 5)


def test_16_bit_white_is_zero_is_not_a_negative_in_any_packing() -> None:
    buffer = io.BytesIO()
    Image.fromarray(_deep(6, 5)).save(buffer, "TIFF", compression="tiff_lzw", tiffinfo={262: 0})
    np.testing.assert_array_equal(_read(buffer.getvalue(), 6, 5), 65535 - _deep(6, 5))


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (Page(_deep(6, 5, 2)), "packing|channels|read"),
        (Page(_deep(6, 5, 5)), "5 channels; save it as grey or RGB"),
        (Page(noise(6, 5, 5)), "5 channels"),
        (Page(_deep(6, 5, 3), photometric=8), "kind that is not read"),
        (Page(_deep(6, 5).astype(np.int16) - np.int16(40)), "negative"),
    ],
)
def test_an_image_that_is_neither_grey_nor_colour_is_refused_in_words(page: Page, reason: str) -> None:
    if page.pixels.shape[-1] == 2:
        np.testing.assert_allclose(_read(tiff([page]), 6, 5).shape, (6, 5))  # grey and transparency
        return
    with pytest.raises(ImageReadError, match=reason):
        _read(tiff([page]), 6, 5)


def test_transparency_of_16_bits_is_blended_with_the_background() -> None:
    pixels = _deep(6, 5, 4)
    alpha = pixels[..., 3:] / 65535
    blended = np.rint(pixels[..., :3] * alpha + 65535 * (1 - alpha))
    np.testing.assert_allclose(_read(tiff([Page(pixels, 2)]), 6, 5, colour=True), blended, atol=1)
    black = np.rint(pixels[..., :3] * alpha)
    found = _read(tiff([Page(pixels, 2)]), 6, 5, colour=True, background="black")
    np.testing.assert_allclose(found, black, atol=1)


def test_an_image_of_too_many_pixels_is_refused() -> None:
    with pytest.raises(ImageReadError, match="too large: 5 x 6 pixels"):
        _read(tiff([Page(_deep(6, 5))]), 6, 5, max_pixels=29)
    assert _read(tiff([Page(_deep(6, 5))]), 6, 5, max_pixels=30).shape == (6, 5)


@pytest.mark.parametrize("depth", ["u1", "u2"])
def test_planes_that_nothing_describes_are_refused_as_a_stack(depth: str, tmp_path: Path) -> None:
    planes = [np.full((24, 32), i, depth) for i in range(5)]
    path = tmp_path / "a.tif"
    path.write_bytes(tiff([Page(planes[0], planes_behind=tuple(planes[1:]))]))
    with pytest.raises(NmfExplorerError, match="a stack: 4 planes lie behind its only image"):
        nmf_explorer.load(path)


def test_a_comment_behind_an_image_is_no_plane() -> None:
    content = tiff([Page(noise(24, 32))])
    np.testing.assert_array_equal(_read(content + b"." * 700, 24, 32), noise(24, 32))
    small = tiff([Page(noise(6, 5))])
    np.testing.assert_array_equal(_read(small + b"." * 700, 6, 5), noise(6, 5))
    with pytest.raises(ImageReadError, match="a stack"):
        _read(content + b"." * (700 + 24 * 32), 24, 32)


def test_a_damaged_deep_image_is_refused() -> None:
    content = tiff([Page(_deep(30, 40), is_compressed=True)])
    with pytest.raises(ImageReadError, match="damaged"):
        _read(content.replace(content[8:400], b"\0" * 392), 30, 40)
    with pytest.raises(ImageReadError):
        _read(content[:-60], 30, 40)


def test_other_files_are_left_to_pillow() -> None:
    stream = io.BytesIO(tiff([Page(noise(6, 5))]))
    stream.read(3)
    assert not tiff_file.needs_tifffile(stream)
    assert stream.tell() == 0
    assert not tiff_file.needs_tifffile(io.BytesIO(b"II*\0\xff\xff\xff\xff"))
    assert tiff_file.needs_tifffile(io.BytesIO(tiff([Page(_deep(6, 5))], ">")))


def test_an_alpha_channel_of_floats_is_a_share() -> None:
    pixels = np.stack([np.full((2, 3), 0.5), np.full((2, 3), 0.25)], axis=-1).astype(np.float32)
    np.testing.assert_allclose(_read(tiff([Page(pixels)]), 2, 3, background="black"), 0.125)
    np.testing.assert_allclose(_read(tiff([Page(pixels)]), 2, 3), 0.125 + 0.75)


def test_complex_numbers_are_refused_in_words() -> None:
    content = bytearray(tiff([Page(np.ones((6, 5), np.float64))]))
    at = content.index((339).to_bytes(2, "little") + b"\3\0\1\0\0\0\3\0")
    content[at + 8] = 6  # SampleFormat: complex
    with pytest.raises(ImageReadError, match="complex numbers; save their size"):
        _read(bytes(content), 6, 5)


def test_tags_of_wrong_types_are_left_to_pillow() -> None:
    content = bytearray(tiff([Page(noise(6, 5))]))
    at = content.index((258).to_bytes(2, "little") + b"\3\0")
    content[at + 2] = 2  # BitsPerSample as text
    assert not tiff_file.needs_tifffile(io.BytesIO(bytes(content)))


def test_a_file_whose_directory_cannot_be_read_is_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("tifffile.TiffFile", fail)
    with pytest.raises(ImageReadError, match="damaged or not readable: ZeroDivisionError"):
        _read(tiff([Page(_deep(6, 5))]), 6, 5)


def test_a_page_that_cannot_be_decoded_is_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("broken")

    monkeypatch.setattr("tifffile.TiffPage.asarray", fail)
    with pytest.raises(ImageReadError, match="damaged or not readable: broken"):
        _read(tiff([Page(_deep(6, 5))]), 6, 5)


def test_pages_of_several_depths_become_shares_of_white(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    path.write_bytes(tiff([Page(np.full((6, 5), 65535, np.uint16)), Page(np.full((6, 5), 51, np.uint8))]))
    rows = nmf_explorer.load(path).matrix
    assert isinstance(rows, np.ndarray)
    np.testing.assert_allclose(rows, [[1.0] * 30, [0.2] * 30], rtol=1e-6)


def test_a_broken_page_that_is_no_mask_is_an_error() -> None:
    content = tiff([Page(noise(6, 5)), Page(noise(6, 5), photometric=4)])
    with pytest.raises(ImageReadError, match="damaged or not readable"):
        _read(content, 6, 5)


def test_a_deep_image_without_pixels_is_refused_in_words() -> None:
    content = tiff([Page(np.ones((7, 6), np.float32))])
    width = struct.pack("<HH", 256, 4)
    at = content.index(width) + 8  # behind tag, type and count
    damaged = content[:at] + struct.pack("<I", 0) + content[at + 4 :]
    with pytest.raises(ImageReadError, match="damaged: its size is 0 x 7 pixels"):
        _read(damaged, 7, 6)
