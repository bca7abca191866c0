"""Load options, and a preview of a few samples with other options."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
import pytest
from PIL import Image

from nmf_explorer.dataset.load_options import LoadOptions
from nmf_explorer.session.loading.import_preview import N_PREVIEWED, FileSample, preview_work
from tests.current import current
from tests.session.fixtures import PATIENCE, image_folder, open_and_wait

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.session.session import Session


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Return a folder of twenty images of two sizes."""
    folder = tmp_path / "mixed"
    image_folder(folder / "a", 15)
    image_folder(folder / "b", 5, size=(9, 9))
    return folder


def wait_for_preview(qtbot: QtBot, session: Session) -> None:
    """Wait until the preview is read or has failed."""
    qtbot.waitUntil(lambda: not session.import_preview.is_busy, timeout=PATIENCE)


def is_inverted(dataset: Dataset | None, *, of: Dataset) -> bool:
    """Return whether the first sample is the inverted one of another dataset."""
    assert dataset is not None
    return bool(np.allclose(dataset.sample_image(0), 1 - of.sample_image(0)))


def test_options_are_shown_only_if_they_are_relevant(
    qtbot: QtBot, session: Session, mixed: Path, tmp_path: Path
) -> None:
    open_and_wait(qtbot, session, image_folder(tmp_path / "plain"))
    assert not current(session.import_preview.is_shown)
    open_and_wait(qtbot, session, mixed)
    assert session.import_preview.is_shown
    assert not session.import_preview.is_changed
    wait_for_preview(qtbot, session)
    assert session.import_preview.preview is not None
    assert session.import_preview.preview.n_samples == N_PREVIEWED
    assert session.import_preview.preview.sample_shape == (5, 4)


def test_options_are_previewed_applied_and_remembered(qtbot: QtBot, session: Session, mixed: Path) -> None:
    open_and_wait(qtbot, session, mixed)
    wait_for_preview(qtbot, session)
    before, tried = session.dataset, session.import_preview.preview
    assert before is not None
    assert tried is not None
    session.import_preview.request_preview({"invert": True})
    assert session.import_preview.is_changed
    wait_for_preview(qtbot, session)
    assert is_inverted(session.import_preview.preview, of=tried)
    assert session.dataset is before
    with qtbot.waitSignal(session.dataset_changed, timeout=PATIENCE):
        session.import_preview.apply()
    assert is_inverted(session.dataset, of=before)
    assert not session.import_preview.is_shown
    session.close_set()
    open_and_wait(qtbot, session, mixed)
    assert is_inverted(session.dataset, of=before)
    assert not session.import_preview.is_shown


def test_kept_options_are_not_shown_again(qtbot: QtBot, session: Session, mixed: Path) -> None:
    open_and_wait(qtbot, session, mixed)
    before = session.dataset
    session.import_preview.request_preview({"invert": True})
    session.import_preview.keep_options()
    assert session.import_preview.options == LoadOptions()
    assert session.dataset is before
    open_and_wait(qtbot, session, mixed)
    assert not current(session.import_preview.is_shown)
    session.import_preview.show()
    assert session.import_preview.is_shown
    session.import_preview.apply()
    assert not session.import_preview.is_shown


def test_an_error_of_the_preview_is_reported(qtbot: QtBot, session: Session, mixed: Path) -> None:
    open_and_wait(qtbot, session, mixed)
    session.import_preview.request_preview({"size": (500, 500), "resize": "leave out"})
    wait_for_preview(qtbot, session)
    assert session.import_preview.preview is None
    assert "at least 2 are needed" in str(session.import_preview.problem)
    session.import_preview.request_preview({"resize": "crop"})
    wait_for_preview(qtbot, session)
    assert session.import_preview.problem is None


def test_reload_with_applies_an_advice(qtbot: QtBot, session: Session, mixed: Path) -> None:
    session.import_preview.reload_with({"invert": True})
    assert current(session.dataset) is None
    open_and_wait(qtbot, session, mixed)
    with qtbot.waitSignal(session.dataset_changed, timeout=PATIENCE):
        session.import_preview.reload_with({"resize": "leave out"})
    assert session.dataset is not None
    assert session.dataset.n_samples == 15


def test_there_are_no_options_without_a_dataset(session: Session) -> None:
    session.import_preview.show()
    session.import_preview.keep_options()
    session.import_preview.apply()
    assert not session.import_preview.is_shown


TRIES: list[tuple[dict[str, object], tuple[int, ...]]] = [
    ({}, (5, 4)),
    ({"transpose": True}, (4, 5)),
    ({"size": (7, 7)}, (7, 7)),
    ({"resize": "leave out"}, (5, 4)),
]


@pytest.mark.parametrize(("changes", "shape"), TRIES)
def test_previewed_samples_have_the_size_of_the_dataset(
    qtbot: QtBot, session: Session, mixed: Path, changes: dict[str, object], shape: tuple[int, ...]
) -> None:
    open_and_wait(qtbot, session, mixed)
    assert session.dataset is not None
    options = session.dataset.report.options.replace(changes)
    small = preview_work(FileSample((mixed,)), options, session.dataset)(print, lambda: False)
    assert cast("Dataset", small).sample_shape == shape


def test_a_single_image_is_previewed_as_a_whole(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (64, 64), dtype=np.uint8)
    Image.fromarray(pixels).save(tmp_path / "sheet.png")
    open_and_wait(qtbot, session, tmp_path / "sheet.png")
    assert session.dataset is not None
    assert session.import_preview.is_shown
    options = session.dataset.report.options.replace({"tile_size": 32})
    small = cast(
        "Dataset", preview_work(FileSample((tmp_path / "sheet.png",)), options, session.dataset)(print, lambda: False)
    )
    assert (small.n_samples, small.sample_shape) == (4, (32, 32))
