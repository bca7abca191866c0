"""What is opened, how, and under what name it is remembered."""

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


def test_a_set_is_read_as_it_was_chosen_the_last_time(preferences: Preferences, tmp_path: Path) -> None:
    assert OpenRequest.of([tmp_path], None, preferences) == ((tmp_path,), LoadOptions(), False)
    opening = OpenRequest.of([tmp_path], INVERTED, preferences)
    assert opening.is_chosen_by_user
    opening.remember(preferences)
    assert preferences.recent() == [tmp_path]
    assert OpenRequest.of([tmp_path], None, preferences) == opening
    assert OpenRequest.of([tmp_path / "other"], None, preferences).options == LoadOptions()


def test_what_nobody_chose_is_not_remembered(preferences: Preferences, tmp_path: Path) -> None:
    OpenRequest.of([tmp_path], None, preferences).remember(preferences)
    assert preferences.recent() == [tmp_path]
    assert preferences.load_options(tmp_path) is None


@pytest.mark.parametrize("sources", [[], [Path("/a"), Path("/b")], [PASTED], [sample_images() / "stripes"]])
def test_some_sets_have_no_place_among_the_recent_ones(
    preferences: Preferences, sources: list[Path | FoundFile]
) -> None:
    opening = OpenRequest.of(sources, INVERTED, preferences)
    assert opening.recent_path() is None
    opening.remember(preferences)
    assert preferences.recent() == []
