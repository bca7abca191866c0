"""Sources and options of a request, and what is stored of them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nmf_explorer.dataset.files.found_file import FoundFile
from nmf_explorer.dataset.load_options import LoadOptions
from nmf_explorer.resource_files import sample_images
from nmf_explorer.session.state.open_request import OpenRequest

if TYPE_CHECKING:
    from nmf_explorer.session.state.preferences import Preferences

INVERTED = LoadOptions(invert=True, size=(3, 4))
PASTED = FoundFile(Path("pasted"), "pasted", opener=BytesIO)


def test_options_of_the_last_time_are_used(preferences: Preferences, tmp_path: Path) -> None:
    assert OpenRequest.of([tmp_path], None, preferences) == ((tmp_path,), LoadOptions(), False)
    request = OpenRequest.of([tmp_path], INVERTED, preferences)
    assert request.is_chosen_by_user
    request.remember(preferences)
    assert preferences.recent() == [tmp_path]
    assert OpenRequest.of([tmp_path], None, preferences) == request
    assert OpenRequest.of([tmp_path / "other"], None, preferences).options == LoadOptions()


def test_options_that_the_user_did_not_choose_are_not_stored(preferences: Preferences, tmp_path: Path) -> None:
    OpenRequest.of([tmp_path], None, preferences).remember(preferences)
    assert preferences.recent() == [tmp_path]
    assert preferences.load_options(tmp_path) is None


@pytest.mark.parametrize("sources", [[], [Path("/a"), Path("/b")], [PASTED], [sample_images() / "stripes"]])
def test_some_sources_are_not_added_to_the_recent_ones(
    preferences: Preferences, sources: list[Path | FoundFile]
) -> None:
    request = OpenRequest.of(sources, INVERTED, preferences)
    assert request.recent_path() is None
    request.remember(preferences)
    assert preferences.recent() == []
