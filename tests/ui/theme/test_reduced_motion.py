"""Qt before 6.10 reports no accessibility hints, and before 6.12 none about motion: motion is allowed then."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtGui import QGuiApplication

from nmf_explorer.ui.theme.reduced_motion import is_motion_allowed


def hints_of(preference: str) -> SimpleNamespace:
    return SimpleNamespace(motionPreference=lambda: SimpleNamespace(name=preference))


@pytest.mark.parametrize(
    ("hints", "is_allowed"),
    [
        (SimpleNamespace(), True),
        (SimpleNamespace(accessibility=SimpleNamespace), True),
        (SimpleNamespace(accessibility=lambda: hints_of("NoPreference")), True),
        (SimpleNamespace(accessibility=lambda: hints_of("ReducedMotion")), False),
    ],
    ids=["6.8", "6.10", "no preference", "reduced"],
)
def test_motion_is_allowed_unless_the_system_says_otherwise(
    monkeypatch: pytest.MonkeyPatch, hints: SimpleNamespace, *, is_allowed: bool
) -> None:
    monkeypatch.setattr(QGuiApplication, "styleHints", lambda: hints)
    assert is_motion_allowed() is is_allowed
