"""The list of skipped files as text: one line per file, saved completely or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from nmf_explorer.errors import ExportError
from nmf_explorer.export.skipped_list import save_skipped, skipped_text

SKIPPED = [(Path("/set/torn.png"), "damaged"), (Path("/set/two\nlines\t\udcff\U0001f600.png"), "the file is\nempty")]
TEXT = "/set/torn.png\tdamaged\n/set/two\\nlines\\t\\udcff\U0001f600.png\tthe file is\\nempty\n"


def test_every_file_has_one_line() -> None:
    assert skipped_text(SKIPPED) == TEXT
    assert skipped_text([]) == ""


def test_the_list_is_saved(tmp_path: Path) -> None:
    save_skipped(tmp_path / "list.txt", SKIPPED)
    assert (tmp_path / "list.txt").read_text(encoding="utf-8") == TEXT


def test_a_list_that_cannot_be_saved_is_an_export_error(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="missing"):
        save_skipped(tmp_path / "missing" / "list.txt", SKIPPED)
