"""The fixtures of the session's tests."""

from tests.session.fixtures import (
    busy_fit,
    busy_load,
    cache_folder,
    no_thread_is_left,
    owner,
    preferences,
    session,
    settings_folder,
    stripes,
)

__all__ = [
    "busy_fit",
    "busy_load",
    "cache_folder",
    "no_thread_is_left",
    "owner",
    "preferences",
    "session",
    "settings_folder",
    "stripes",
]
