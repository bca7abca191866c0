"""An image file of any format and name becomes the pixels that an image viewer shows."""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image, ImageOps

from nmf_explorer.dataset.files.found_file import FoundFile
from nmf_explorer.dataset.load_options import LoadOptions
from nmf_explorer.dataset.readers.images import image_file
from nmf_explorer.dataset.readers.samples.target_format import TargetFormat
from nmf_explorer.errors import ImageReadError
from tests.corpus.image_writers import png
from tests.dataset.images import noise, write_image, write_png_header

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from nmf_explorer.dataset.readers.samples.file_samples import FileInfo

WHITE = 255


def _read(path: Path, height: int, width: int, **options: object) -> image_file.DecodedImage:
    with FoundFile(path, path.name).open() as stream:
        return image_file.read(stream, TargetFormat(height, width, None, LoadOptions.from_mapping(options)))


def _grey(path: Path, height: int, width: int) -> NDArray[Any]:
    pixels = _read(path, height, width).pixels
    assert pixels.shape == (height, width)
    return pixels


def _colour(path: Path, height: int, width: int) -> NDArray[Any]:
    pixels = _read(path, height, width, colour=True).pixels
    assert pixels.shape == (height, width, 3)
    return pixels


def _info(path: Path, **options: object) -> FileInfo:
    with FoundFile(path, path.name).open() as stream:
        return image_file.read_info(stream, LoadOptions.from_mapping(options))


def _size(path: Path) -> tuple[int, int]:
    info = _info(path)
    return info.height, info.width


def _pgm(path: Path, pixels: NDArray[np.generic], highest: int) -> Path:
    height, width = pixels.shape
    path.write_bytes(f"P5\n{width} {height}\n{highest}\n".encode() + pixels.tobytes())
    return path


@pytest.mark.parametrize("kind", ["PNG", "BMP", "GIF", "TIFF", "PPM"])
@pytest.mark.parametrize("name", ["image", "image.txt", "image.jpg"])
def test_a_grey_image_is_read_exactly_whatever_its_name(tmp_path: Path, kind: str, name: str) -> None:
    pixels = noise(6, 5)
    path = write_image(tmp_path / name, pixels, format=kind)
    assert _size(path) == (6, 5)
    read = _grey(path, 6, 5)
    assert read.dtype == np.uint8
    np.testing.assert_array_equal(read, pixels)


@pytest.mark.parametrize("kind", ["PNG", "BMP", "TIFF", "PPM", "WEBP"])
def test_a_colour_image_keeps_its_channels(tmp_path: Path, kind: str) -> None:
    pixels = noise(6, 5, 3)
    path = write_image(tmp_path / "image", pixels, format=kind, **({"lossless": True} if kind == "WEBP" else {}))
    np.testing.assert_array_equal(_colour(path, 6, 5), pixels)


def test_colours_become_grey_by_their_luma(tmp_path: Path) -> None:
    pixels = np.zeros((1, 4, 3), dtype=np.uint8)
    pixels[0, [0, 1, 2], [0, 1, 2]] = WHITE
    pixels[0, 3] = WHITE
    path = write_image(tmp_path / "image.png", pixels)
    expected = [0.299 * WHITE, 0.587 * WHITE, 0.114 * WHITE, WHITE]
    np.testing.assert_allclose(_grey(path, 1, 4)[0], expected, rtol=0, atol=1)


def test_a_grey_image_has_three_equal_channels_in_colour(tmp_path: Path) -> None:
    pixels = noise(6, 5)
    path = write_image(tmp_path / "image.png", pixels)
    np.testing.assert_array_equal(_colour(path, 6, 5), np.repeat(pixels[..., np.newaxis], 3, axis=2))


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_a_jpeg_is_read_within_its_compression_error(tmp_path: Path, mode: str) -> None:
    ramp = np.linspace(0, 255, 32).astype(np.uint8)
    pixels = np.broadcast_to(ramp, (24, 32))
    path = tmp_path / "image"
    Image.fromarray(pixels).convert("RGB").convert(mode).save(path, format="JPEG", quality=95)
    np.testing.assert_allclose(_grey(path, 24, 32).astype(int), pixels, rtol=0, atol=4)
    np.testing.assert_allclose(_colour(path, 24, 32)[..., 1].astype(int), pixels, rtol=0, atol=4)


@pytest.mark.parametrize("mode", ["L", "RGB"])
@pytest.mark.parametrize("shape", [(5, 3), (5, 3, 3)])
def test_a_large_jpeg_decoded_at_a_reduced_size_keeps_its_values(
    tmp_path: Path, mode: str, shape: tuple[int, ...]
) -> None:
    pixels = np.zeros((500, 300), dtype=np.uint8)
    pixels[:, 200:] = 200
    path = tmp_path / "photograph.jpg"
    Image.fromarray(pixels).convert(mode).save(path, format="JPEG")
    assert _size(path) == (500, 300)
    small = _read(path, 5, 3, colour=len(shape) > 2, resize="stretch").pixels.reshape(5, 3, -1)
    np.testing.assert_allclose(small[:, [0, 2], 0], [[0, 200]] * 5, rtol=0, atol=30)


