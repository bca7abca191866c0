"""The sample that is shown after loading and fitting tells something; a sample that the user has chosen stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from nmf_explorer.resource_files import sample_images
from tests.session.fixtures import PATIENCE, error_of, fit_and_wait, open_and_wait, wait_until_idle

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session


def fit_parts(qtbot: QtBot, session: Session, n_components: int) -> None:
    """Fit so many parts."""
    session.set_n_components(n_components)
    fit_and_wait(qtbot, session)


def overall_error(session: Session) -> float:
    """Return the relative error of all samples."""
    assert session.model is not None
    return session.model.relative_error


def test_fewer_parts_show_a_sample_that_fails_and_keep_it_while_it_tells(qtbot: QtBot, session: Session) -> None:
    open_and_wait(qtbot, session, sample_images() / "led_digits")
    assert session.selected_sample == 0
    shown = []
    for n_components in (4, 5, 6, 7):
        fit_parts(qtbot, session, n_components)
        assert error_of(session) >= overall_error(session) / 2
        shown.append(session.selected_sample)
    assert 0 not in shown
    assert shown[-1] == shown[-2]  # all is explained: no sample tells more
    assert not session.is_sample_chosen


@pytest.mark.parametrize("choice", ["selected", "same selected", "stepped to", "weight moved", "worst"])
def test_a_sample_that_the_user_has_chosen_stays(qtbot: QtBot, stripes: Session, choice: str) -> None:
    if choice == "selected":
        stripes.select_sample(3)
    elif choice == "same selected":
        stripes.select_sample(0)
    elif choice == "stepped to":
        stripes.sample_view.step(1)
    elif choice == "weight moved":
        stripes.equation.set_weight(0, 0.5)
    else:
        stripes.sample_view.show_worst()
        qtbot.waitUntil(lambda: not stripes.sample_view.is_busy, timeout=PATIENCE)
    before = stripes.selected_sample
    for n_components in (1, 2):
        fit_parts(qtbot, stripes, n_components)
        assert stripes.selected_sample == before


def test_without_a_choice_the_sample_changes(qtbot: QtBot, stripes: Session) -> None:
    assert not stripes.is_sample_chosen
    fit_parts(qtbot, stripes, 2)
    assert error_of(stripes) >= overall_error(stripes) / 2
    assert stripes.selected_sample != 0


def test_an_index_outside_the_set_is_no_choice(stripes: Session) -> None:
    for index in (-1, 60):
        stripes.select_sample(index)
    assert not stripes.is_sample_chosen
    stripes.select_sample(59)
    assert stripes.is_sample_chosen


def test_a_drawing_stays(qtbot: QtBot, stripes: Session) -> None:
    stripes.drawing.open(is_open=True)
    fit_parts(qtbot, stripes, 1)
    assert stripes.is_drawing_selected
    assert stripes.selected_sample == 0


def test_a_sample_chosen_during_the_fit_stays(qtbot: QtBot, stripes: Session) -> None:
    stripes.set_n_components(1)
    stripes.step_fit()
    qtbot.waitUntil(lambda: stripes.is_fit_paused, timeout=PATIENCE)
    stripes.select_sample(5)
    stripes.resume()
    wait_until_idle(qtbot, stripes)
    assert stripes.selected_sample == 5


def test_the_first_sample_shows_something_and_another_set_starts_anew(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    images = np.zeros((5, 4, 4), np.uint8)
    images[2:, 1, 1] = 200, 100, 50
    for i, image in enumerate(images):
        Image.fromarray(image).save(tmp_path / f"{i}.png")
    open_and_wait(qtbot, session, tmp_path)
    assert session.selected_sample == 2
    session.select_sample(0)
    open_and_wait(qtbot, session, sample_images() / "stripes")
    assert (session.selected_sample, session.is_sample_chosen) == (0, False)
    session.close_set()
    assert session.selected_sample == 0
