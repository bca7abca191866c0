"""Rooms (folders), the arrows of imports between them, circles of imports, and what has grown too large.

Run: ``python -m tests.architecture.structure``. `test_structure.py` holds the limits.
"""

from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING

from tests.architecture.source import ROOT, module_name, modules, n_docstring_lines, n_lines, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MOST_FILES, MOST_LINES = 18, 400  # in one folder, in one file

Graph = dict[str, list[str]]


def import_graph(folder: str) -> Graph:
    """Return which modules of a folder each of them imports, imports for type checking included."""
    names = {module_name(path): path for path in modules(folder)}
    return {name: sorted(set(_named_in(path, names)) - {name}) for name, path in names.items()}


def _named_in(path: Path, names: Mapping[str, Path]) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found = (f"{node.module}.{alias.name}" for alias in node.names)
            yield from (name for name in (below if below in names else node.module for below in found) if name in names)


class _Search:
    """Tarjan's search for strongly connected components (1972, doi:10.1137/0201010)."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._index: dict[str, int] = {}
        self._lowest: dict[str, int] = {}
        self._open: list[str] = []
        self.found: list[list[str]] = []
        for name in graph:
            if name not in self._index:
                self._visit(name)

    def _visit(self, name: str) -> None:
        self._index[name] = self._lowest[name] = len(self._index)
        self._open.append(name)
        for target in self._graph[name]:
            if target not in self._index:
                self._visit(target)
                self._lowest[name] = min(self._lowest[name], self._lowest[target])
            elif target in self._open:
                self._lowest[name] = min(self._lowest[name], self._index[target])
        if self._lowest[name] == self._index[name]:
            start = self._open.index(name)
            self.found.append(sorted(self._open[start:]))
            del self._open[start:]


def circles(graph: Graph) -> list[list[str]]:
    """Return the groups of modules that import each other, directly or by way of one another."""
    return sorted(group for group in _Search(graph).found if len(group) > 1)


def room_of(name: str, graph: Graph) -> str:
    """Return the package in which a module lies; a package lies in itself."""
    return name if any(other.startswith(f"{name}.") for other in graph) else name.rpartition(".")[0]


def room_arrows(graph: Graph) -> Counter[tuple[str, str]]:
    """Count the imports from each room into each other room."""
    rooms = {name: room_of(name, graph) for name in graph}
    return Counter(
        (rooms[name], rooms[target]) for name in graph for target in graph[name] if rooms[name] != rooms[target]
    )


def crowded_folders(folder: str) -> list[str]:
    """Return the folders with too many Python files."""
    counts = Counter(path.parent for path in modules(folder))
    return [f"{place.relative_to(ROOT)}: {n} files" for place, n in sorted(counts.items()) if n > MOST_FILES]


def repeated_names(folder: str) -> list[str]:
    """Return the file names that occur more than once; `__init__` and `conftest` do not count."""
    counts = Counter(path.name for path in modules(folder) if path.name not in {"__init__.py", "conftest.py"})
    return [f"{name}: {n} times" for name, n in sorted(counts.items()) if n > 1]


def long_files(folder: str) -> list[str]:
    """Return the files with too many lines."""
    return [f"{module_name(path)}: {n_lines(path)} lines" for path in modules(folder) if n_lines(path) > MOST_LINES]


def _lines_about(folder: str) -> Iterator[str]:
    graph, files = import_graph(folder), modules(folder)
    lines, docstrings = sum(map(n_lines, files)), sum(map(n_docstring_lines, files))
    arrows = room_arrows(graph)
    rooms = {room_of(name, graph) for name in graph}
    yield f"{folder}: {len(files)} files in {len(rooms)} rooms, {lines:,} lines"
    yield f"docstrings: {docstrings:,} lines, {100 * docstrings / lines:.1f} %"
    yield f"imports: {sum(map(len, graph.values()))} between files, {len(arrows)} arrows between rooms"
    for room in sorted(rooms):
        targets = [(target.removeprefix(f"{folder}."), arrows[room, target]) for target in sorted(rooms)]
        yield f"  {room} -> {', '.join(f'{target} {n}' for target, n in targets if n) or 'nothing'}"
    for room in sorted(rooms):
        inside = [arrow for arrow in arrows if all(end.startswith(f"{room}.") for end in arrow)]
        if inside and room != folder:
            n_rooms = sum(other.startswith(f"{room}.") for other in rooms)
            yield f"inside {room}: {len(inside)} arrows between {n_rooms} rooms"
    found = {
        "circles of imports": [" <-> ".join(group) for group in circles(graph)],
        f"folders with more than {MOST_FILES} files": crowded_folders(folder),
        f"files with more than {MOST_LINES} lines": long_files(folder),
        "file names that occur more than once": repeated_names(folder),
    }
    for what, names in found.items():
        yield f"{what}: {len(names)}"
        yield from (f"  {name}" for name in names)


def main() -> None:
    """Print the structure of the package and of its tests."""
    for folder in ("nmf_explorer", "tests"):
        print(*_lines_about(folder), "", sep="\n")


if __name__ == "__main__":
    main()