def test_cmyk_without_ink_is_white(tmp_path: Path) -> None:
    path = tmp_path / "print.tif"
    Image.new("CMYK", (3, 2), (0, 0, 0, 0)).save(path, format="TIFF")
    np.testing.assert_array_equal(_colour(path, 2, 3), WHITE)


def test_lab_is_read_as_its_lightness(tmp_path: Path) -> None:
    lightness = noise(4, 4)
    shift = np.full_like(lightness, 90)
    path = tmp_path / "lab.tif"
    Image.merge("LAB", [Image.fromarray(channel) for channel in (lightness, shift, shift)]).save(path, format="TIFF")
    np.testing.assert_array_equal(_grey(path, 4, 4), lightness)


def test_lab_becomes_colour(tmp_path: Path) -> None:
    lab = np.array([[[136, 208, 195], [255, 128, 128], [0, 128, 128]]], dtype=np.uint8)  # red, white, black
    path = tmp_path / "lab.tif"
    Image.merge("LAB", [Image.fromarray(lab[..., i]) for i in range(3)]).save(path, format="TIFF")
    np.testing.assert_allclose(_colour(path, 1, 3)[0], [[255, 0, 0], [255, 255, 255], [0, 0, 0]], atol=12)


@pytest.mark.parametrize("kind", ["PNG", "GIF", "TIFF", "PPM"])
def test_one_bit_images_are_black_and_white(tmp_path: Path, kind: str) -> None:
    pixels = noise(6, 9) > 127
    path = write_image(tmp_path / "image", pixels, format=kind)
    np.testing.assert_array_equal(_grey(path, 6, 9), pixels * WHITE)


@pytest.mark.parametrize("kind", ["PNG", "GIF", "BMP"])
def test_palette_indices_become_colours(tmp_path: Path, kind: str) -> None:
    image = Image.new("P", (2, 2))
    image.putdata([0, 1, 2, 1])
    image.putpalette([10, 20, 30, 200, 100, 50, 0, 0, 255])
    path = tmp_path / "image"
    image.save(path, format=kind)
    expected = [[[10, 20, 30], [200, 100, 50]], [[0, 0, 255], [200, 100, 50]]]
    np.testing.assert_array_equal(_colour(path, 2, 2), expected)


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_the_transparent_colour_of_a_palette_becomes_white(tmp_path: Path, kind: str) -> None:
    image = Image.new("P", (2, 1))
    image.putdata([0, 1])
    image.putpalette([10, 20, 30, 200, 100, 50])
    path = tmp_path / "image"
    image.save(path, format=kind, transparency=0)
    np.testing.assert_array_equal(_colour(path, 1, 2), [[[WHITE, WHITE, WHITE], [200, 100, 50]]])


def test_the_transparent_value_of_a_grey_image_becomes_white(tmp_path: Path) -> None:
    path = write_image(tmp_path / "image.png", np.array([[0, 100, 7]], dtype=np.uint8), transparency=7)
    np.testing.assert_array_equal(_grey(path, 1, 3), [[0, 100, WHITE]])


@pytest.mark.parametrize("channels", [2, 4])
def test_transparent_pixels_are_blended_with_white(tmp_path: Path, channels: int) -> None:
    pixels = np.zeros((1, 3, channels), dtype=np.uint8)
    pixels[0, :, -1] = 0, 128, 255
    path = write_image(tmp_path / "image.png", pixels)
    np.testing.assert_allclose(_grey(path, 1, 3), [[WHITE, 127, 0]], rtol=0, atol=1)
    np.testing.assert_allclose(_colour(path, 1, 3)[..., 0], [[WHITE, 127, 0]], rtol=0, atol=1)


@pytest.mark.parametrize(
    "how",
    [
        {"format": "JPEG"},
        {"format": "PNG"},
        {"format": "WEBP"},
        {"format": "TIFF"},
        {"format": "TIFF", "compression": "tiff_lzw"},
    ],
    ids=lambda how: "-".join(how.values()),
)
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_is_rotated_by_its_exif_orientation(tmp_path: Path, how: dict[str, str], orientation: int) -> None:
    pixels = np.full((16, 32), 60, dtype=np.uint8)
    pixels[:8, :16] = 250  # the corner that shows the orientation
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = write_image(tmp_path / "photograph", pixels, **how, exif=exif)
    height, width = (32, 16) if orientation >= 5 else (16, 32)
    assert _size(path) == (height, width)
    upright = _grey(path, height, width)
    bright = np.argwhere(upright > 150).mean(axis=0)
    at_bottom, at_right = orientation in (3, 4, 7, 8), orientation in (2, 3, 6, 7)
    assert (bright[0] > height / 2, bright[1] > width / 2) == (at_bottom, at_right)


