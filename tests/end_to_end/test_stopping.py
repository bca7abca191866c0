"""Cancelling a fit, opening another set or closing the window during one: at once, and no process stays."""

from pathlib import Path

import pytest

from tests.end_to_end.conftest import StartProgram
from tests.end_to_end.harness.explorer import Explorer
from tests.end_to_end.harness.image_folders import make_folder, make_slow_set


@pytest.fixture(scope="module")
def slow_set(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_slow_set(tmp_path_factory.mktemp("slow") / "noise.npy")


def start_slow_fit(launch: StartProgram, slow_set: Path) -> Explorer:
    """Start a fit that would take minutes and wait for its first parts."""
    explorer = Explorer(launch(str(slow_set)))
    explorer.wait_for_set("noise.npy")
    explorer.accessibles.find("Number of parts", "spin button").set_value(60)
    explorer.fit_button().press()
    explorer.program.wait_until(lambda: len(explorer.parts()) == 60, "parts appear while they are being found")
    assert not explorer.fit_button().read().is_enabled
    return explorer


def test_cancel_a_fit_and_keep_what_was_found(launch: StartProgram, slow_set: Path) -> None:
    explorer = start_slow_fit(launch, slow_set)
    explorer.program.mouse.click_on(explorer.accessibles.find("Cancel", "push button"))
    message = explorer.wait_for_message("Stopped at iteration")
    explorer.wait_until_idle()
    assert "kept" in message
    assert len(explorer.parts()) == 60
    assert 0 < float(explorer.relative_error()) < 1


def test_cancel_by_escape(launch: StartProgram, slow_set: Path) -> None:
    explorer = start_slow_fit(launch, slow_set)
    explorer.program.window().activate()
    explorer.program.mouse.key("Escape")
    explorer.wait_for_message("Stopped at iteration")


def test_close_in_the_middle_of_a_fit_leaves_no_process(launch: StartProgram, slow_set: Path) -> None:
    explorer = start_slow_fit(launch, slow_set)
    explorer.program.close_politely()
    assert explorer.program.exit_code() == 0
    assert explorer.program.has_no_children_left()


def test_another_folder_in_the_middle_of_a_fit(launch: StartProgram, slow_set: Path, tmp_path: Path) -> None:
    make_folder(tmp_path / "calm")
    first = launch(str(tmp_path / "calm"))
    Explorer(first).wait_for_set("calm")
    first.close_politely()
    assert first.exit_code() == 0
    explorer = start_slow_fit(launch, slow_set)
    explorer.program.window().activate()
    explorer.program.choose_from_menu("File", "Open Recent", "calm")
    explorer.wait_for_set("calm")
    explorer.wait_for_parts(3)  # a small set is fitted at once
    explorer.wait_until_idle()
