"""The line below the parts: how many are needed, and how many of these were found again from other starts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListView

from nmf_explorer.factorize.model.nmf_model import NmfModel
from nmf_explorer.factorize.model.restarts import RestartReport
from nmf_explorer.resource_files import sample_images
from nmf_explorer.session.state.fit_settings import FitSettings
from nmf_explorer.ui.parts.agreement_label import AgreementLabel
from tests.session.fixtures import fit_and_wait, open_and_wait
from tests.ui.finding import find, labels

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow


def with_report(model: NmfModel | None, **facts: Any) -> NmfModel:
    """Return the same model with another report on restarts."""
    assert model is not None
    report = RestartReport(
        names=("pixels", *["random"] * facts["n_others"]),
        losses=np.zeros(1 + facts["n_others"]),
        n_as_good=facts["n_as_good"],
        found_again=np.array(facts["found_again"], dtype=float),
    )
    told = {name: getattr(model, name) for name in model.__dataclass_fields__}
    return NmfModel(**(told | {"restarts": report}))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (
            {"n_others": 9, "n_as_good": 8, "found_again": [1, 1, 1]},
            "3 of 3 parts found again from each of 8 other starts that came as low",
        ),
        (
            {"n_others": 9, "n_as_good": 2, "found_again": [0.5, 0, 0.5]},
            (
                "0 of 3 parts found again from each of 2 other starts that came as low: "
                "these images do not tell the parts apart"
            ),
        ),
        (
            {"n_others": 9, "n_as_good": 1, "found_again": [1, 0, 1]},
            "2 of 3 parts found again from the one other start that came as low; the others depend on the start",
        ),
        ({"n_others": 9, "n_as_good": 0, "found_again": [0, 0, 0]}, "none of 9 other starts came as low"),
        ({"n_others": 1, "n_as_good": 0, "found_again": [0, 0, 0]}, "the other start did not come as low"),
    ],
)
def test_the_agreement_of_starts_is_described(
    stripes: MainWindow, session: Session, facts: dict[str, Any], words: str
) -> None:
    session.show(session.shown.with_model(with_report(session.model, **facts)))
    label = find(stripes, QLabel, "Agreement of starts")
    assert label.text() == label.accessibleDescription() == words
    assert "what does not lies in the start" in label.toolTip()
    model = find(stripes, QListView, "Parts").model()
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    if facts["n_as_good"]:
        n_as_good = facts["n_as_good"]
        starts = f"{round(n_as_good * facts['found_again'][0])} of {n_as_good} starts that came as low"
        assert spoken.endswith(
            f", found again from {'the one other start that came as low' if n_as_good == 1 else starts}"
        )
    else:
        assert "found again" not in spoken


NONE_FOUND = "0 of 3 parts found again from each of 2 other starts that came as low"


@pytest.mark.parametrize(
    ("error", "ending"),
    [
        (0.0049, ": these images do not tell the parts apart"),
        (0.005, "; 0.5 % of the images is not explained, more parts may help"),
        (0.4629, "; 46 % of the images is not explained, more parts may help"),
    ],
)
def test_the_images_are_blamed_only_where_more_parts_cannot_help(
    stripes: MainWindow, session: Session, error: float, ending: str
) -> None:
    model = with_report(session.model, n_others=9, n_as_good=2, found_again=[0, 0, 0])
    session.show(session.shown.with_model(replace(model, relative_error=error)))
    assert find(stripes, QLabel, "Agreement of starts").text() == NONE_FOUND + ending


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ([[1, 2, 0]], "2 parts are enough: 1 is used by no image"),
        ([[0, 2, 0]], "1 part is enough: 2 are used by no image"),
        ([[1, 2, 3]], ""),
        ([[0, 0, 0]], ""),
    ],
)
def test_spare_parts_are_named_also_without_other_starts(
    stripes: MainWindow, session: Session, weights: list[list[float]], words: str
) -> None:
    assert session.model is not None
    spread = np.repeat(np.array(weights, dtype=np.float32), len(session.model.weights), axis=0)
    session.show(session.shown.with_model(replace(session.model, weights=spread, restarts=None)))
    labels = [label.text() for label in stripes.findChildren(AgreementLabel) if label.isVisible()]
    assert labels == ([words] if words else [])


def test_copies_are_spare(stripes: MainWindow, session: Session) -> None:
    assert session.model is not None
    parts = session.model.components[[0, 0, 0]]
    ones = np.ones_like(session.model.weights)
    session.show(session.shown.with_model(replace(session.model, components=parts, weights=ones, restarts=None)))
    assert find(stripes, QLabel, "Agreement of starts").text() == "1 part is enough: 2 are copies of others"
    alike = np.concatenate([session.model.components[:2], np.eye(1, parts.shape[1], dtype=np.float32)])
    session.show(session.shown.with_model(replace(session.model, components=alike)))
    assert find(stripes, QLabel, "Agreement of starts").text() == "2 parts are enough: 1 is a copy of another"


def test_a_fourth_part_of_three_stripes_is_spare(qtbot: QtBot, stripes: MainWindow, session: Session) -> None:
    session.set_n_components(4)
    fit_and_wait(qtbot, session)
    text = find(stripes, QLabel, "Agreement of starts").text()
    assert re.fullmatch(
        r"3 of 3 parts found again from each of \d+ other starts that came as low; "
        r"3 parts are enough: 1 is used by no image",
        text,
    )


def test_too_few_parts_are_not_blamed_on_the_images(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    open_and_wait(qtbot, session, sample_images() / "led_digits")
    session.set_n_components(4)
    fit_and_wait(qtbot, session)
    text = find(window, QLabel, "Agreement of starts").text()
    assert text.endswith("; 46 % of the images is not explained, more parts may help")


def test_starts_agree_on_led_segments_but_not_on_ten_digits(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    open_and_wait(qtbot, session, sample_images() / "led_digits")
    assert find(window, QLabel, "Agreement of starts").text().startswith("7 of 7 parts found again")
    open_and_wait(qtbot, session, sample_images() / "led_ten_digits")
    assert re.match(r"[0-6] of 7 parts found again", find(window, QLabel, "Agreement of starts").text())
    session.close_set()
    open_and_wait(qtbot, session, sample_images() / "stripes")
    session.set_fit_settings(FitSettings(start="random"))
    fit_and_wait(qtbot, session)
    assert "found again" not in labels(window)  # one start cannot be compared
