"""Files and folders become a dataset of one shape, with an outcome for every file."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from nmf_explorer.dataset.load import load
from nmf_explorer.dataset.loading import target_size
from nmf_explorer.dataset.sample_sets import SAMPLE_SETS, SampleSet
from nmf_explorer.errors import SourceError
from tests.dataset.array_kinds import dense
from tests.dataset.images import noise, write_grey_images, write_image, write_png_header

if TYPE_CHECKING:
    from pathlib import Path

    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.dataset.loading.load_progress import LoadProgress


def _notes(dataset: Dataset) -> str:
    return "\n".join(dataset.notes)


@pytest.mark.parametrize("sample_set", SAMPLE_SETS, ids=lambda s: s.key)
def test_the_sets_that_come_with_the_program_are_read_whole(sample_set: SampleSet) -> None:
    dataset = load(sample_set.path)
    assert (dataset.n_samples, dataset.sample_shape) == (sample_set.n_samples, sample_set.sample_shape)
    assert dataset.stored.dtype == np.uint8
    assert dataset.name == sample_set.key
    assert dataset.skipped == ()


def test_a_folder_is_read_in_natural_order(tmp_path: Path) -> None:
    images = write_grey_images(tmp_path, "10.png", "2.png", "sub/1.png")
    dataset = load(tmp_path)
    assert dataset.sample_names == ("2.png", "10.png", "sub/1.png")
    assert dataset.sample_shape == (6, 5)
    assert (dataset.skipped, dataset.notes) == ((), ())
    np.testing.assert_array_equal(dataset.stored, [images[i].ravel() for i in (1, 0, 2)])
    np.testing.assert_allclose(dataset.sample_image(0), images[1] / 255, rtol=1e-6)


def test_a_list_of_folders_and_files_is_read_once_each(tmp_path: Path) -> None:
    write_grey_images(tmp_path / "class", "b.png", "set/a.png", "set/c.png")
    names: list[str | Path] = [
        tmp_path / "class" / "b.png",
        str(tmp_path / "class" / "set"),
        tmp_path / "class" / "set" / "a.png",
    ]
    dataset = load(names)
    assert dataset.sample_names == ("b.png", "a.png", "c.png")
    assert dataset.name == "class"


def test_a_set_is_named_after_its_folder_or_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_grey_images(tmp_path / "letters", "a.png", "b.png")
    np.save(tmp_path / "stack.npy", noise(3, 4, 5))
    assert load(str(tmp_path / "letters")).name == "letters"
    assert load(tmp_path / "stack.npy").name == "stack.npy"
    monkeypatch.chdir(tmp_path / "letters")
    assert load(".").name == "letters"
    assert load(["a.png", "b.png"]).name == "letters"
    assert load("..").name == ".."


def test_the_root_folder_has_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def list_nothing(_folder: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", list_nothing)
    for source in ("/", ["/", "/"]):
        with pytest.raises(SourceError, match="Usable images in “/”: 0"):
            load(source)


def test_nothing_to_open_is_an_error() -> None:
    with pytest.raises(SourceError, match="Nothing to open"):
        load([])


def test_a_path_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"There is no file or folder “.*nowhere”"):
        load([tmp_path, tmp_path / "nowhere"])


def test_too_few_images_are_an_error_that_names_set_and_first_reason(tmp_path: Path) -> None:
    folder = tmp_path / "my set"
    write_grey_images(folder, "good.png")
    (folder / "1 bad.png").write_text("no picture")
    (folder / "2 bad.png").touch()
    with pytest.raises(SourceError) as caught:
        load(folder)
    text = str(caught.value)
    assert "“my set”: 1; at least 2" in text
    assert "Skipped files: 2. 1 bad.png: not a picture" in text


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r": 0; at least 2 .* Open a folder that holds more images\.$"):
        load(tmp_path)


def test_pixels_that_turn_out_damaged_count_as_missing(tmp_path: Path) -> None:
    write_grey_images(tmp_path, "a.png")
    write_png_header(tmp_path / "b.png", 6, 5)
    with pytest.raises(SourceError, match=r"at least 2 .* b\.png: damaged"):
        load(tmp_path)


def test_a_damaged_file_leaves_no_row_behind(tmp_path: Path) -> None:
    images = write_grey_images(tmp_path, "a.png", "c.png")
    write_png_header(tmp_path / "b.png", 6, 5)
    dataset = load(tmp_path)
    assert dataset.sample_names == ("a.png", "c.png")
    np.testing.assert_array_equal(dataset.stored, [image.ravel() for image in images])
    assert [skipped.path.name for skipped in dataset.skipped] == ["b.png"]


def test_the_most_frequent_size_wins_and_other_images_are_resized_and_counted(tmp_path: Path) -> None:
    write_image(tmp_path / "1.png", np.full((9, 9), 80, dtype=np.uint8))
    write_grey_images(tmp_path, "2.png", "3.png")
    dataset = load(tmp_path)
    assert dataset.sample_shape == (6, 5)
    np.testing.assert_array_equal(dataset.stored[0], 80)
    assert "1 of 3 images had another size and were resized to 5 x 6 pixels." in dataset.notes


def test_of_equally_frequent_sizes_the_first_wins(tmp_path: Path) -> None:
    write_image(tmp_path / "1.png", noise(4, 7))
    write_image(tmp_path / "2.png", noise(7, 4))
    assert load(tmp_path).sample_shape == (4, 7)


def test_an_array_counts_as_many_images_as_it_holds(tmp_path: Path) -> None:
    write_grey_images(tmp_path, "a.png", "b.png")
    np.save(tmp_path / "c.npy", noise(3, 4, 7))
    dataset = load(tmp_path)
    assert dataset.sample_shape == (4, 7)
    assert dataset.sample_names == ("a.png", "b.png", "c 1", "c 2", "c 3")
    assert "2 of 5 images had another size" in _notes(dataset)


def test_one_array_is_enough_for_a_set(tmp_path: Path) -> None:
    stack = noise(3, 4, 5)
    np.save(tmp_path / "stack.npy", stack)
    dataset = load(tmp_path / "stack.npy")
    assert dataset.sample_names == ("stack 1", "stack 2", "stack 3")
    np.testing.assert_array_equal(dataset.stored, stack.reshape(3, 20))


@pytest.mark.parametrize(("size", "shape"), [(4, (4, 4)), ((3, 8), (3, 8))])
def test_every_sample_gets_the_requested_size(
    tmp_path: Path, size: int | tuple[int, int], shape: tuple[int, int]
) -> None:
    write_grey_images(tmp_path, "a.png", "b.png")
    write_image(tmp_path / "c.png", noise(*shape))
    dataset = load(tmp_path, size=size)
    assert dataset.sample_shape == shape
    assert "2 of 3 images had another size" in _notes(dataset)


def test_a_size_that_no_memory_holds_is_an_error(tmp_path: Path) -> None:
    write_grey_images(tmp_path, "a.png", "b.png")
    with pytest.raises(SourceError, match="neither memory nor disk has as much"):
        load(tmp_path, size=10**9)


def test_colour_keeps_three_channels(tmp_path: Path) -> None:
    images = [noise(4, 5, 3, seed=seed) for seed in range(2)]
    for number, pixels in enumerate(images):
        write_image(tmp_path / f"{number}.png", pixels)
    write_image(tmp_path / "2.png", noise(4, 5))
    dataset = load(tmp_path, colour=True)
    assert dataset.sample_shape == (4, 5, 3)
    np.testing.assert_array_equal(dense(dataset.stored)[1].reshape(4, 5, 3), images[1])
    assert load(tmp_path).sample_shape == (4, 5)


@pytest.mark.parametrize("colour", [False, True])
def test_sets_beyond_the_memory_limit_are_reduced_and_that_is_reported(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    colour: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    write_grey_images(tmp_path, "a.png", "b.png", "c.png", height=40, width=20)
    limit = 3 * 20 * 10 * (3 if colour else 1)
    monkeypatch.setattr(target_size, "MAX_VALUES", limit)
    dataset = load(tmp_path, colour=colour)
    assert dataset.sample_shape[:2] == (20, 10)
    assert dataset.stored.size <= limit
    assert dataset.notes[0] == (
        "The images of 20 x 40 pixels were reduced to 10 x 20 so that all of them fit into memory."
    )


def test_a_set_just_within_the_memory_limit_keeps_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_grey_images(tmp_path, "a.png", "b.png")
    monkeypatch.setattr(target_size, "MAX_VALUES", 60)
    dataset = load(tmp_path)
    assert dataset.sample_shape == (6, 5)
    assert dataset.notes == ()


def test_no_side_is_reduced_to_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_grey_images(tmp_path, "a.png", "b.png", height=1, width=40)
    monkeypatch.setattr(target_size, "MAX_VALUES", 20)
    assert load(tmp_path).sample_shape == (1, 20)


@pytest.mark.parametrize(
    "names", [("a.png", "b.tif", "c.png"), ("b.tif", "c.png", "d.png"), ("c.png", "d.png", "z.tif")]
)
def test_eight_bit_and_float_pictures_share_one_scale(tmp_path: Path, names: tuple[str, ...]) -> None:
    expected = {}
    for name in names:
        pixels = np.full((2, 2), 0.25, dtype=np.float32) if name.endswith(".tif") else noise(2, 2, seed=ord(name[0]))
        write_image(tmp_path / name, pixels, format="TIFF")
        expected[name] = pixels if name.endswith(".tif") else pixels / 255
    dataset = load(tmp_path)
    assert dataset.stored.dtype == np.float32
    assert dataset.white == 1.0
    for index, name in enumerate(dataset.sample_names):
        np.testing.assert_allclose(dataset.sample_image(index), expected[name], rtol=1e-6)


def test_further_frames_are_left_out_and_that_is_reported(tmp_path: Path) -> None:
    write_grey_images(tmp_path, "a.png", "b.png")
    write_image(tmp_path / "c.tif", noise(6, 5), format="TIFF")
    first, *others = [Image.fromarray(noise(6, 5, seed=seed)) for seed in range(3)]
    first.save(tmp_path / "film.gif", save_all=True, append_images=others)
    dataset = load(tmp_path)
    assert dataset.n_samples == 4
    assert "1 of 4 images have several frames; the first one was taken." in dataset.notes


def test_uniform_images_are_reported(tmp_path: Path) -> None:
    write_grey_images(tmp_path, "a.png", "c.png")
    write_image(tmp_path / "b.png", np.full((6, 5), 7, dtype=np.uint8))
    write_image(tmp_path / "d.png", np.zeros((6, 5), dtype=np.uint8))
    assert load(tmp_path).notes == ("2 of 4 images show nothing, every pixel is the same (the first is “b.png”).",)


def test_pictures_of_one_pixel_are_not_called_empty(tmp_path: Path) -> None:
    write_grey_images(tmp_path, "a.png", "b.png", height=1, width=1)
    dataset = load(tmp_path)
    assert dataset.sample_shape == (1, 1)
    assert dataset.notes == ()


def test_progress_counts_images_up_to_all_of_them(tmp_path: Path) -> None:
    write_grey_images(tmp_path, "a.png", "c.png")
    write_png_header(tmp_path / "b.png", 6, 5)
    np.save(tmp_path / "d.npy", noise(3, 6, 5))
    reports: list[LoadProgress] = []
    load(tmp_path, on_progress=reports.append)
    assert reports[-1][:2] == (6, 6)
    assert [report.done for report in reports] == sorted(report.done for report in reports)


def test_names_that_are_no_valid_text_are_kept(tmp_path: Path) -> None:
    name = os.fsdecode(b"bad\xff\n.png")
    write_grey_images(tmp_path, "a.png", name)
    assert load(tmp_path).sample_names == ("a.png", name)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured in kilobytes there")
def test_frames_of_a_long_animation_are_reduced_one_by_one(tmp_path: Path) -> None:
    """At full size, they would need 160 MB."""
    frames = [Image.fromarray(np.full((1600, 1600), 4 * i, np.uint8)) for i in range(60)]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:])
    program = (
        "import resource, sys, nmf_explorer\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "dataset = nmf_explorer.load(sys.argv[1])\n"
        "print(dataset.stored.shape, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "a.gif")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - this program
    *shape, kilobytes = done.stdout.split()
    assert " ".join(shape) == "(60, 65536)"
    assert int(kilobytes) < 90_000
