"""Whether things may move by themselves: the system says so, where it can."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication


def moves() -> bool:
    """Whether the user has not asked the system for less motion; Qt can tell from 6.12 on."""
    hints = QGuiApplication.styleHints().accessibility()
    preference = getattr(hints, "motionPreference", None)
    return preference is None or preference().name == "NoPreference"
