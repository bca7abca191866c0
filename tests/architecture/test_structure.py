"""The rooms of the package: no circles of imports, ordered rooms, and nothing that has grown too large."""

from __future__ import annotations

import tomllib

import pytest

from tests.architecture.source import PACKAGE, ROOT, module_name
from tests.architecture.structure import (
    circles,
    crowded_folders,
    import_graph,
    long_files,
    main,
    repeated_names,
    room_arrows,
)

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
ROOMS_WITH_ROOMS = [
    module_name(path)
    for path in sorted(path.parent for path in PACKAGE.rglob("__init__.py"))
    if list(path.glob("*/__init__.py"))
]


def test_no_files_import_each_other_in_a_circle() -> None:
    found = [name for group in circles(import_graph("nmf_explorer")) for name in group]
    assert found == []


def test_circles_are_found() -> None:
    graph = {"a": ["b"], "b": ["c"], "c": ["a", "d"], "d": ["e", "d"], "e": ["f"], "f": ["e"], "g": ["a"]}
    assert circles(graph) == [["a", "b", "c"], ["e", "f"]]
    assert circles({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}) == []


def test_the_graph_knows_imports_for_types_and_of_modules() -> None:
    graph = import_graph("tests/architecture")
    assert graph["tests.architecture.test_structure"] == ["tests.architecture.source", "tests.architecture.structure"]
    package = import_graph("nmf_explorer")
    assert "nmf_explorer.dataset.dataset" in package["nmf_explorer"]  # imported where it is first used
    assert "nmf_explorer.session.session" in package["nmf_explorer.ui.parts.part_grid"]  # for type checking only
    assert room_arrows(package)["nmf_explorer.ui.windows", "nmf_explorer.ui.parts"] > 1
    assert not [arrow for arrow in room_arrows(package) if arrow[0] == arrow[1]]


@pytest.mark.parametrize("room", ROOMS_WITH_ROOMS)
def test_the_rooms_inside_a_room_have_an_order(room: str) -> None:
    found = [contract for contract in CONTRACTS if room in contract.get("containers", [])]
    assert [(contract["type"], contract.get("exhaustive")) for contract in found] == [("layers", True)]
    assert not {"ignore_imports", "exhaustive_ignores", "unmatched_ignore_imports_alerting"} & set(found[0])


def test_imports_for_types_count_for_the_order_too() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    assert not settings.get("exclude_type_checking_imports")


@pytest.mark.parametrize("folder", ["nmf_explorer", "tests", "resources"])
def test_folders_and_files_are_of_a_size_to_be_surveyed(folder: str) -> None:
    assert crowded_folders(folder) == []
    assert long_files(folder) == []


def test_every_file_name_of_the_package_occurs_once() -> None:
    assert repeated_names("nmf_explorer") == []


def test_the_structure_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    main()
    printed = capsys.readouterr().out
    assert "nmf_explorer.ui.windows -> " in printed
    assert "folders with more than 18 files: 0\n" in printed
