"""The harness tested on a small stub program: what it does arrives there."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from tests.end_to_end.conftest import StartProgram
from tests.end_to_end.harness.desktop import Desktop
from tests.end_to_end.harness.file_manager import FileManager
from tests.end_to_end.harness.program import Program

STUB = str(Path(__file__).with_name("stub_program.py"))
TITLE = "Stub – window"
OpenFolder = Callable[[Path], FileManager]


@pytest.fixture
def stub(start_program: StartProgram) -> Program:
    program = start_program(sys.executable, STUB)
    program.window(TITLE)
    return program


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of more folders than fit into the file manager's window."""
    for name in ["Bilder für alle", *(f"set {number:02}" for number in range(30))]:
        (tmp_path / "pictures" / name).mkdir(parents=True)
    return tmp_path / "pictures"


def told(program: Program) -> str:
    return program.accessibles.find("Told").text


def wait_until_told(program: Program, text: str) -> None:
    program.wait_until(lambda: told(program) == text, f"the stub tells '{text}'")


def test_press_by_accessibility(stub: Program) -> None:
    assert told(stub) == "nothing yet"
    stub.accessibles.find("Say", "push button").press()
    wait_until_told(stub, "said")


def test_press_that_opens_a_dialog(stub: Program) -> None:
    stub.accessibles.find("Ask").press()
    stub.window("Question")
    stub.accessibles.find("Yes", "push button").press()
    stub.accessibles.wait_gone("Yes")
    wait_until_told(stub, "answered")


def test_click_by_mouse(stub: Program) -> None:
    stub.mouse.click_on(stub.accessibles.find("Say"))
    wait_until_told(stub, "said")


def test_type_and_read(stub: Program) -> None:
    stub.window().activate()
    words = stub.accessibles.find("Words", "text")
    words.focus()
    stub.wait_until(lambda: stub.accessibles.focused().name == "Words", "the line has the keyboard")
    stub.mouse.type("parts & more")
    stub.wait_until(lambda: words.text == "parts & more", "the words are there")
    stub.mouse.key("BackSpace", "Tab")
    stub.wait_until(lambda: stub.accessibles.focused().role == "push button", "the keyboard has moved on")
    assert words.text == "parts & mor"
    words.set_text("für")
    stub.wait_until(lambda: words.text == "für", "the words have been replaced")


def test_number(stub: Program) -> None:
    count = stub.accessibles.find("Count", "spin button")
    reading = count.read()
    assert (reading.value, reading.minimum, reading.maximum, reading.text) == (4, 1, 20, "4")
    count.set_value(7)
    stub.wait_until(lambda: count.value == 7, "the number is 7")


def test_rows_of_a_list(stub: Program) -> None:
    fruit = stub.accessibles.find("Fruit", "list")
    assert [row.name for row in fruit.children()] == ["apple", "pear", "plum"]
    stub.mouse.click_on(fruit.children()[1])
    stub.wait_until(lambda: [row.is_selected for row in fruit.children()] == [False, True, False], "pear is chosen")


def test_tree_as_text_and_unnamed(stub: Program) -> None:
    assert "push button 'Say'" in stub.accessibles.dump()
    assert stub.accessibles.unnamed() == []


def test_pictures(stub: Program, desktop: Desktop, tmp_path: Path) -> None:
    stub.window().activate()
    left, top, width, height = stub.accessibles.find("Picture").read().extents
    with Image.open(desktop.screenshot(tmp_path / "screen.png")) as screen:
        assert screen.size == (1280, 800)
        assert screen.convert("RGB").getpixel((left + 5, top + height // 2)) == (255, 0, 0)
        assert width >= 80
    with Image.open(stub.screenshot(tmp_path / "window.png", TITLE)) as window:
        assert window.size == stub.window(TITLE).framed()[2:]
        assert len(set(window.convert("L").tobytes())) > 1


def test_window_sizes(stub: Program) -> None:
    assert stub.resize_window(500, 600)[2:] == (500, 600)
    assert stub.accessibles.find(TITLE, "frame").read().extents[2:] == (500, 600)
    assert stub.resize_window(20, 20).width > 20
    before = stub.window().framed()
    stub.move_window(before.x + 30, before.y + 40)
    assert stub.window().framed()[:2] == (before.x + 30, before.y + 40)


def test_polite_close(stub: Program) -> None:
    stub.close_politely()
    assert stub.exit_code() == 0
    assert stub.has_no_children_left()


def test_drag_a_folder(stub: Program, open_folder: OpenFolder, folder: Path) -> None:
    stub.move_window(800, 100)
    open_folder(folder).drag("Bilder für alle", stub.accessibles.find("Drop here"))
    wait_until_told(stub, f"dropped {folder / 'Bilder für alle'}")


def test_drag_two_folders(stub: Program, open_folder: OpenFolder, folder: Path) -> None:
    stub.move_window(800, 100)
    open_folder(folder).drag(["Bilder für alle", "set 00"], stub.accessibles.find("Drop here"))
    wait_until_told(stub, f"dropped {folder / 'Bilder für alle'} {folder / 'set 00'}")


def test_drag_cancelled_while_hovering(stub: Program, open_folder: OpenFolder, folder: Path) -> None:
    stub.move_window(800, 100)
    target = stub.accessibles.find("Drop here")
    open_folder(folder).drag("set 29", target, hover=lambda: wait_until_told(stub, "over"), release=False)
    wait_until_told(stub, "left")


def test_double_click_on_a_row(open_folder: OpenFolder, folder: Path, desktop: Desktop) -> None:
    (folder / "set 12/inside").mkdir()
    file_manager = open_folder(folder)
    file_manager.double_click("set 12")
    desktop.wait_until(lambda: file_manager.names() == ["inside"], "the folder has opened")


def test_menu_and_choice(stub: Program) -> None:
    stub.choose_from_menu("File", "Recent", "Digits")
    wait_until_told(stub, "menu: Digits")
    choice = stub.accessibles.find(role="combo box")
    assert choice.text == "slow"
    choice.press()
    stub.mouse.click_on(stub.accessibles.find("fast", "list item"))
    stub.wait_until(lambda: choice.text == "fast", "another one is chosen")


def test_what_vanishes_while_it_is_read(stub: Program) -> None:
    for _ in range(10):
        stub.accessibles.find("Ask").press()
        stub.accessibles.find("Yes", "push button").press()
        stub.accessibles.dump()
    assert stub.accessibles.exists("Say")


def test_vain_wait_tells_what_and_shows_where(stub: Program) -> None:
    with pytest.raises(AssertionError, match=r"(?s)until pigs fly.*screen-\d+\.png.*Log of"):
        stub.wait_until(lambda: False, "pigs fly", 0.1)
    with pytest.raises(AssertionError, match=r"(?s)Fly.*push button 'Say'"):
        stub.accessibles.find("Fly", timeout=0.1)


def test_complaints_are_noticed(desktop: Desktop, tmp_path: Path) -> None:
    program = Program(desktop, desktop.start([sys.executable, STUB, "--complain"], home=tmp_path))
    program.window(TITLE)
    program.end()
    assert program.faults() == ["[warning] default: something is odd"]


def test_desktop_leaves_no_process(tmp_path: Path) -> None:
    desktop = Desktop(tmp_path)
    program = Program(desktop, desktop.start([sys.executable, STUB]))
    program.accessibles.find("Say")
    assert program.pid in desktop.processes()
    desktop.close()
    assert desktop.processes() == []
    assert not desktop.session.folder.exists()
