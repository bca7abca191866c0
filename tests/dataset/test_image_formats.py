"""Every image format and mode, and files that are damaged, hostile or of another kind."""

from __future__ import annotations

import io
import os
import struct
import sys
import zlib
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np
import PIL
import pytest
from packaging.version import Version
from PIL import Image, PngImagePlugin

from nmf_explorer.dataset.files.found_file import FoundFile
from nmf_explorer.dataset.load import load
from nmf_explorer.dataset.load_options import LoadOptions
from nmf_explorer.dataset.readers.images import image_file, multi_frame_file
from nmf_explorer.errors import ImageReadError, SourceError
from tests.dataset.array_kinds import dense
from tests.dataset.images import noise, write_grey_images, write_image, write_png_header

if TYPE_CHECKING:
    from pathlib import Path

    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.dataset.readers.samples.file_samples import FileInfo

WHITE = 255
RAMP = np.broadcast_to(np.linspace(0, 255, 32).astype(np.uint8), (24, 32))
LOSSLESS: dict[str, dict[str, Any]] = {
    "PNG": {},
    "GIF": {},
    "BMP": {},
    "TIFF": {},
    "PPM": {},
    "WEBP": {"lossless": True},
}
LOSSY: dict[str, dict[str, Any]] = {"JPEG": {"quality": 95}, "AVIF": {"quality": 95}, "JPEG2000": {}, "MPO": {}}
SAVE_OPTIONS = {**LOSSLESS, **LOSSY}
MODES = {
    "1": ["PNG", "GIF", "BMP", "TIFF", "PPM"],
    "L": [*LOSSLESS, *LOSSY],
    "LA": ["PNG", "TIFF"],
    "P": ["PNG", "GIF", "BMP", "TIFF"],
    "RGB": [*LOSSLESS, *LOSSY],
    "RGBA": ["PNG", "TIFF", "WEBP", "AVIF", "JPEG2000"],
    "CMYK": ["JPEG", "TIFF"],
    "YCbCr": ["TIFF", "JPEG"] if Version(PIL.__version__) >= Version("13") else ["JPEG"],  # it could not read its own
    "I;16": ["PNG", "TIFF", "JPEG2000", "PPM"],
    "F": ["TIFF"],
}
CASES = [(mode, kind) for mode, kinds in MODES.items() for kind in kinds]
REASONS = [
    (b"version https://git-lfs.github.com/spec/v1\n", "Git LFS"),
    (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
    (b"PK\x03\x04 something", "archive"),
    (b"\x89PNG\r\n\x1a\n", "damaged"),
    (b"\n <!DOCTYPE html><html>", "web page"),
    (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "PostScript"),
    (b"BLP2" + bytes(280), "not a picture of a known kind"),
    (bytes(4096), "not a picture of a known kind"),
]


def _read_info(path: Path, **options: object) -> FileInfo:
    with FoundFile(path, path.name).open() as stream:
        return image_file.read_info(stream, LoadOptions.from_mapping(options))


def _load_with_one_odd_file(folder: Path, name: str) -> Dataset:
    """Load a folder in which that one file is odd."""
    dataset = load(folder)
    assert (name in dataset.sample_names) != (name in [entry.path.name for entry in dataset.skipped])
    return dataset


@pytest.mark.parametrize(("mode", "kind"), CASES, ids=lambda value: value)
def test_every_mode_of_every_format_is_read_as_it_is_displayed(tmp_path: Path, mode: str, kind: str) -> None:
    image = Image.fromarray(RAMP)
    if mode == "I;16":
        image = Image.fromarray(RAMP.astype(np.uint16) * 257)
    elif mode == "F":
        image = Image.fromarray(RAMP.astype(np.float32) / WHITE)
    elif mode == "P":
        image = image.quantize(256)
    elif mode != "L":
        image = image.convert("RGB").convert(mode)
    for name in ("a", "b"):
        image.save(tmp_path / name, format=kind, **SAVE_OPTIONS[kind])
    dataset = load(tmp_path)
    expected = RAMP > 127 if mode == "1" else RAMP / WHITE
    if mode == "1":  # dithered: equal on average
        assert set(np.unique(dense(dataset.stored))) == {0, WHITE}
        assert abs(float(dataset.sample_image(0).mean()) - 0.5) < 0.1
    else:
        np.testing.assert_allclose(dataset.sample_image(0), expected, atol=0.03)
    depth = {"I;16": np.uint16, "F": np.float32}.get(mode, np.uint8)
    assert dataset.stored.dtype == depth
    colour = load(tmp_path, colour=True)
    np.testing.assert_allclose(colour.sample_image(0)[..., 1], dataset.sample_image(0), atol=0.03)


@pytest.mark.parametrize("mode", MODES)
def test_only_modes_with_colour_channels_count_as_colour(tmp_path: Path, mode: str) -> None:
    Image.new(mode, (4, 4)).save(tmp_path / "a", format=MODES[mode][-1])
    assert _read_info(tmp_path / "a").is_colour == (mode in ("RGB", "RGBA", "CMYK", "YCbCr"))


@pytest.mark.parametrize(("palette", "is_colour"), [([10, 20, 30, 200, 100, 50], True), ([9, 9, 9, 99, 99, 99], False)])
def test_a_palette_counts_as_colour_unless_it_is_grey(tmp_path: Path, palette: list[int], is_colour: bool) -> None:  # noqa: FBT001 - a parameter of the test
    image = Image.new("P", (4, 4))
    image.putpalette(palette)
    image.save(tmp_path / "a.png")
    assert _read_info(tmp_path / "a.png").is_colour is is_colour


@pytest.mark.parametrize(("content", "reason"), REASONS, ids=[reason for _, reason in REASONS[:-2]] + ["BLP", "zeros"])
def test_a_file_of_another_kind_is_skipped_with_its_kind(tmp_path: Path, content: bytes, reason: str) -> None:
    write_grey_images(tmp_path, "a.png", "b.png")
    (tmp_path / "odd.png").write_bytes(content)
    (skipped,) = _load_with_one_odd_file(tmp_path, "odd.png").skipped
    assert reason in skipped.reason


def test_an_empty_file_a_pipe_and_a_link_to_a_folder_are_skipped_with_the_reason(tmp_path: Path) -> None:
    write_grey_images(tmp_path, "a.png", "b.png")
    (tmp_path / "empty.png").touch()
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    reasons = {entry.path.name: entry.reason for entry in load(tmp_path).skipped}
    assert reasons == {
        "empty.png": "the file is empty",
        "pipe.png": "not a regular file",
        "loop": "a link to a folder; links are not followed",
    }


def test_opening_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    with pytest.raises(ImageReadError, match="not a regular file"):
        FoundFile(tmp_path / "pipe.png", "pipe.png").open()


def test_a_large_file_is_read(tmp_path: Path) -> None:
    for number in range(2):
        write_image(tmp_path / f"{number}.bmp", noise(1100, 1000, seed=number), format="BMP")
    dataset = load(tmp_path, size=(1100, 1000))
    np.testing.assert_array_equal(dataset.sample_image(1) * WHITE, noise(1100, 1000, seed=1).astype(np.float32))


def test_too_many_pixels_are_refused_before_decoding_unless_the_limit_is_raised(tmp_path: Path) -> None:
    write_grey_images(tmp_path, "a.png", "b.png")
    write_png_header(tmp_path / "bomb.png", 13_300, 13_300)
    assert "too large: 13300 x 13300 pixels" in load(tmp_path).skipped[0].reason
    assert "damaged" in load(tmp_path, max_pixels=200_000_000).skipped[0].reason


def test_a_png_with_compressed_text_above_the_limit_is_refused(tmp_path: Path) -> None:
    write_grey_images(tmp_path, "a.png", "b.png")
    text = PngImagePlugin.PngInfo()
    text.add_text("comment", "x" * 70_000_000, zip=True)
    Image.new("L", (5, 6)).save(tmp_path / "odd.png", pnginfo=text)
    (skipped,) = _load_with_one_odd_file(tmp_path, "odd.png").skipped
    assert "too large" in skipped.reason


@pytest.mark.filterwarnings("ignore")  # Pillow warns, and the program ignores it
def test_malformed_exif_data_is_ignored(tmp_path: Path) -> None:
    Image.fromarray(RAMP).save(tmp_path / "a.jpg", exif=b"Exif\0\0garbage of a camera")
    Image.fromarray(RAMP).save(tmp_path / "b.jpg", exif=b"Exif\0\0II*\0" + struct.pack("<I", 2**31) + bytes(9))
    text = PngImagePlugin.PngInfo()
    text.add_text("Raw profile type exif", "\nexif\n4\nno hexadecimal numbers")
    Image.fromarray(RAMP).save(tmp_path / "c.png", pnginfo=text)
    assert load(tmp_path).n_samples == 3


def test_an_orientation_stored_after_the_pixels_is_applied(tmp_path: Path) -> None:
    write_image(tmp_path / "a.png", noise(4, 9))
    exif = Image.Exif()
    exif[0x0112] = 6
    content = (tmp_path / "a.png").read_bytes()
    chunk = b"eXIf" + exif.tobytes()[6:]
    late = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    (tmp_path / "a.png").write_bytes(content[:-12] + late + content[-12:])
    (tmp_path / "b.png").write_bytes(content[:-12] + late + content[-12:])
    dataset = load(tmp_path)
    assert dataset.sample_shape == (9, 4)
    np.testing.assert_array_equal(dense(dataset.stored)[0].reshape(9, 4), np.rot90(noise(4, 9), -1))


def test_the_hidden_image_of_an_mpo_photograph_is_read_only_with_all_frames(tmp_path: Path) -> None:
    frames = [Image.fromarray(noise(64, 64, seed=seed)) for seed in range(2)]
    frames[0].save(tmp_path / "photo.jpg", format="MPO", save_all=True, append_images=frames[1:])
    assert load(tmp_path / "photo.jpg").sample_names[0] == "photo.jpg 1,1"
    assert load(tmp_path / "photo.jpg", frames="all").n_samples == 2


def test_pages_are_resized_to_the_size_of_the_first(tmp_path: Path) -> None:
    pages = [Image.fromarray(noise(8, 5, seed=0)), Image.fromarray(noise(4, 9, seed=1))]
    pages[0].save(tmp_path / "pages.tif", save_all=True, append_images=pages[1:])
    dataset = load(tmp_path / "pages.tif")
    assert (dataset.n_samples, dataset.sample_shape) == (2, (8, 5))


def test_too_many_frames_for_the_memory_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    frames = [Image.fromarray(noise(8, 5, seed=seed)) for seed in range(3)]
    frames[0].save(tmp_path / "frames.tif", save_all=True, append_images=frames[1:])
    monkeypatch.setattr(multi_frame_file, "MOST_BYTES", 100)
    with pytest.raises(SourceError, match="too large: 3 frames"):
        load(tmp_path / "frames.tif")


def test_too_many_tiles_for_the_memory_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nmf_explorer.dataset.readers.images.tile_file.MOST_BYTES", 1000)
    with pytest.raises(SourceError, match="too many tiles"):
        load(write_image(tmp_path / "a.png", noise(40, 40)))


def test_heif_is_supported_if_pillow_heif_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    registered: list[str] = []
    module = ModuleType("pillow_heif")
    module.register_heif_opener = lambda: registered.append("HEIF")  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pillow_heif", module)
    monkeypatch.setattr(image_file, "find_spec", lambda _: object())
    image_file.supported_formats.cache_clear()
    assert image_file.supported_formats()[-1] == "HEIF"
    assert registered == ["HEIF"]
    image_file.supported_formats.cache_clear()


def test_a_list_of_files_supports_slices_and_len(tmp_path: Path) -> None:
    from nmf_explorer.dataset.files.find_files import find_files

    write_grey_images(tmp_path, "10.png", "2.png", "1.png")
    files = find_files([tmp_path], lambda: False).files
    assert [file.name for file in files[1:]] == ["2.png", "10.png"]
    assert files[-1].path == tmp_path / "10.png"
    assert len(files) == 3


def test_a_member_with_a_hostile_name_is_read_and_nothing_is_written(tmp_path: Path) -> None:
    import zipfile

    buffer = io.BytesIO()
    Image.fromarray(noise(6, 5)).save(buffer, format="PNG")
    with zipfile.ZipFile(tmp_path / "set.zip", "w") as archive:
        archive.writestr("../../b.png", buffer.getvalue())
        archive.writestr("/a\n<b>.png", buffer.getvalue())
    dataset = load(tmp_path / "set.zip")
    assert dataset.n_samples == 2
    assert [path.name for path in tmp_path.iterdir()] == ["set.zip"]