def test_an_orientation_that_is_not_a_number_is_ignored(tmp_path: Path) -> None:
    tag = struct.pack("<HHI4s", 0x0112, 2, 4, b"up\0\0")  # of type ASCII instead of a number
    exif = b"Exif\0\0II*\0" + struct.pack("<IH", 8, 1) + tag + bytes(4)
    path = write_image(tmp_path / "photograph.jpg", noise(6, 5), format="JPEG", exif=exif)
    assert _size(path) == (6, 5)
    assert _grey(path, 6, 5).shape == (6, 5)


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bit_values_are_kept(tmp_path: Path, kind: str) -> None:
    pixels = np.array([[0, 1, 257, 32768, 65535]], dtype=np.uint16)
    path = write_image(tmp_path / "deep", pixels, format=kind)
    read = _grey(path, 1, 5)
    assert read.dtype == np.uint16
    np.testing.assert_array_equal(read, pixels)
    np.testing.assert_array_equal(_colour(path, 1, 5)[..., 2], read)


def test_a_sixteen_bit_pgm_is_read_exactly(tmp_path: Path) -> None:
    path = _pgm(tmp_path / "deep.pgm", np.array([[0, 1000, 65535]], dtype=">u2"), 65535)
    np.testing.assert_array_equal(_grey(path, 1, 3), [[0, 1000, 65535]])


def test_an_eight_bit_pgm_is_read_exactly(tmp_path: Path) -> None:
    pixels = noise(3, 4)
    np.testing.assert_array_equal(_grey(_pgm(tmp_path / "grey", pixels, 255), 3, 4), pixels)


def test_float_pixels_are_not_scaled(tmp_path: Path) -> None:
    pixels = np.array([[0.0, 0.25, 7.5]], dtype=np.float32)
    path = write_image(tmp_path / "float.tif", pixels, format="TIFF")
    np.testing.assert_array_equal(_grey(path, 1, 3), pixels)
    np.testing.assert_array_equal(_colour(path, 1, 3)[..., 0], pixels)


@pytest.mark.parametrize(
    ("pixels", "reason"),
    [
        (np.array([[0.5, -0.25]], dtype=np.float32), r"negative values \(lowest -0.25\)"),
        (np.array([[0.5, np.nan]], dtype=np.float32), "not finite"),
        (np.array([[0.5, np.inf]], dtype=np.float32), "not finite"),
        (np.array([[5, -3]], dtype=np.int32), r"negative values \(lowest -3\)"),
    ],
)
def test_negative_and_infinite_pixels_are_refused_with_the_reason(
    tmp_path: Path, pixels: NDArray[np.generic], reason: str
) -> None:
    path = write_image(tmp_path / "float.tif", pixels, format="TIFF")
    with pytest.raises(ImageReadError, match=reason):
        _read(path, 1, 2)


@pytest.mark.parametrize("kind", ["GIF", "TIFF", "WEBP", "PNG"])
@pytest.mark.parametrize("n_frames", [1, 2])
def test_the_first_of_several_frames_is_read_and_the_others_are_reported(
    tmp_path: Path, kind: str, n_frames: int
) -> None:
    frames = [Image.fromarray(noise(6, 5, seed=number)) for number in range(n_frames)]
    path = tmp_path / "frames"
    how = {"lossless": True} if kind == "WEBP" else {}
    frames[0].save(path, format=kind, save_all=True, append_images=frames[1:], **how)
    image = _read(path, 6, 5)
    np.testing.assert_array_equal(image.pixels, noise(6, 5, seed=0))
    assert image.info.n_frames == n_frames


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"this is no picture", "not a picture of a known kind"),
        (b"%PDF-1.4", "a file of the kind PDF; save it as PNG or TIFF"),
        (b"GIF89a", "not a picture of a known kind|damaged"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_the_reason(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "image.png"
    path.write_bytes(content)
    with pytest.raises(ImageReadError, match=reason):
        _info(path)


def test_an_image_format_that_is_not_supported_is_refused_with_those_that_are(tmp_path: Path) -> None:
    path = tmp_path / "image.png"
    Image.new("L", (4, 4)).save(path, format="PCX")
    with pytest.raises(ImageReadError, match="PNG, JPEG, GIF, BMP, TIFF, WEBP, PPM, AVIF, JPEG2000"):
        _info(path)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "TIFF", "WEBP", "PPM"])
