"""Settings of a fit that do not fit together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmf_explorer.session.state.fit_settings import FitSettings, refusal

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session


def test_incompatible_settings_are_refused() -> None:
    assert refusal(FitSettings()) is None
    assert refusal(FitSettings(loss="kullback-leibler")) is None
    assert "'hals'" in str(refusal(FitSettings(solver="hals", loss="kullback-leibler")))
    assert "'pixels'" in str(refusal(FitSettings(solver="scikit-learn", start="pixels")))


def test_equal_settings_are_no_change(qtbot: QtBot, session: Session) -> None:
    with qtbot.assertNotEmitted(session.fit_settings_changed):
        session.set_fit_settings(FitSettings())
    with qtbot.waitSignal(session.fit_settings_changed):
        session.set_fit_settings(FitSettings(random_state=1))
