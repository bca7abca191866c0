"""Collects all texts for translators and compiles what they made of them: run after a text was changed.

``python resources/make_translations.py`` brings ``translations/nmf_explorer_de.ts`` up to date; new texts are marked
unfinished there. Edit it, in Qt Linguist or any editor, and run this again for the ``.qm`` that the program reads.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TRANSLATIONS = ROOT / "resources" / "translations"
LANGUAGES = ("de",)
CONTEXT = "Message"  # of all texts that come from below the window
_PACKAGE = ROOT / "nmf_explorer"


class UnknownTextError(Exception):
    """A text of a message that cannot be told from the source, so that no translator would see it."""


def message_templates() -> list[str]:
    """Texts of all messages and errors, wherever in the program they are written."""
    found: set[str] = set()
    for path in sorted(_PACKAGE.rglob("*.py")):
        if path.name != "errors.py":
            found |= _templates_in(path)
    return sorted({*found, *_templates_of_errors()})


def _templates_of_errors() -> set[str]:
    """Texts that errors bring along themselves."""
    calls = (node for node in ast.walk(_tree(_PACKAGE / "errors.py")) if isinstance(node, ast.Call))
    return {text for call in calls if "super().__init__(" in ast.unparse(call) for text in _literals(call.args[0])}


def _templates_in(path: Path) -> set[str]:
    tree = _tree(path)
    names = {"Message", *(node.name for node in _tree(_PACKAGE / "errors.py").body if isinstance(node, ast.ClassDef))}
    found: set[str] = set()
    for scope in (node for node in ast.walk(tree) if isinstance(node, (ast.Module, ast.FunctionDef))):
        for call in _own(scope):
            if isinstance(call, ast.Call) and _name(call.func) in names and call.args:
                found |= _texts(call.args[0], scope, tree, path)
    return found


def _texts(given: ast.expr, scope: ast.AST, module: ast.Module, path: Path) -> set[str]:
    """All that a first argument may be: a literal, one of two, or a name for some."""
    if texts := _literals(given):
        return texts
    if isinstance(given, ast.Attribute) and given.attr == "template":
        return set()  # of another message
    if isinstance(given, ast.Name):
        for place in (scope, module):
            assigned = [
                node.value
                for node in _own(place)
                if isinstance(node, ast.Assign) and any(_name(target) == given.id for target in node.targets)
            ]
            if texts := {text for value in assigned for text in _literals(value)}:
                return texts
    raise UnknownTextError(f"{path.relative_to(ROOT)}, line {given.lineno}: {ast.unparse(given)}")


def _literals(node: ast.AST) -> set[str]:
    if isinstance(node, ast.IfExp):
        return _literals(node.body) | _literals(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def _own(scope: ast.AST) -> list[ast.AST]:
    """All that is inside a function or a module, but not inside functions in it."""
    found: list[ast.AST] = []
    todo = list(ast.iter_child_nodes(scope))
    while todo:
        node = todo.pop()
        found.append(node)
        if not isinstance(node, ast.FunctionDef):
            todo += list(ast.iter_child_nodes(node))
    return found


def _name(node: ast.AST) -> str:
    return str(getattr(node, "id", getattr(node, "attr", "")))


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def update(catalogue: Path) -> None:
    """Bring a catalogue up to date with the source; what was translated stays."""
    with tempfile.TemporaryDirectory() as folder:
        messages = Path(folder) / "messages.py"
        lines = (f"QCoreApplication.translate({CONTEXT!r}, {_quoted(text)})\n" for text in message_templates())
        messages.write_text("".join(lines), encoding="utf-8")
        sources = [*sorted((_PACKAGE / "ui").rglob("*.py")), messages]
        language = catalogue.stem.rpartition("_")[2]
        _run("pyside6-lupdate", *sources, "-ts", catalogue, "-locations", "none", "-no-obsolete",
             "-source-language", "en", "-target-language", language)  # fmt: skip


def _quoted(text: str) -> str:
    """A literal that the collector reads as Python does."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def compile_catalogue(catalogue: Path, compiled: Path) -> None:
    """Make the file that the program reads; what is not translated is not in it."""
    _run("pyside6-lrelease", catalogue, "-qm", compiled, "-nounfinished")


def _run(tool: str, *words: Path | str) -> None:
    beside = Path(sys.executable).with_name(tool)
    command = [str(beside) if beside.exists() else tool, *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or "warning" in done.stderr.lower():
        sys.exit(done.stdout + done.stderr)
    print(done.stdout.strip())


def main() -> None:
    """Bring all catalogues up to date, and compile them."""
    TRANSLATIONS.mkdir(exist_ok=True)
    for language in LANGUAGES:
        catalogue = TRANSLATIONS / f"nmf_explorer_{language}.ts"
        update(catalogue)
        compile_catalogue(catalogue, catalogue.with_suffix(".qm"))


if __name__ == "__main__":
    main()
