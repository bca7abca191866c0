"""Each option of `load`: what it changes, and what is reported about it."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from nmf_explorer.dataset.files.found_file import FoundFile
from nmf_explorer.dataset.load import load
from nmf_explorer.errors import DataError, OptionError, SourceError
from tests.dataset.array_kinds import dense
from tests.dataset.images import noise, write_grey_images, write_image

if TYPE_CHECKING:
    from pathlib import Path

    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.dataset.load_options import LoadKeywords


def _advice(dataset: Dataset, word: str) -> LoadKeywords:
    """Return the changes offered by the advice that contains a word."""
    (advice,) = [advice for advice in dataset.report.advice if word in advice.message]
    return advice.changes


def test_an_unknown_option_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="sise"):
        load(tmp_path, sise=3)  # type: ignore[call-arg]


def test_other_sizes_can_be_cut_shown_whole_distorted_or_left_out(tmp_path: Path) -> None:
    for number in range(3):
        write_image(tmp_path / f"{number}.png", np.full((4, 4), 50 + number, np.uint8))
    wide = np.zeros((4, 12), np.uint8)
    wide[:, 4:8] = 100
    write_image(tmp_path / "wide.png", wide)
    cut, whole = load(tmp_path), load(tmp_path, resize="fit")
    np.testing.assert_array_equal(cut.stored[3], 100)
    assert (whole.sample_image(3)[0] == 1).all()
    assert load(tmp_path, resize="fit", background="black").stored[3][0] == 0
    assert 0 < load(tmp_path, resize="stretch").stored[3][1] < 100
    left = load(tmp_path, resize="leave out")
    assert left.n_samples == 3
    assert left.skipped[0].reason == "has another size: 12 x 4 pixels"
    assert {"size", "resize"} <= cut.report.relevant_options
    assert cut.report.sizes == (((4, 4), 3), ((4, 12), 1))
    assert _advice(cut, "another size") == {"resize": "leave out"}


def test_leaving_out_keeps_the_most_frequent_size_even_where_it_was_guessed_wrongly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nmf_explorer.dataset.loading.load_set._MAX_HEADERS", 1)
    write_image(tmp_path / "0.png", noise(9, 9))
    write_grey_images(tmp_path, "1.png", "2.png")
    (tmp_path / "3.png").write_text("no picture")
    dataset = load(tmp_path, resize="leave out")
    assert dataset.sample_names == ("1.png", "2.png")
    assert {entry.path.name for entry in dataset.skipped} == {"0.png", "3.png"}


def test_inverted_is_white_less_the_value(tmp_path: Path) -> None:
    images = write_grey_images(tmp_path, "a.png", "b.png")
    np.testing.assert_array_equal(load(tmp_path, invert=True).stored, [255 - p.ravel() for p in images])


def test_exchanged_rows_and_columns(tmp_path: Path) -> None:
    images = write_grey_images(tmp_path, "a.png", "b.png", height=6, width=5)
    dataset = load(tmp_path, transpose=True)
    assert dataset.sample_shape == (5, 6)
    np.testing.assert_array_equal(dataset.stored, [p.T.ravel() for p in images])
    assert load(tmp_path, transpose=True, size=(4, 9)).sample_shape == (4, 9)
    assert "transpose" in dataset.report.relevant_options


def test_exchanged_in_colour(tmp_path: Path) -> None:
    images = [noise(4, 3, 3, seed=i) for i in range(2)]
    for i, pixels in enumerate(images):
        write_image(tmp_path / f"{i}.png", pixels)
    dataset = load(tmp_path, transpose=True, colour=True)
    assert dataset.sample_shape == (3, 4, 3)
    np.testing.assert_array_equal(dense(dataset.stored)[1].reshape(3, 4, 3), images[1].swapaxes(0, 1))
    assert "colour" in dataset.report.relevant_options


def test_an_array_is_exchanged_inverted_and_made_grey_like_images(tmp_path: Path) -> None:
    stack = noise(3, 4, 9)
    np.save(tmp_path / "a.npy", stack)
    dataset = load(tmp_path / "a.npy", transpose=True, invert=True)
    assert dataset.sample_shape == (9, 4)
    np.testing.assert_array_equal(dataset.stored, 255 - stack.swapaxes(1, 2).reshape(3, -1))
    np.save(tmp_path / "c.npy", np.repeat(stack[..., np.newaxis], 3, axis=-1))
    np.testing.assert_array_equal(load(tmp_path / "c.npy").stored, stack.reshape(3, -1))
    assert load(tmp_path / "a.npy", colour=True).sample_shape == (4, 9, 3)
    assert load(tmp_path / "a.npy", size=3).sample_shape == (3, 3)
    np.save(tmp_path / "f.npy", np.repeat(stack[..., np.newaxis], 3, axis=-1).astype(np.float32))
    np.testing.assert_allclose(dense(load(tmp_path / "f.npy").stored), stack.reshape(3, -1), rtol=1e-5)


def test_numbers_of_twelve_bits_are_not_nearly_black(tmp_path: Path) -> None:
    for number in range(2):
        pixels = noise(4, 5, seed=number).astype(np.uint16) * 16
        pixels[0, 0] = 4080
        write_image(tmp_path / f"{number}.png", pixels)
    dataset = load(tmp_path)
    assert (dataset.stored.dtype, dataset.white) == (np.dtype(np.uint16), 4080.0)
    assert "white" in dataset.report.relevant_options
    changes = _advice(dataset, "none is above 4,080")
    assert load(tmp_path, **changes).white == 65535
    assert load(tmp_path, white="maximum").white == 4080
    assert load(tmp_path, white=4095).white == 4095
    inverted = load(tmp_path, invert=True)
    np.testing.assert_array_equal(inverted.stored, 4080 - dense(dataset.stored))


def test_sixteen_bits_stay_and_eight_beside_them_are_spread(tmp_path: Path) -> None:
    deep = np.full((2, 2), 65535, np.uint16)
    write_image(tmp_path / "a.png", deep)
    write_image(tmp_path / "b.png", np.array([[255, 1], [0, 2]], np.uint8))
    dataset = load(tmp_path)
    assert (dataset.stored.dtype, dataset.white) == (np.dtype(np.uint16), 65535)
    np.testing.assert_array_equal(dataset.stored, [[65535] * 4, [65535, 257, 0, 514]])


def test_a_deep_picture_that_nobody_expected_is_read_with_its_depth(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nmf_explorer.dataset.loading.load_set._MAX_HEADERS", 1)
    images = write_grey_images(tmp_path, "a.png", "b.png", height=2, width=2)
    write_image(tmp_path / "c.png", np.full((2, 2), 40000, np.uint16))
    assert dense(load(tmp_path).stored)[2].tolist() == [40000] * 4
    write_image(tmp_path / "d.tif", np.full((2, 2), 0.5, np.float32), format="TIFF")
    dataset = load(tmp_path)
    assert dataset.stored.dtype == np.float32
    np.testing.assert_allclose(
        dense(dataset.stored)[[0, 2, 3], 0], [images[0][0, 0] / 255, 40000 / 65535, 0.5], rtol=1e-6
    )


def test_all_frames_can_be_taken(tmp_path: Path) -> None:
    write_grey_images(tmp_path, "a.png")
    frames = [Image.fromarray(noise(6, 5, seed=seed)) for seed in range(1, 4)]
    frames[0].save(tmp_path / "film.gif", save_all=True, append_images=frames[1:])
    first = load(tmp_path)
    assert first.n_samples == 2
    assert "frames" in first.report.relevant_options
    dataset = load(tmp_path, **_advice(first, "several frames"))
    assert dataset.sample_names == ("a.png", "film 1", "film 2", "film 3")
    np.testing.assert_array_equal(dataset.stored, [noise(6, 5, seed=seed).ravel() for seed in range(4)])


def test_one_film_is_a_set_of_its_frames(tmp_path: Path) -> None:
    frames = [Image.fromarray(noise(6, 5, seed=seed)) for seed in range(3)]
    frames[0].save(tmp_path / "film.tif", save_all=True, append_images=frames[1:])
    dataset = load(tmp_path / "film.tif")
    np.testing.assert_array_equal(dataset.stored, [noise(6, 5, seed=seed).ravel() for seed in range(3)])
    assert dataset.notes == ()
    assert load(tmp_path / "film.tif", transpose=True).sample_shape == (5, 6)


def test_one_picture_is_a_set_of_its_tiles(tmp_path: Path) -> None:
    photograph = noise(40, 60)
    path = write_image(tmp_path / "photo.png", photograph)
    dataset = load(path)
    assert dataset.sample_shape == (4, 4)
    assert dataset.n_samples == 150
    assert {"tile_size", "tile_step"} <= dataset.report.relevant_options
    tiles = load(path, tile_size=(20, 30), tile_step=10)
    assert tiles.sample_names[:3] == ("photo.png 1,1", "photo.png 1,2", "photo.png 1,3")
    np.testing.assert_array_equal(tiles.sample_image(5) * 255, photograph[10:30, 10:40].astype(np.float32))
    assert load(path, frames="first").n_samples == 150


def test_tiles_in_colour_and_across(tmp_path: Path) -> None:
    photograph = noise(8, 12, 3)
    path = write_image(tmp_path / "photo.png", photograph)
    tiles = load(path, tile_size=(8, 4), colour=True)
    assert tiles.sample_shape == (8, 4, 3)
    np.testing.assert_array_equal(dense(tiles.stored)[1].reshape(8, 4, 3), photograph[:, 4:8])
    assert load(path, tile_size=(8, 4), transpose=True).sample_shape == (4, 8)


def test_many_photographs_can_be_cut_into_tiles(tmp_path: Path) -> None:
    images = write_grey_images(tmp_path, "a.png", "b.png", height=6, width=9)
    write_image(tmp_path / "c.png", noise(2, 2))
    dataset = load(tmp_path, tile_size=3)
    assert dataset.n_samples == 12
    np.testing.assert_array_equal(dataset.stored[6], images[1][:3, :3].ravel())
    assert "no room for a tile of 3 x 3" in dataset.skipped[0].reason


def test_one_picture_that_is_damaged_has_its_reason(tmp_path: Path) -> None:
    (tmp_path / "one.png").write_text("no picture")
    with pytest.raises(SourceError, match=r"one\.png: not a picture"):
        load(tmp_path / "one.png")


def test_class_folders_are_labels(tmp_path: Path) -> None:
    write_grey_images(tmp_path, "set/cat/1.png", "set/dog/1.png", "set/dog/2.png")
    assert load(tmp_path / "set").labels == ("cat", "dog", "dog")
    assert load([tmp_path / "set" / "dog", tmp_path / "set" / "cat"]).labels == ("dog", "dog", "cat")
    assert load(tmp_path / "set" / "dog").labels == ()
    write_image(tmp_path / "set" / "loose.png", noise(6, 5))
    assert load(tmp_path / "set").labels == ()


def test_an_archive_is_opened_like_a_folder(tmp_path: Path) -> None:
    write_grey_images(tmp_path / "set", "cat/1.png", "dog/1.png", "dog/2.png")
    with zipfile.ZipFile(tmp_path / "set.zip", "w") as archive:
        for path in sorted((tmp_path / "set").rglob("*.png")):
            archive.write(path, path.relative_to(tmp_path / "set"))
        archive.writestr("notes.txt", "no picture")
    dataset, folder = load(tmp_path / "set.zip"), load(tmp_path / "set")
    np.testing.assert_array_equal(dataset.stored, folder.stored)
    assert (dataset.sample_names, dataset.labels) == (folder.sample_names, folder.labels)
    assert [entry.path.name for entry in dataset.skipped] == ["notes.txt"]
    together = load([tmp_path / "set.zip", tmp_path / "set" / "cat"])
    assert together.n_samples == 4


def test_an_archive_in_a_folder_is_reported(tmp_path: Path) -> None:
    write_grey_images(tmp_path, "a.png", "b.png")
    with zipfile.ZipFile(tmp_path / "more.zip", "w") as archive:
        archive.write(tmp_path / "a.png", "a.png")
    (skipped,) = load(tmp_path).skipped
    assert "open it by itself" in skipped.reason


def test_a_damaged_archive_is_reported(tmp_path: Path) -> None:
    (tmp_path / "set.zip").write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(SourceError, match=r"set\.zip: "):
        load(tmp_path / "set.zip")


def test_a_pasted_picture_is_opened_like_a_file() -> None:
    buffer = io.BytesIO()
    Image.fromarray(noise(40, 40)).save(buffer, format="PNG")
    pasted = FoundFile("pasted.png", "pasted.png", opener=lambda: io.BytesIO(buffer.getvalue()))
    dataset = load(pasted)
    assert (dataset.name, dataset.n_samples) == ("pasted.png", 100)
    assert load([pasted, pasted]).n_samples == 2


def test_sparse_numbers_stay_sparse(tmp_path: Path) -> None:
    from scipy.sparse import csr_array, save_npz

    dense = np.array([[0, 1, 0, 2, 0, 0], [3, 0, 0, 0, 0, 4], [0, 0, 5, 0, 0, 0]], np.float32)
    save_npz(tmp_path / "sparse.npz", csr_array(dense))
    dataset = load(tmp_path / "sparse.npz", table_size=(2, 3))
    assert not isinstance(dataset.stored, np.ndarray)
    np.testing.assert_array_equal(dataset.stored.toarray(), dense)
    across = load(tmp_path / "sparse.npz", table_size=(2, 3), transpose=True)
    assert across.sample_shape == (3, 2)
    np.testing.assert_array_equal(across.sample_image(0), dense[0].reshape(2, 3).T)
    with pytest.raises(DataError, match="sparse and cannot be inverted"):
        load(tmp_path / "sparse.npz", invert=True)
    np.save(tmp_path / "more.npy", noise(2, 3, 2))
    mixed = load([tmp_path / "sparse.npz", tmp_path / "more.npy"], size=(2, 3))
    assert isinstance(mixed.stored, np.ndarray)
    assert mixed.stored.dtype == np.float32


def test_a_table_offers_its_sizes(tmp_path: Path) -> None:
    np.save(tmp_path / "digits.npy", noise(5, 104))
    dataset = load(tmp_path / "digits.npy")
    assert dataset.sample_shape == dataset.report.table_sizes[0]
    assert {(13, 8), (8, 13)} <= set(dataset.report.table_sizes)
    assert {"table_size", "samples_in", "transpose"} <= dataset.report.relevant_options
    assert load(tmp_path / "digits.npy", samples_in="columns").n_samples == 104


def _idx(path: Path, numbers: np.ndarray) -> None:
    head = bytes([0, 0, 8, numbers.ndim]) + b"".join(n.to_bytes(4, "big") for n in numbers.shape)
    path.write_bytes(head + numbers.astype(np.uint8).tobytes())


def test_labels_that_lie_beside_pictures_are_taken(tmp_path: Path) -> None:
    stack = noise(3, 4, 5)
    _idx(tmp_path / "train-images-idx3-ubyte", stack)
    _idx(tmp_path / "train-labels-idx1-ubyte", np.array([7, 1, 7]))
    dataset = load(tmp_path)
    np.testing.assert_array_equal(dataset.stored, stack.reshape(3, 20))
    assert (dataset.labels, dataset.skipped, dataset.notes) == (("7", "1", "7"), (), ())
    _idx(tmp_path / "train-labels-idx1-ubyte", np.array([7, 1]))
    (note,) = load(tmp_path).notes
    assert "there are 2 of them, and 3 images" in note
    (tmp_path / "train-labels-idx1-ubyte").write_bytes(b"\0\0\x08\x01no labels")
    (note,) = load(tmp_path).notes
    assert "cannot be used" in note


def test_label_files_are_not_searched_among_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nmf_explorer.dataset.loading.expand_sources._MAX_FILES_WITH_LABELS", 1)
    _idx(tmp_path / "train-images-idx3-ubyte", noise(3, 4, 5))
    _idx(tmp_path / "train-labels-idx1-ubyte", np.array([7, 1, 7]))
    dataset = load(tmp_path)
    assert (dataset.labels, len(dataset.skipped)) == ((), 1)


def test_stacks_of_another_size_are_left_out_too(tmp_path: Path) -> None:
    write_grey_images(tmp_path, "a.png", "b.png", "c.png")
    np.save(tmp_path / "d.npy", noise(2, 4, 4))
    dataset = load(tmp_path, resize="leave out")
    assert (dataset.n_samples, dataset.skipped[0].reason) == (3, "has another size: 4 x 4 pixels")


def test_a_file_that_cannot_be_read_does_not_choose_the_size(tmp_path: Path) -> None:
    write_grey_images(tmp_path, "a.png", "b.png")
    np.save(tmp_path / "c.npy", np.full((9, 4, 4), np.nan))
    dataset = load(tmp_path)
    assert (dataset.n_samples, dataset.sample_shape, len(dataset.skipped)) == (2, (6, 5), 1)
    assert dataset.notes == ()
