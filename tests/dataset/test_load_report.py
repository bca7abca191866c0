"""The report on a loaded set: only what matters, with the action that helps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from scipy.io import savemat

from nmf_explorer.dataset.load import load
from nmf_explorer.dataset.loading.data_quality import inspect
from tests.dataset.array_kinds import dense
from tests.dataset.images import noise, write_grey_images, write_image

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from nmf_explorer.dataset.load_options import LoadKeywords
    from nmf_explorer.dataset.loading.load_progress import LoadProgress


def _digit(value: int, *, ink: int, paper: int) -> np.ndarray:
    pixels = np.full((12, 8), paper, np.uint8)
    pixels[2:10, 3 + value % 3] = ink
    pixels[2 + value, 2:6] = ink
    return pixels


def test_a_usual_set_gets_no_advice(tmp_path: Path) -> None:
    write_grey_images(tmp_path, "a.png", "b.png", "c.png")
    report = load(tmp_path).report
    assert (report.relevant_options, report.advice, report.table_sizes) == (frozenset(), (), ())


def test_dark_ink_on_bright_paper_is_offered_to_be_inverted(tmp_path: Path) -> None:
    for value in range(6):
        write_image(tmp_path / f"{value}.png", _digit(value, ink=0, paper=255))
    dataset = load(tmp_path)
    assert "invert" in dataset.report.relevant_options
    assert dataset.report.advice[0].action == "Invert"
    inverted = load(tmp_path, **dataset.report.advice[0].changes)
    assert inverted.stored[0, 0] == 0
    assert "invert" in inverted.report.relevant_options
    assert not any(advice.action == "Invert" for advice in inverted.report.advice)


@pytest.mark.parametrize(("ink", "paper"), [(255, 0), (140, 120), (120, 128)])
def test_bright_ink_and_grey_are_not_offered_to_be_inverted(tmp_path: Path, ink: int, paper: int) -> None:
    for value in range(6):
        write_image(tmp_path / f"{value}.png", _digit(value, ink=ink, paper=paper))
    assert "invert" not in load(tmp_path).report.relevant_options


def test_duplicates_are_reported(tmp_path: Path) -> None:
    write_grey_images(tmp_path, "a.png", "b.png")
    write_image(tmp_path / "c.png", noise(6, 5, seed=1))
    assert load(tmp_path).notes == ("1 of 3 images are the same as one before them (the first is “c.png”).",)


def test_constant_pixels_are_reported_if_there_are_many(tmp_path: Path) -> None:
    for number in range(3):
        pixels = noise(4, 4, seed=number)
        pixels[:2] = 7
        write_image(tmp_path / f"{number}.png", pixels)
    (advice,) = load(tmp_path).report.advice
    assert advice.message == (
        "8 of 16 pixels are the same in every image, but not black; the parts add up to them in each."
    )


def test_black_pixels_are_those_that_are_black_after_inverting(tmp_path: Path) -> None:
    for number in range(3):
        pixels = noise(4, 4, seed=number)
        pixels[0], pixels[1] = 0, 255
        write_image(tmp_path / f"{number}.png", pixels)
    texts = [
        "4 of 16 pixels are black in every image; no part contains them.",
        "4 of 16 pixels are the same in every image, but not black; the parts add up to them in each.",
    ]
    for invert in (False, True):
        dataset = load(tmp_path, invert=invert)
        assert [str(advice.message) for advice in dataset.report.advice] == texts
        assert np.count_nonzero(dataset.stored.max(axis=0) == 0) == 4


def _noise_with_brighter_edges() -> NDArray[np.uint8]:
    """Make 40 images of noise around 90 whose edges are brighter by 14."""
    images = np.random.default_rng(0).normal(90, 20, (40, 16, 16))
    images[:, [0, -1]] += 14
    images[:, 1:-1, [0, -1]] += 14
    return images.round().clip(0, 255).astype(np.uint8)


def _paper() -> NDArray[np.uint8]:
    return np.stack([_digit(value, ink=10, paper=150) for value in range(6)])


@pytest.mark.parametrize(("images", "expected"), [(_noise_with_brighter_edges(), False), (_paper(), True)])
@pytest.mark.parametrize("dtype", ["uint8", "int64", "uint16", "float32", "float64"])
def test_the_same_numbers_get_the_same_advice_to_invert(
    tmp_path: Path, images: NDArray[np.uint8], dtype: str, *, expected: bool
) -> None:
    np.save(tmp_path / "images.npy", images.astype(dtype))
    report = load(tmp_path / "images.npy").report
    assert ("Invert" in [str(advice.action) for advice in report.advice]) is expected
    assert ("invert" in report.relevant_options) is expected


@pytest.mark.parametrize(("images", "expected"), [(_noise_with_brighter_edges(), False), (_paper(), True)])
def test_tables_get_the_advice_to_invert_that_images_get(
    tmp_path: Path, images: NDArray[np.uint8], *, expected: bool
) -> None:
    np.savetxt(tmp_path / "images.csv", images.reshape(len(images), -1), fmt="%d", delimiter=",")
    savemat(tmp_path / "images.mat", {"images": images.reshape(len(images), -1).astype(np.float64)})
    for name in ("images.csv", "images.mat"):
        report = load(tmp_path / name, table_size=images.shape[1:]).report
        assert ("invert" in report.relevant_options) is expected


@pytest.mark.parametrize(("ink", "background", "other"), [(255, "white", "black"), (0, "black", "white")])
@pytest.mark.parametrize("mode", ["LA", "RGBA"])
def test_drawings_that_are_lost_in_the_background_are_seen_by_one_click(
    tmp_path: Path, ink: int, background: Literal["white", "black"], other: str, mode: str
) -> None:
    for value in range(4):
        shape = _digit(value, ink=255, paper=0)
        channels = [np.full_like(shape, ink)] * (len(mode) - 1)
        Image.fromarray(np.dstack([*channels, shape]), mode).save(tmp_path / f"{value}.png")
    (advice,) = load(tmp_path, background=background).report.advice
    assert str(advice.action) == f"Put {other} behind"
    seen = load(tmp_path, **advice.changes)
    assert {tuple(np.unique(row)) for row in dense(seen.stored)} == {(0, 255)}
    assert not any("show nothing" in str(one.message) for one in seen.report.advice)


def test_large_photographs_are_reduced_and_can_be_had_in_full(tmp_path: Path) -> None:
    for number in range(2):
        pixels = np.repeat(np.repeat(noise(3, 4, seed=number), 100, axis=0), 100, axis=1)
        write_image(tmp_path / f"{number}.jpg", pixels, format="JPEG")
    dataset = load(tmp_path)
    assert dataset.sample_shape == (221, 295)
    (advice,) = dataset.report.advice
    assert advice.message.startswith("The images of 400 x 300 pixels were reduced to 295 x 221")
    assert "size" in dataset.report.relevant_options
    assert load(tmp_path, **advice.changes).sample_shape == (300, 400)
    across = load(tmp_path, transpose=True)
    assert across.sample_shape == (295, 221)
    changes: LoadKeywords = {**across.report.advice[0].changes, "transpose": True}
    assert load(tmp_path, **changes).sample_shape == (400, 300)


@given(st.integers(0, 2**32 - 1), st.integers(1, 9), st.integers(1, 5), st.integers(1, 50))
@settings(deadline=None, max_examples=40)
def test_looking_in_pieces_sees_the_same_as_looking_at_all(seed: int, n: int, p: int, at_once: int) -> None:
    stored = np.random.default_rng(seed).integers(0, 2, (n, p), dtype=np.uint8)
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr("nmf_explorer.dataset.loading.data_quality._BLOCK_SIZE", at_once)
        found = inspect(stored, (1, p), lambda: None)
    seen: set[bytes] = set()
    repeated = []
    for i, row in enumerate(stored):
        is_uniform = p > 1 and row.min() == row.max()
        assert (i in found.uniform) == is_uniform
        repeated += [i] if row.tobytes() in seen and not is_uniform else []
        seen.add(row.tobytes())
    assert found.duplicates.tolist() == repeated
    assert found.constant_values.tolist() == [column[0] for column in stored.T if column.min() == column.max()]
    assert found.uniform_values.tolist() == [row[0] for row in stored if p > 1 and row.min() == row.max()]
    assert found.highest == stored.max()


def test_the_first_pictures_are_shown_while_the_rest_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nmf_explorer.dataset.loading.progress._PREVIEW_SECONDS", 0)
    monkeypatch.setattr("nmf_explorer.dataset.loading.decoder_pool._EVENT_SECONDS", 0)
    monkeypatch.setattr("nmf_explorer.dataset.loading.image_rows._MAX_PREVIEW_IMAGES", 3)
    write_grey_images(tmp_path, *(f"{number}.png" for number in range(9)))
    reports: list[LoadProgress] = []
    dataset = load(tmp_path, on_progress=reports.append)
    shown = [report.first for report in reports if report.first]
    assert [first.n_samples for first in shown] == sorted(first.n_samples for first in shown)
    assert shown[-1].n_samples == 3
    np.testing.assert_array_equal(shown[-1].stored, dataset.stored[:3])
    assert shown[-1].sample_names == ("0.png", "1.png", "2.png")
    assert reports[-1][:2] == (9, 9)
    reports.clear()
    load(tmp_path, on_progress=reports.append, invert=True)
    preview = reports[-1].first
    assert preview is not None
    np.testing.assert_array_equal(preview.stored, 255 - dense(dataset.stored)[:3])
