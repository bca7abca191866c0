"""The marked pixel and its sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nmf_explorer.resource_files import sample_images
from nmf_explorer.session.exploring.pointer import PixelTarget
from tests.current import current
from tests.session.fixtures import fit_and_wait, image_folder, open_and_wait

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session


def test_there_is_no_pixel_without_a_dataset(session: Session) -> None:
    pointer = session.pointer
    pointer.toggle()
    pointer.move(1, 1)
    assert (pointer.shape, pointer.pixel, pointer.is_held) == (None, None, False)
    assert (pointer.value(), pointer.image_value(), pointer.sum()) == (None, None, None)


def test_the_mark_follows_the_mouse(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    open_and_wait(qtbot, session, image_folder(tmp_path / "mine"))
    pointer = session.pointer
    assert pointer.shape == (5, 4)
    with qtbot.waitSignal(pointer.changed):
        pointer.hover((1, 2))
    with qtbot.assertNotEmitted(pointer.changed):
        pointer.hover((1, 2))
    assert pointer.sum() is None
    dataset = session.dataset
    assert dataset is not None
    assert pointer.image_value() == pytest.approx(float(dataset.sample_image(0)[1, 2]))
    pointer.hover(None)
    assert pointer.pixel is None


def test_a_held_mark_stays_and_is_moved_within_the_image(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    open_and_wait(qtbot, session, image_folder(tmp_path / "mine"))
    pointer = session.pointer
    pointer.toggle()
    assert (pointer.pixel, pointer.is_held) == ((2, 2), True)
    pointer.hover((0, 0))
    pointer.hover(None)
    assert current(pointer.pixel) == (2, 2)
    pointer.move(-1, 1)
    assert current(pointer.pixel) == (1, 3)
    pointer.move(-10, 10)
    assert current(pointer.pixel) == (0, 3)
    pointer.mark((4, 0))
    assert current(pointer.pixel) == (4, 0)
    pointer.toggle()
    assert (pointer.pixel, pointer.is_held) == (None, False)


def test_hold_starts_at_the_mouse_and_a_new_dataset_releases_it(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    open_and_wait(qtbot, session, image_folder(tmp_path / "mine"))
    session.pointer.hover((4, 3), PixelTarget("sample", 1))
    session.pointer.hold(PixelTarget("sample", 1))
    assert current(session.pointer.pixel) == (4, 3)
    open_and_wait(qtbot, session, image_folder(tmp_path / "small", size=(2, 2)))
    assert (session.pointer.pixel, session.pointer.is_held) == (None, False)


def test_a_mark_outside_a_new_dataset_has_no_pixel_and_no_value(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    open_and_wait(qtbot, session, image_folder(tmp_path / "mine"))
    session.pointer.mark((4, 3), PixelTarget("sample", 5))
    seen: list[tuple[object, ...]] = []
    session.equation.changed.connect(lambda: seen.append((session.pointer.pixel, session.pointer.value())))
    open_and_wait(qtbot, session, image_folder(tmp_path / "few", 2))
    assert seen[0] == ((4, 3), None)
    session.pointer.mark((4, 3))
    open_and_wait(qtbot, session, image_folder(tmp_path / "small", size=(2, 2)))
    assert seen[-1] == (None, None)


def test_values_of_parts_and_samples_and_the_sum(qtbot: QtBot, session: Session) -> None:
    open_and_wait(qtbot, session, sample_images() / "stripes")
    pointer, dataset, model = session.pointer, session.dataset, session.model
    assert dataset is not None
    assert model is not None
    pointer.hover((1, 3), PixelTarget("sample", 4))
    assert pointer.value() == pytest.approx(float(dataset.sample_image(4)[1, 3]))
    pointer.hover((1, 3), PixelTarget("sample", session.selected_sample))
    assert pointer.value() is None
    pointer.hover((1, 3), PixelTarget("part", 0))
    assert pointer.value() == pytest.approx(float(model.component_image(0)[1, 3]))
    pointer.hover((1, 3), PixelTarget("part", 2))
    session.set_n_components(1)
    fit_and_wait(qtbot, session)
    assert pointer.value() is None
    pixel_sum = pointer.sum()
    assert pixel_sum is not None
    assert len(pixel_sum.terms) == 1


def test_the_sum_follows_a_moved_weight(qtbot: QtBot, session: Session) -> None:
    open_and_wait(qtbot, session, sample_images() / "stripes")
    session.pointer.hover((1, 3))
    before = session.pointer.sum()
    assert before is not None
    assert before.reconstruction == pytest.approx(0.98, abs=0.01)
    session.equation.set_weight(before.terms[0].part, 0.5)
    after = session.pointer.sum()
    assert after is not None
    assert after.reconstruction == pytest.approx(0.5, abs=0.01)
    assert after.sample == before.sample
