"""Ways through a real window: open a set, see its parts, read the equation, walk through the samples."""

from pathlib import Path

import pytest
from PIL import Image

from tests.end_to_end.conftest import StartProgram
from tests.end_to_end.harness.explorer import Explorer
from tests.end_to_end.harness.image_folders import make_folder
from tests.end_to_end.harness.private_session import REPOSITORY

STRIPES = str(REPOSITORY / "sample_images" / "stripes")


def test_click_a_sample_set_and_read_the_lectures_numbers(launch: StartProgram, tmp_path: Path) -> None:
    program = launch()
    explorer = Explorer(program)
    program.window("NMF Explorer")
    program.mouse.click_on(program.accessibles.find("Stripes", "push button"))
    explorer.wait_for_set("stripes")
    explorer.wait_for_parts(3)
    assert [weight for weight, _ in explorer.terms()] == pytest.approx([0.98, 0.95, 0.91], abs=0.011)
    assert explorer.relative_error() == "0.0000"
    assert program.accessibles.find("Number of parts", "spin button").value == 3
    for name in ("Sample", "Reconstruction", "Residual"):
        reading = program.accessibles.find(name, "image").read()
        assert min(reading.extents.width, reading.extents.height) >= 48
    assert "error of this sample 0" in program.accessibles.find("Residual", "image").read().description
    with Image.open(program.screenshot(tmp_path / "stripes.png", "stripes")) as picture:
        assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 8


def test_walk_the_samples_by_keyboard(launch: StartProgram) -> None:
    program = launch(STRIPES)
    explorer = Explorer(program)
    explorer.wait_for_set("stripes")
    explorer.wait_for_parts(3)
    program.window().activate()
    program.wait_until(lambda: program.accessibles.focused().name.startswith("sample 1 of 60"), "sample 1 has the keys")
    program.mouse.key("Right")
    program.wait_until(lambda: "sample 2 of 60" in explorer.selected_sample(), "the second sample is chosen")
    picture = program.accessibles.find("Sample", "image")
    program.wait_until(lambda: "sample 2 of 60" in picture.read().description, "its picture is shown")
    program.mouse.key("Right", "Right", "Left")
    program.wait_until(lambda: "sample 3 of 60" in picture.read().description, "the third one is shown")
    program.mouse.key("End")
    program.wait_until(lambda: "sample 60 of 60" in picture.read().description, "the last one is shown")


def test_choose_a_sample_by_mouse(launch: StartProgram) -> None:
    program = launch(STRIPES)
    explorer = Explorer(program)
    explorer.wait_for_parts(3)
    program.window().activate()
    program.mouse.click_on(explorer.samples()[4])
    picture = program.accessibles.find("Sample", "image")
    program.wait_until(lambda: "sample 5 of 60" in picture.read().description, "the fifth sample is shown")


def test_another_number_of_parts_by_keyboard_alone(launch: StartProgram) -> None:
    program = launch(STRIPES)
    explorer = Explorer(program)
    explorer.wait_for_parts(3)
    program.window().activate()
    program.mouse.key("ctrl+Down")
    number = program.accessibles.find("Number of parts", "spin button")
    program.wait_until(lambda: number.value == 2, "two parts are chosen")
    program.mouse.key("ctrl+Return")
    explorer.wait_for_parts(2)
    assert float(explorer.relative_error()) > 0.2


def test_a_small_folder_of_ones_own_is_fitted_at_once(launch: StartProgram, tmp_path: Path) -> None:
    program = launch(str(make_folder(tmp_path / "my pictures")))
    explorer = Explorer(program)
    explorer.wait_for_set("my pictures")
    explorer.wait_for_parts(3)  # of which they are made
    assert program.accessibles.find("Number of parts", "spin button").value == 3
    explorer.wait_until_idle()
    program.accessibles.find("Number of parts", "spin button").set_value(2)
    program.mouse.click_on(explorer.fit_button())
    explorer.wait_for_parts(2)
    assert len(explorer.samples()) == 12


def test_recent_sets_are_offered_at_the_next_start(launch: StartProgram, tmp_path: Path) -> None:
    first = launch(str(make_folder(tmp_path / "holiday")))
    Explorer(first).wait_for_set("holiday")
    first.close_politely()
    assert first.exit_code() == 0
    second = launch()
    second.accessibles.find("holiday", "push button").press()
    Explorer(second).wait_for_set("holiday")


def test_everything_operable_has_a_name(launch: StartProgram) -> None:
    welcome = launch()
    welcome.accessibles.find("Stripes", "push button")
    assert welcome.accessibles.unnamed() == []
    explorer = Explorer(launch(STRIPES))
    explorer.wait_for_parts(3)
    assert explorer.accessibles.unnamed() == []


def test_odd_names_reach_a_screen_reader_letter_by_letter(launch: StartProgram, tmp_path: Path) -> None:
    name = "<b>bold&amp; & <x>"
    folder = make_folder(tmp_path / name)
    (folder / "image 1.png").rename(folder / f"{name}.png")
    first = launch(str(folder))
    explorer = Explorer(first)
    explorer.wait_for_parts(3)
    assert explorer.samples()[0].name == f"sample 1 of 12, {name}.png"
    first.close_politely()
    assert first.exit_code() == 0
    second = launch()
    assert second.accessibles.find(name, "push button").read().description == str(folder)
