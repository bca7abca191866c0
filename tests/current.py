"""Read a changing attribute in an assert without narrowing its type."""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")


def current(value: T) -> T:
    """Return the value itself.

    After ``assert panel.selected is None`` mypy takes ``panel.selected`` for None until something is assigned to it,
    calls the later ``assert panel.selected == 3`` impossible and stops checking the test. What a call returned is not
    narrowed: ``assert current(panel.selected) is None``.
    """
    return value
