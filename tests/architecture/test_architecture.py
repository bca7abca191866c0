"""Rules of the source code that no other tool checks."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from tests.architecture.source import PACKAGE, ROOT, imported, modules, tree_of

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

LONGEST_FUNCTION, LONGEST_DOCSTRING = 40, 8  # lines
TOP_LEVEL = {
    "nmf_explorer",
    "resources",
    "tests",
    "sample_images",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
}
EMPTY_WORDS = {"utils", "util", "misc", "helpers", "helper", "manager", "common", "tools"}
FORBIDDEN = {
    "pickle",
    "joblib",
    "shelve",
    "marshal",
    "tests",
    "resources",
    "requests",
    "http",
    "urllib",
    "ftplib",
    "PySide6.QtNetwork",
}
SHOWN = {
    "setText",
    "setToolTip",
    "setWindowTitle",
    "setAccessibleName",
    "setAccessibleDescription",
    "setInformativeText",
    "setPlaceholderText",
    "setFormat",
    "addMenu",
    "addAction",
    "QLabel",
    "QPushButton",
    "QMenu",
    "ImageView",
}
SOURCES = modules("nmf_explorer", "tests", "resources")


def name_of(path: Path) -> str:
    """Return the path inside the project, as a test's id."""
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_modules_have_a_short_docstring_and_short_functions(path: Path) -> None:
    doc = ast.get_docstring(tree_of(path))
    assert doc, "has no docstring"
    assert len(doc.splitlines()) <= LONGEST_DOCSTRING
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef) and path.is_relative_to(PACKAGE):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = node.end_lineno - body[0].lineno + 1 if body and node.end_lineno else 0
            assert lines <= LONGEST_FUNCTION, f"{node.name} has {lines} lines"


@pytest.mark.parametrize("path", modules("nmf_explorer"), ids=name_of)
def test_nothing_forbidden_is_imported(path: Path) -> None:
    names = imported(path)
    roots = {name.split(".")[0] for name in names}
    assert not (names | roots) & FORBIDDEN
    assert not {part for part in path.with_suffix("").parts if part in EMPTY_WORDS}


def test_the_session_knows_no_widgets() -> None:
    for path in modules("nmf_explorer/session"):
        assert not imported(path) & {"PySide6.QtWidgets", "PySide6.QtGui"}, path


def test_the_window_does_no_arithmetic() -> None:
    for path in modules("nmf_explorer/ui", "nmf_explorer/session"):
        assert "numpy" not in imported(path), path


def test_the_window_stands_before_anything_slow_is_imported() -> None:
    slow = ["numpy", "PIL", "scipy", "sklearn", "matplotlib"]
    code = f"import sys, nmf_explorer.app; print([name for name in {slow} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout == "[]\n"


def test_the_top_level_is_what_was_agreed() -> None:
    listed = subprocess.run(["git", "-C", ROOT, "ls-files"], capture_output=True, text=True, check=False)  # noqa: S603, S607
    if listed.returncode:  # an archive without its history: what lies there counts, less what a checkout may hold
        names = {path.name for path in ROOT.iterdir()} - {"build", "dist"}
    else:
        names = {line.split("/")[0].strip('"') for line in listed.stdout.splitlines()}
    assert {name for name in names if not name.startswith(".")} <= TOP_LEVEL


@pytest.mark.parametrize("place", ["resources", "sample_images"])
def test_the_origin_and_terms_of_every_folder_of_pictures_are_told(place: str) -> None:
    told = (ROOT / place / "SOURCES.txt").read_text(encoding="utf-8")
    folders = [path.name for path in (ROOT / place).iterdir() if path.is_dir() and path.name != "__pycache__"]
    assert folders
    assert [name for name in folders if f"{name}/" not in told] == []


def literal_words(node: ast.AST) -> bool:
    """Return whether it is a string literal with a letter in it."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(re.search("[A-Za-z]", node.value))


@pytest.mark.parametrize("path", modules("nmf_explorer/ui"), ids=name_of)
def test_every_text_that_is_seen_can_be_translated(path: Path) -> None:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called in SHOWN:
                assert not [arg for arg in node.args if literal_words(arg)], f"line {node.lineno}"


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_no_property_of_qt_is_given_as_a_keyword(path: Path) -> None:
    """PySide makes the setter's name with the capital letters of the locale: a Turkish "interval" has none."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and node.keywords:
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            given = [keyword.arg for keyword in node.keywords]
            assert not re.match("Q[A-Z]", called) or given == ["parent"], f"line {node.lineno}: {called}({given})"


@pytest.mark.parametrize("path", modules("nmf_explorer/ui"), ids=name_of)
def test_only_one_place_gives_widgets_tool_tips_with_names_in_them(path: Path) -> None:
    """A screen reader reads the tool tip of a widget that has no description, with the HTML that protects a name."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "setToolTip":
            calls = [getattr(arg.func, "id", "") for arg in node.args if isinstance(arg, ast.Call)]
            assert "plain_tool_tip" not in calls or path.name in {"texts.py", "recent_menu.py"}, f"line {node.lineno}"


def test_translators_find_the_texts(tmp_path: Path) -> None:
    lupdate = shutil_which_beside_python("pyside6-lupdate")
    files = [str(path) for path in modules("nmf_explorer/ui")]
    done = subprocess.run([lupdate, *files, "-ts", tmp_path / "x.ts"], capture_output=True, text=True, check=True)  # noqa: S603
    found = (tmp_path / "x.ts").read_text(encoding="utf-8")
    assert found.count("<source>") > 50
    assert "Number of parts" in found
    assert "warning" not in done.stderr.lower()


def shutil_which_beside_python(name: str) -> str:
    """Return the path of a tool that is installed beside this Python, or elsewhere on the path."""
    import shutil
    from pathlib import Path

    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.exists() else str(shutil.which(name))


def test_none_is_not_used_up(qtbot: QtBot) -> None:
    """PySide6 6.12.0 on Python 3.11 lost one reference to None with every such call, until Python aborted."""
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for i in range(2000):
        label.setText(str(i))
    assert abs(sys.getrefcount(None) - before) < 100