def test_a_truncated_image_is_refused_as_damaged(tmp_path: Path, kind: str) -> None:
    path = write_image(tmp_path / "image", noise(64, 64), format=kind)
    path.write_bytes(path.read_bytes()[:-500])
    with pytest.raises(ImageReadError, match="damaged or not readable: "):
        _read(path, 64, 64)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImageReadError, match="No such file"):
        _info(tmp_path / "gone.png")


def test_an_error_without_a_message_is_reported_by_its_type(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise MemoryError

    path = write_image(tmp_path / "image.png", noise(6, 5))
    monkeypatch.setattr(Image, "open", fail)
    with pytest.raises(ImageReadError, match="MemoryError"):
        _info(path)


def test_too_many_pixels_are_refused_before_decoding(tmp_path: Path) -> None:
    path = write_png_header(tmp_path / "bomb.png", 8193, 8192)
    with pytest.raises(ImageReadError, match=r"too large: 8192 x 8193 pixels, more than 67\.1 million"):
        _info(path)


def test_as_many_pixels_as_the_limit_are_read(tmp_path: Path) -> None:
    path = write_image(tmp_path / "image.png", noise(6, 5))
    assert _info(path, max_pixels=30).height == 6
    assert _read(path, 6, 5, max_pixels=30).pixels.shape == (6, 5)
    with pytest.raises(ImageReadError, match="too large"):
        _read(path, 6, 5, max_pixels=29)


def test_halving_the_size_averages_the_pixels(tmp_path: Path) -> None:
    checks = np.tile(np.array([[0, 200], [200, 0]], dtype=np.uint8), (4, 4))
    path = write_image(tmp_path / "checks.png", checks)
    np.testing.assert_allclose(_grey(path, 2, 2), 100, rtol=0, atol=25)


def test_a_jpeg_of_very_many_passes_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    Image.fromarray(noise(16, 16)).save(path, format="JPEG", progressive=True)
    content = path.read_bytes()
    n_passes = content.count(b"\xff\xda")
    assert _grey(path, 16, 16).shape == (16, 16)
    start = content.index(b"\xff\xda")
    following = content.index(b"\xff", start + 2)
    one_pass = content[start:following]
    path.write_bytes(content[:start] + one_pass * (200 - n_passes) + content[start:])
    assert _grey(path, 16, 16).shape == (16, 16)
    path.write_bytes(content[:start] + one_pass * (201 - n_passes) + content[start:])
    with pytest.raises(ImageReadError, match="a JPEG image of 201 passes"):
        _grey(path, 16, 16)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_colour_of_16_bits_is_turned_upright(tmp_path: Path, orientation: int) -> None:
    pixels = np.random.default_rng(0).integers(0, 65536, (4, 6, 3), dtype=np.uint16)
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = exif.tobytes().removeprefix(b"Exif\0\0")
    chunk = b"eXIf" + data
    whole = png(pixels, 16)
    end = whole.index(b"IDAT") - 4
    path = tmp_path / "a.png"
    packed = struct.pack(">I", len(data)) + chunk + struct.pack(">I", zlib.crc32(chunk))
    path.write_bytes(whole[:end] + packed + whole[end:])
    eight_bits = Image.fromarray((pixels >> 8).astype(np.uint8))
    eight_bits.getexif()[0x0112] = orientation
    expected = np.asarray(ImageOps.exif_transpose(eight_bits))
    np.testing.assert_array_equal(_colour(path, *expected.shape[:2]) >> 8, expected)


def _encoded(colour: tuple[int, int, int], image_format: str) -> io.BytesIO:
    stream = io.BytesIO()
    Image.new("RGB", (24, 16), colour).save(stream, image_format)
    stream.seek(0)
    return stream


@pytest.mark.parametrize(
    ("colour", "is_vivid"),
    [((200, 30, 30), True), ((90, 90, 90), False), ((126, 113, 100), True), ((125, 113, 100), False)],
)
def test_colours_that_are_seen_are_noticed(colour: tuple[int, int, int], *, is_vivid: bool) -> None:
    target = TargetFormat(16, 24, None, LoadOptions())
    assert image_file.read(_encoded(colour, "PNG"), target).info.is_vivid is is_vivid


def test_colours_of_a_jpeg_are_decoded_on_request_only() -> None:
    for colour, is_vivid in (((200, 30, 30), True), ((90, 90, 90), False)):
        grey, coloured = (TargetFormat(16, 24, None, LoadOptions(colour=is_colour)) for is_colour in (False, True))
        assert not image_file.read(_encoded(colour, "JPEG"), grey).info.is_vivid
        assert image_file.read(_encoded(colour, "JPEG"), grey, checks_jpeg=True).info.is_vivid is is_vivid
        assert image_file.read(_encoded(colour, "JPEG"), coloured).info.is_vivid is is_vivid
