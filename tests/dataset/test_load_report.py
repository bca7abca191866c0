"""The report on a loaded set: only what matters, with the action that helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nmf_explorer.dataset.load import load
from nmf_explorer.dataset.loading.data_quality import inspect
from tests.dataset.array_kinds import dense
from tests.dataset.images import noise, write_grey_images, write_image

if TYPE_CHECKING:
    from pathlib import Path

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
    assert advice.message == "8 of 16 pixels are the same in every image; no part depends on them."


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
        found = inspect(stored, (1, p), 255, lambda: None)
    seen: set[bytes] = set()
    repeated = []
    for i, row in enumerate(stored):
        is_uniform = p > 1 and row.min() == row.max()
        assert (i in found.uniform) == is_uniform
        repeated += [i] if row.tobytes() in seen and not is_uniform else []
        seen.add(row.tobytes())
    assert found.duplicates.tolist() == repeated
    assert found.n_constant_pixels == sum(column.min() == column.max() for column in stored.T)
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
