"""Sets as people have them, opened as people do: large ones, damaged ones, and such that leave something to choose."""

from collections.abc import Callable
from pathlib import Path

from tests.end_to_end.conftest import StartProgram
from tests.end_to_end.harness.explorer import Explorer
from tests.end_to_end.harness.file_manager import FileManager
from tests.end_to_end.harness.image_folders import make_folder
from tests.end_to_end.harness.photographs import (
    add_trouble,
    make_digits_table,
    make_phone_photographs,
    make_photographs,
    make_tiles,
)
from tests.end_to_end.harness.private_session import REPOSITORY
from tests.end_to_end.test_dropping import drop, window_centre

OpenFolder = Callable[[Path], FileManager]
PANEL = "How these were read"


def skipped(explorer: Explorer) -> list[str]:
    """Open the list of skipped files and read it."""
    explorer.program.mouse.click_on(explorer.accessibles.find("Details"))
    return [row.name for row in explorer.accessibles.find("Skipped files", "list").children()]


def wait_for_size(explorer: Explorer, words: str) -> None:
    """Wait until the message bar tells this size."""
    explorer.wait_for_message(words)


def test_two_thousand_photographs_with_trouble_among_them(
    launch: StartProgram, open_folder: OpenFolder, tmp_path: Path
) -> None:
    add_trouble(make_photographs(tmp_path / "pictures" / "holiday", 2000))
    explorer = Explorer(launch())
    explorer.accessibles.find("Stripes", "push button")
    overlay = explorer.accessibles.described("Drop here")

    def sees_how_many() -> None:
        explorer.program.wait_until(lambda: "001 images" in overlay.read().description, "the pictures are counted")

    manager = open_folder(tmp_path / "pictures")
    manager.drag("holiday", window_centre(explorer), hover=sees_how_many)
    samples = explorer.accessibles.find("Samples", "list")
    explorer.program.wait_until(lambda: len(samples.children()) > 1, "the first pictures are seen")
    explorer.program.window().activate()
    explorer.program.mouse.key("Escape")
    explorer.wait_for_message("nothing was changed")
    explorer.accessibles.find("Stripes", "push button")

    drop(explorer, manager, "holiday")
    explorer.program.window("holiday — NMF Explorer")
    assert "2,000 images of" in explorer.wait_for_message("3 skipped")
    rows = skipped(explorer)
    assert len(rows) == 3
    for name, why in (("IMG_0000 torn.jpg", "damaged"), ("pipe.jpg", "not a regular file"), ("loop", "a link")):
        assert any(name in row and why in row for row in rows), rows


def test_another_drop_replaces_what_is_being_loaded(
    launch: StartProgram, open_folder: OpenFolder, tmp_path: Path
) -> None:
    large = make_photographs(tmp_path / "large", 2000)
    make_folder(tmp_path / "pictures" / "small", n_images=5)
    explorer = Explorer(launch(str(large)))
    samples = explorer.accessibles.find("Samples", "list")
    explorer.program.wait_until(lambda: len(samples.children()) > 1, "the first pictures are seen")
    drop(explorer, open_folder(tmp_path / "pictures"), "small")
    explorer.wait_for_set("small")
    assert len(explorer.samples()) == 5
    assert not explorer.accessibles.exists("Messages")


def test_photographs_of_a_phone_in_colour(launch: StartProgram, open_folder: OpenFolder, tmp_path: Path) -> None:
    make_phone_photographs(tmp_path / "pictures" / "phone")
    explorer = Explorer(launch())
    explorer.accessibles.find("Stripes", "push button")
    drop(explorer, open_folder(tmp_path / "pictures"), "phone")
    explorer.wait_for_set("phone")
    assert "40 images of" in explorer.wait_for_message("6 skipped")
    rows = skipped(explorer)
    assert len([row for row in rows if "HEIC" in row]) == 4
    assert not any(".hidden" in row for row in rows)

    colours = explorer.accessibles.find("Keep colours", "check box")
    explorer.program.mouse.click_on((colours.read().extents.x + 8, colours.centre[1]))
    explorer.program.wait_until(lambda: "checked" in colours.states, "the colours are to be kept")
    apply = explorer.accessibles.find("Apply", "push button")
    explorer.program.wait_until(lambda: apply.read().is_enabled, "the choice can be applied")
    explorer.program.mouse.click_on(apply)
    explorer.accessibles.wait_gone(PANEL)
    explorer.wait_until_idle()
    explorer.program.mouse.key("ctrl+i")
    explorer.program.wait_until(lambda: "checked" in colours.states, "the set is read in colour")


def test_tiles_of_a_microscope_from_the_command_line(launch: StartProgram, tmp_path: Path) -> None:
    make_tiles(tmp_path / "tiles", 300)
    explorer = Explorer(launch(str(tmp_path / "tiles")))
    explorer.wait_for_set("tiles")
    message = explorer.wait_for_message("300 images of 64 x 64 loaded; 1 skipped")
    assert "4,095" in message
    assert "tile_corrupt.png" in skipped(explorer)[0]
    explorer.program.mouse.click_on(explorer.accessibles.find("Take 65,535 as white", "push button"))
    explorer.program.wait_until(lambda: "4,095" not in explorer.message(), "white is another number")


def test_the_lectures_table_is_shown_both_ways(launch: StartProgram, tmp_path: Path) -> None:
    table = make_digits_table(tmp_path / "digits.csv", REPOSITORY / "sample_images" / "led_digits")
    explorer = Explorer(launch(str(table)))
    explorer.wait_for_set("digits.csv")
    explorer.accessibles.find(PANEL)
    shapes = explorer.accessibles.find("Size of an image", "list")
    chosen = next(shape for shape in shapes.children() if shape.is_selected)
    other = next(shape for shape in shapes.children() if shape.name == "13 x 8")
    assert chosen.name == "8 x 13"
    explorer.program.window().activate()
    explorer.program.mouse.click_on(other)
    explorer.program.mouse.click_on(explorer.accessibles.find("Apply", "push button"))
    wait_for_size(explorer, "100 images of 13 x 8")


def test_a_choice_is_remembered_for_the_next_start(launch: StartProgram, tmp_path: Path) -> None:
    table = make_digits_table(tmp_path / "digits.csv", REPOSITORY / "sample_images" / "led_digits")
    first = Explorer(launch(str(table), "--table-size", "26x4"))
    wait_for_size(first, "100 images of 26 x 4")
    first.program.close_politely()
    assert first.program.exit_code() == 0
    again = Explorer(launch(str(table)))
    wait_for_size(again, "100 images of 26 x 4")
    assert not again.accessibles.exists(PANEL)
