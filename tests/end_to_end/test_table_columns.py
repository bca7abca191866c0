"""The columns of a table, changed in the panel “How these were read” of a real window."""

from functools import partial
from pathlib import Path

import pytest

from tests.end_to_end.conftest import StartProgram
from tests.end_to_end.harness.explorer import Explorer
from tests.end_to_end.harness.input_methods import tab_to

PANEL = "How these were read"


@pytest.fixture
def explorer(launch: StartProgram, tmp_path: Path) -> Explorer:
    """Start the program with a table of names, labels and five pixels; return it when it shows how that was read."""
    rows = [f"n{i},{i % 3},{i},{2 * i},{i * i % 11},7,{i % 2}" for i in range(12)]
    table = tmp_path / "set.csv"
    table.write_text("\n".join(["id,label,pixel0,pixel1,pixel2,pixel3,pixel4", *rows]))
    explorer = Explorer(launch(str(table)))
    explorer.wait_for_set("set.csv")
    explorer.wait_for_message("5 of numbers; names: “id”; labels: “label”")
    explorer.program.window().activate()
    explorer.accessibles.find(PANEL)  # it opens by itself: five pixels leave the size of an image open
    explorer.accessibles.find("pixel4: pixel", "column header")
    return explorer


def wait_until_read_again(explorer: Explorer, columns: str, size: str) -> None:
    """Wait until the panel has closed, and the open set is read as chosen."""
    explorer.accessibles.wait_gone(PANEL)
    explorer.wait_for_message(columns)
    explorer.accessibles.find(f"12 images of {size} pixels", "label")


def test_a_column_is_left_out_by_the_mouse(explorer: Explorer) -> None:
    mouse = explorer.program.mouse
    mouse.click_on(explorer.accessibles.find("pixel0: pixel", "column header"))
    menu = explorer.program.context_menu()
    mouse.click_on((menu.x + menu.width // 2, menu.y + menu.height * 7 // 8))  # the last of four roles: ignored
    explorer.accessibles.find("pixel0: ignored", "column header")
    apply = explorer.accessibles.find("Apply", "push button")
    explorer.program.wait_until(lambda: apply.read().is_enabled, "the choice can be applied")
    mouse.click_on(apply)
    wait_until_read_again(explorer, "4 of numbers; names: “id”; labels: “label”", "2 x 2")


def test_a_column_is_left_out_by_keys(explorer: Explorer) -> None:
    program, accessibles = explorer.program, explorer.accessibles
    keys = program.mouse

    def has_focus(name: str) -> bool:
        return accessibles.focused().name == name

    keys.key("alt+b")
    for key, cell in (("", "id, name: n0"), ("Right", "label, label: 0"), ("Right", "pixel0, pixel: 0")):
        if key:
            keys.key(key)
        program.wait_until(partial(has_focus, cell), f"{cell} is reached")
    keys.key("Return")
    program.context_menu()
    keys.key("Down", "Down", "Down", "Return")  # from pixel over name and label to ignored
    accessibles.find("pixel0: ignored", "column header")
    apply = accessibles.find("Apply", "push button")
    program.wait_until(lambda: apply.read().is_enabled, "the choice can be applied")
    tab_to(program, "Apply")
    keys.key("space")
    wait_until_read_again(explorer, "4 of numbers; names: “id”; labels: “label”", "2 x 2")
