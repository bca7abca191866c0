"""What the worker of a session is doing."""

from __future__ import annotations

from enum import Enum


class Activity(Enum):
    """What the worker is doing."""

    IDLE = "idle"
    LOADING = "loading"
    FITTING = "fitting"
