"""How a set was read, tried otherwise on a few samples, and opened again."""

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
    """Twenty pictures of two sizes."""
    folder = tmp_path / "mixed"
    image_folder(folder / "a", 15)
    image_folder(folder / "b", 5, size=(9, 9))
    return folder


def wait_for_preview(qtbot: QtBot, session: Session) -> None:
    """Wait until a preview, or what is wrong with it, is there."""
    qtbot.waitUntil(lambda: not session.import_preview.is_busy, timeout=PATIENCE)


def is_inverted(dataset: Dataset | None, *, of: Dataset) -> bool:
    """Whether the first sample is white less that of the other set."""
    assert dataset is not None
    return bool(np.allclose(dataset.sample_image(0), 1 - of.sample_image(0)))


def test_choices_are_offered_only_where_they_matter(
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


def test_a_choice_is_tried_and_applied_and_remembered(qtbot: QtBot, session: Session, mixed: Path) -> None:
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


def test_what_is_kept_is_not_asked_again(qtbot: QtBot, session: Session, mixed: Path) -> None:
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


def test_what_cannot_be_done_is_told_beside_the_preview(qtbot: QtBot, session: Session, mixed: Path) -> None:
    open_and_wait(qtbot, session, mixed)
    session.import_preview.request_preview({"size": (500, 500), "resize": "leave out"})
    wait_for_preview(qtbot, session)
    assert session.import_preview.preview is None
    assert "at least 2 are needed" in str(session.import_preview.problem)
    session.import_preview.request_preview({"resize": "crop"})
    wait_for_preview(qtbot, session)
    assert session.import_preview.problem is None


def test_an_advice_is_followed_at_once(qtbot: QtBot, session: Session, mixed: Path) -> None:
    session.import_preview.reload_with({"invert": True})
    assert current(session.dataset) is None
    open_and_wait(qtbot, session, mixed)
    with qtbot.waitSignal(session.dataset_changed, timeout=PATIENCE):
        session.import_preview.reload_with({"resize": "leave out"})
    assert session.dataset is not None
    assert session.dataset.n_samples == 15


def test_nothing_is_shown_without_a_set(session: Session) -> None:
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
def test_a_few_of_many_have_the_size_of_the_set(
    qtbot: QtBot, session: Session, mixed: Path, changes: dict[str, object], shape: tuple[int, ...]
) -> None:
    open_and_wait(qtbot, session, mixed)
    assert session.dataset is not None
    options = session.dataset.report.options.replace(changes)
    small = preview_work(FileSample((mixed,)), options, session.dataset)(print, lambda: False)
    assert cast("Dataset", small).sample_shape == shape


def test_one_picture_is_tried_as_a_whole(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
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
