"""The translations: complete, with the same placeholders as the source, and compiled."""

from __future__ import annotations

import ast
import re
import shutil
import string
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QTranslator

from resources.make_translations import TRANSLATIONS, message_templates, update
from tests.architecture.source import modules, tree_of

if TYPE_CHECKING:
    from pathlib import Path

CATALOGUES = sorted(TRANSLATIONS.glob("*.ts"))


class Text(NamedTuple):
    """One text of a catalogue."""

    context: str
    source: str
    translations: tuple[str, ...]
    is_finished: bool


def texts_of(catalogue: Path) -> list[Text]:
    """Return all texts of a catalogue; those with a number have several translations."""
    found = []
    for context in ET.parse(catalogue).getroot().iter("context"):  # noqa: S314 - the project's own file
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            forms = [form.text or "" for form in translation.findall("numerusform")] or [translation.text or ""]
            name, source = context.findtext("name", ""), message.findtext("source", "")
            found.append(Text(name, source, tuple(forms), translation.get("type") is None))
    return found


def gaps(text: str) -> set[str]:
    """Return the placeholders of a text: named ones with their formats, and those of Qt."""
    named = {f"{name}!{conversion}:{form}" for _, name, form, conversion in string.Formatter().parse(text) if name}
    return named | set(re.findall(r"%[nvm]\b", text))


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.stem)
def test_every_text_of_the_program_is_translated(catalogue: Path, tmp_path: Path) -> None:
    """Where this fails: run ``python resources/make_translations.py``, translate what is unfinished, run it again."""
    fresh = tmp_path / catalogue.name
    shutil.copyfile(catalogue, fresh)
    update(fresh)
    texts = texts_of(fresh)
    assert [text for text in texts if not text.is_finished] == []
    assert set(texts) == set(texts_of(catalogue))  # and nothing is obsolete


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.stem)
def test_translations_have_the_same_gaps(catalogue: Path) -> None:
    wrong = [
        (text.source, translation)
        for text in texts_of(catalogue)
        for translation in text.translations
        if text.is_finished and gaps(translation) != gaps(text.source)
    ]
    assert wrong == []


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.stem)
def test_what_has_a_key_in_a_menu_has_one_in_every_language(catalogue: Path) -> None:
    def has_key(text: str) -> bool:
        return re.search("&[^&]", text) is not None

    texts = [text for text in texts_of(catalogue) if text.is_finished]
    assert [text for text in texts for form in text.translations if has_key(text.source) != has_key(form)] == []
    assert [text for text in texts if not all(text.translations)] == []


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.stem)
def test_what_the_program_reads_is_what_was_translated(catalogue: Path) -> None:
    translator = QTranslator()
    assert translator.load(str(catalogue.with_suffix(".qm")))
    for text in texts_of(catalogue):
        if text.is_finished:
            for number, form in enumerate(text.translations, 1):
                assert translator.translate(text.context, text.source, None, number) == form, text.source


def test_texts_of_messages_are_found_and_are_literals() -> None:
    templates = message_templates()
    assert "Stopped." in templates
    assert "{n:,} images of {width} x {height} loaded; {skipped:,} skipped." in templates  # through a variable
    assert "holds no labels" in templates  # one of two


@pytest.mark.parametrize("path", modules("nmf_explorer/ui"), ids=lambda path: path.stem)
def test_only_literals_are_translated(path: Path) -> None:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"self.tr", "QCoreApplication.translate"}:
            text = node.args[0 if ast.unparse(node.func) == "self.tr" else 1]
            is_of_a_message = ast.unparse(text) == "text.template"
            assert isinstance(text, ast.Constant) or is_of_a_message, f"line {node.lineno}"
