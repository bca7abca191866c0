"""A fit is chosen, taken step by step, resumed, paused and cancelled in a real window."""

import re
from pathlib import Path

import pytest

from tests.end_to_end.conftest import StartProgram
from tests.end_to_end.harness.explorer import Explorer
from tests.end_to_end.harness.image_folders import make_slow_set
from tests.end_to_end.harness.polling import human_pause
from tests.end_to_end.harness.private_session import REPOSITORY

N_PARTS = 24


@pytest.fixture(scope="module")
def slow_set(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_slow_set(tmp_path_factory.mktemp("slow") / "noise.npy")


def open_slow_set(launch: StartProgram, slow_set: Path) -> Explorer:
    """Open a set whose fit takes long, show the options and choose a random start."""
    explorer = Explorer(launch(str(slow_set)))
    explorer.wait_for_set("noise.npy")
    explorer.accessibles.find("Number of parts", "spin button").set_value(N_PARTS)
    explorer.program.window().activate()
    explorer.program.mouse.click_on(explorer.accessibles.find("Options"))
    explorer.choose("Automatic: try several, keep the best", "Random")
    return explorer


def iteration(explorer: Explorer) -> int:
    """Return the number of the iteration that is shown, 0 if there is none."""
    found = re.search(r"iteration (\d+)", explorer.accessibles.find("Iteration").read().description)
    return int(found[1]) if found else 0


def click(explorer: Explorer, name: str) -> None:
    """Click on a button."""
    explorer.program.mouse.click_on(explorer.accessibles.find(name, "push button"))


def wait_for_iteration(explorer: Explorer, number: int) -> None:
    """Wait until the window shows this iteration."""
    explorer.program.wait_until(lambda: iteration(explorer) == number, f"iteration {number} is shown")


def keeps_its_iteration(explorer: Explorer) -> bool:
    """Whether the iteration stays the same for a while."""
    before = iteration(explorer)
    human_pause(0.5)
    return iteration(explorer) == before


def step_three_times(explorer: Explorer) -> None:
    """Click on Step three times; each time the iteration rises by one and then stays."""
    for number in (1, 2, 3):
        click(explorer, "Step")
        wait_for_iteration(explorer, number)
        assert keeps_its_iteration(explorer)


def test_step_resume_pause_and_cancel(launch: StartProgram, slow_set: Path) -> None:
    explorer = open_slow_set(launch, slow_set)
    step_three_times(explorer)
    assert len(explorer.parts()) == N_PARTS
    click(explorer, "Resume")
    explorer.program.wait_until(lambda: iteration(explorer) > 4, "the fit continues")
    click(explorer, "Pause")
    explorer.accessibles.find("Resume", "push button")
    explorer.program.wait_until(lambda: keeps_its_iteration(explorer), "the fit is paused")
    reached, parts = iteration(explorer), explorer.parts()
    click(explorer, "Cancel")
    assert "kept" in explorer.wait_for_message(f"Stopped at iteration {reached}")
    explorer.wait_until_idle()
    assert iteration(explorer) == reached
    assert [part.name for part in explorer.parts()] == [part.name for part in parts]
    explorer.program.mouse.key("Right")  # the samples have the keyboard again
    explorer.program.wait_until(lambda: explorer.selected_sample().startswith("sample 2 of"), "the keys walk on")


def test_step_and_resume_by_keys(launch: StartProgram, slow_set: Path) -> None:
    explorer = open_slow_set(launch, slow_set)
    for number in (1, 2):
        explorer.program.mouse.key("ctrl+shift+Return")
        wait_for_iteration(explorer, number)
    explorer.program.mouse.key("ctrl+shift+p")
    explorer.accessibles.find("Pause", "push button")
    explorer.program.wait_until(lambda: iteration(explorer) > 2, "the fit continues")
    explorer.program.mouse.key("ctrl+shift+p")
    explorer.accessibles.find("Resume", "push button")
    explorer.program.mouse.key("Escape")
    explorer.wait_for_message("Stopped at iteration")


def test_close_while_paused_leaves_no_process(launch: StartProgram, slow_set: Path) -> None:
    explorer = open_slow_set(launch, slow_set)
    click(explorer, "Step")
    explorer.program.wait_until(lambda: iteration(explorer) == 1, "the first iteration is shown")
    explorer.program.close_politely()
    assert explorer.program.exit_code() == 0
    assert explorer.program.has_no_children_left()


def test_options_are_remembered_and_what_cannot_be_is_told(launch: StartProgram) -> None:
    stripes = str(REPOSITORY / "sample_images" / "stripes")
    first = Explorer(launch(stripes))
    first.wait_for_parts(3)
    first.program.mouse.click_on(first.accessibles.find("Options"))
    first.choose("Squared differences", "Itakura")
    first.program.mouse.key("ctrl+Return")
    assert "has zeros" in first.wait_for_message("compares ratios")
    assert first.accessibles.unnamed() == []
    first.program.close_politely()
    assert first.program.exit_code() == 0
    second = Explorer(launch(stripes))
    second.wait_for_parts(3)
    assert second.accessibles.exists("Squared differences", "combo box")


@pytest.mark.parametrize(("name", "n_parts", "are_sure"), [("led_digits", 7, True), ("led_ten_digits", 7, False)])
def test_how_sure_the_parts_are_is_told(launch: StartProgram, name: str, n_parts: int, *, are_sure: bool) -> None:
    explorer = Explorer(launch(str(REPOSITORY / "sample_images" / name)))
    explorer.wait_for_parts(n_parts)
    words = explorer.accessibles.find("Agreement of starts").read().description
    assert ("7 of 7 parts found again" in words) == are_sure
    assert ("depend on the start" in words or "do not tell the parts apart" in words) != are_sure
    assert all("found again from" in part.name for part in explorer.parts())
