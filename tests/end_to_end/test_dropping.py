"""Files dragged out of a real file manager onto the real window."""

from collections.abc import Callable
from pathlib import Path

from tests.end_to_end.conftest import StartProgram
from tests.end_to_end.harness.explorer import Explorer
from tests.end_to_end.harness.file_manager import FileManager
from tests.end_to_end.harness.image_folders import make_folder, make_folder_with_faults

OpenFolder = Callable[[Path], FileManager]


def window_centre(explorer: Explorer) -> tuple[int, int]:
    """Return the centre of the window, to drop on."""
    window = explorer.program.window()
    place = window.place()
    return place.x + place.width // 2, place.y + place.height // 2


def drop(explorer: Explorer, manager: FileManager, *names: str) -> None:
    """Drag files onto the window, and release them once the window shows where they would go."""
    manager.drag(names, window_centre(explorer), hover=explorer.accessibles.described("Drop here").read)


def test_drop_a_folder_on_the_welcome_page(launch: StartProgram, open_folder: OpenFolder, tmp_path: Path) -> None:
    make_folder(tmp_path / "pictures" / "Bilder für alle")
    explorer = Explorer(launch())
    explorer.accessibles.find("Stripes", "push button")
    overlay = explorer.accessibles.described("Drop here")

    def sees_that_it_is_welcome() -> None:
        assert "Bilder für alle" in overlay.read().description

    manager = open_folder(tmp_path / "pictures")
    manager.drag("Bilder für alle", window_centre(explorer), hover=sees_that_it_is_welcome)
    explorer.wait_for_set("Bilder für alle")
    explorer.accessibles.wait_gone("Drop here")
    assert len(explorer.samples()) == 12


def test_drop_a_folder_and_a_file_while_a_set_is_open(
    launch: StartProgram, open_folder: OpenFolder, tmp_path: Path
) -> None:
    make_folder(tmp_path / "pictures" / "folder", n_images=5)
    single = make_folder(tmp_path / "other", n_images=1, seed=1) / "image 1.png"
    single.rename(tmp_path / "pictures" / "single.png")
    first = make_folder(tmp_path / "first")
    explorer = Explorer(launch(str(first)))
    explorer.wait_for_set("first")
    drop(explorer, open_folder(tmp_path / "pictures"), "folder", "single.png")
    explorer.wait_for_set("pictures")
    assert len(explorer.samples()) == 6


def test_escape_in_the_middle_of_a_drag_changes_nothing(
    launch: StartProgram, open_folder: OpenFolder, tmp_path: Path
) -> None:
    make_folder(tmp_path / "pictures" / "folder")
    explorer = Explorer(launch(str(make_folder(tmp_path / "first"))))
    explorer.wait_for_set("first")
    overlay = explorer.accessibles.described("Drop here")
    manager = open_folder(tmp_path / "pictures")
    manager.drag("folder", window_centre(explorer), hover=overlay.read, release=False)
    explorer.accessibles.wait_gone("Drop here")
    explorer.wait_for_set("first")


def test_a_folder_with_broken_files_lists_them(launch: StartProgram, open_folder: OpenFolder, tmp_path: Path) -> None:
    make_folder_with_faults(tmp_path / "pictures" / "mixed")
    explorer = Explorer(launch())
    explorer.accessibles.find("Stripes", "push button")
    drop(explorer, open_folder(tmp_path / "pictures"), "mixed")
    explorer.wait_for_set("mixed")
    assert "12 images of 10 x 6 loaded; 3 skipped" in explorer.wait_for_message("skipped")
    explorer.program.mouse.click_on(explorer.accessibles.find("Details"))
    rows = [row.name for row in explorer.accessibles.find("Skipped files", "list").children()]
    assert len(rows) == 3
    assert any("empty.png" in row and "empty" in row for row in rows)
    assert any("torn.png" in row and "damaged" in row for row in rows)
    assert any("<b>text.png" in row and "not a picture" in row for row in rows)


def test_a_drop_without_images_keeps_what_was_open(
    launch: StartProgram, open_folder: OpenFolder, tmp_path: Path
) -> None:
    nothing = tmp_path / "pictures" / "nothing"
    nothing.mkdir(parents=True)
    (nothing / "notes.txt").write_text("no image")
    explorer = Explorer(launch(str(make_folder(tmp_path / "first"))))
    explorer.wait_for_set("first")
    drop(explorer, open_folder(tmp_path / "pictures"), "nothing")
    message = explorer.wait_for_message("nothing")
    assert "at least 2 are needed" in message
    assert "notes.txt" in message
    explorer.wait_for_set("first")
