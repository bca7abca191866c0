"""CONTRIBUTING.md, the decision records and README.md name only files and names that exist."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from tests.architecture.source import PACKAGE, ROOT, modules, tree_of

if TYPE_CHECKING:
    from pathlib import Path

GUIDE = ROOT / ".github" / "CONTRIBUTING.md"
DECISIONS = sorted((ROOT / ".github" / "decisions").glob("*.md"))
DOCUMENTS = [GUIDE, *DECISIONS, ROOT / "README.md"]
PLACE = re.compile(r"`((?:nmf_explorer|tests|resources|sample_images|\.github|\.ci)/[^` *]*)[` ]")
STATION = re.compile(r"^\d+\. `([\w/]+\.py)`: (?:`([\w.]+)` )?", re.MULTILINE)
MOST_STATIONS = 10
MOST_README_LINES = 150


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def names_in(path: Path) -> set[str]:
    """Names that a module defines, with those of its classes after a point."""
    found: set[str] = set()
    for node in tree_of(path).body:
        found |= defined_by(node)
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{name}" for part in node.body for name in defined_by(part)}
    return found


def defined_by(node: ast.stmt) -> set[str]:
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return {node.name}
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return {target.id for target in targets if isinstance(target, ast.Name)}


def identifiers() -> set[str]:
    """All identifiers and attribute names of the package."""
    return {word for path in modules("nmf_explorer") for word in re.findall(r"\w+", text_of(path))}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_all_places_exist(document: Path) -> None:
    places = PLACE.findall(text_of(document))
    assert [place for place in places if not (ROOT / place).exists()] == []


@pytest.mark.parametrize("document", [GUIDE, *DECISIONS], ids=lambda path: path.name)
def test_all_names_exist(document: Path) -> None:
    known = identifiers() | {
        word for path in modules("tests", "resources") for word in re.findall(r"\w+", text_of(path))
    }
    known |= set(re.findall(r"\w+", text_of(ROOT / "pyproject.toml")))
    prose = re.sub(r"```.*?```", "", text_of(document), flags=re.DOTALL)
    named = {name for name in re.findall(r"`([A-Za-z_][\w.]*)`", prose) if not name.endswith((".md", ".py"))}
    assert [name for name in sorted(named) if not set(name.split(".")) <= known] == []


def test_each_walk_has_stations_that_exist() -> None:
    walks = re.findall(r"^### (.+?)\n(.+?)(?=^##)", text_of(GUIDE), re.MULTILINE | re.DOTALL)
    assert len(walks) == 4
    for title, walk in walks:
        stations = STATION.findall(walk)
        assert 5 <= len(stations) <= MOST_STATIONS, title
        assert len(stations) == len(re.findall(r"^\d+\. ", walk, re.MULTILINE)), title
        for place, name in stations:
            assert not name or name in names_in(ROOT / place), f"{title}: {place} has no {name}"


def test_the_glossary_has_every_term_once() -> None:
    table = text_of(GUIDE).partition("## Glossary")[2].partition("\n## ")[0]
    rows = [row.strip("|").split("|") for row in table.splitlines() if row.startswith("| ")][1:]
    terms = [row[0].strip() for row in rows]
    assert len(terms) == len(set(terms)) >= 28
    assert all(row[1].strip() and row[2].strip().strip("`") for row in rows)


def test_the_decisions_are_numbered_and_short() -> None:
    numbers = [int(path.name[:4]) for path in DECISIONS]
    assert numbers == list(range(1, len(DECISIONS) + 1))
    assert len(DECISIONS) >= 10
    for path in DECISIONS:
        text = text_of(path)
        assert len(text.splitlines()) <= 30
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequence"]


def test_the_readme_is_short() -> None:
    assert len(text_of(ROOT / "README.md").splitlines()) <= MOST_README_LINES


def test_all_benchmarks_are_listed() -> None:
    there = {
        path.name for path in (ROOT / "tests" / "benchmarks").glob("*.py") if '__name__ == "__main__"' in text_of(path)
    }
    assert there <= {name.split()[0] for name in re.findall(r"^\| `([^`]+)`", text_of(GUIDE), re.MULTILINE)}
    assert PACKAGE.is_dir()
