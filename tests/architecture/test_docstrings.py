"""Docstrings: full numpydoc for what the package exports, one short line elsewhere, and few lines in all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from numpydoc.validate import validate

import nmf_explorer
from tests.architecture.source import ROOT, modules, n_docstring_lines, n_lines
from tests.architecture.words import replaced_words

if TYPE_CHECKING:
    from pathlib import Path

# One summary line that ends with a full stop, a section for each parameter, and what is returned.
CHECKS = {
    "GL01",
    "GL02",
    "GL03",
    "GL05",
    "GL06",
    "GL07",
    "GL08",
    "GL10",
    "PR01",
    "PR02",
    "PR03",
    "PR04",
    "RT01",
    "RT03",
}
EXPORTED = sorted(set(nmf_explorer.__all__) - {"__version__"})
MOST_LINES = 0.14  # of all lines of the package


def exported_objects() -> list[str]:
    """Import paths of the exported functions and classes, and of the public methods of the classes."""
    paths = [f"nmf_explorer.{name}" for name in EXPORTED]
    for name in EXPORTED:
        exported = getattr(nmf_explorer, name)
        if isinstance(exported, type):
            own = [key for key, value in vars(exported).items() if not key.startswith("_") and callable(value)]
            paths += [f"nmf_explorer.{name}.{key}" for key in own]
    return paths


@pytest.mark.parametrize("path", exported_objects())
def test_exported_names_have_full_numpydoc(path: str) -> None:
    is_class = path.count(".") == 1 and isinstance(getattr(nmf_explorer, path.split(".")[1]), type)
    checks = CHECKS - {"PR01"} if is_class else CHECKS  # the fields of a frozen class are its Attributes section
    found = {code: text for code, text in validate(path)["errors"] if code in checks}
    assert found == {}


def test_docstrings_are_a_small_share_of_the_lines() -> None:
    paths = modules("nmf_explorer")
    assert sum(map(n_docstring_lines, paths)) <= MOST_LINES * sum(map(n_lines, paths))


@pytest.mark.parametrize("path", modules("nmf_explorer"), ids=lambda path: str(path.relative_to(ROOT)))
def test_words_of_the_glossary_are_used(path: Path) -> None:
    assert replaced_words(path) == []


def test_replaced_words_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.architecture.words.ROOT", tmp_path)
    path = tmp_path / "module.py"
    path.write_text('"""Tell why.\n\nThe fit goes on.\n"""\n\nTOLD = "a picture"  # a picture\n', encoding="utf-8")
    assert [line.split("“")[0] for line in replaced_words(path)] == ["module.py:1: ", "module.py:3: ", "module.py:6: "]
