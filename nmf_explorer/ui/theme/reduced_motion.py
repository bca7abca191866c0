"""The user's preference for reduced motion."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication


def is_motion_allowed() -> bool:
    """Whether the system does not ask for reduced motion, which Qt reports since 6.12."""
    hints = getattr(QGuiApplication.styleHints(), "accessibility", None)  # since Qt 6.10
    preference = getattr(hints(), "motionPreference", None) if hints else None
    return preference is None or preference().name == "NoPreference"
