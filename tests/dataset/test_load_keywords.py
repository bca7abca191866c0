"""The typed keywords of `load` have the names, types and defaults of the fields of `LoadOptions`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, get_type_hints

from nmf_explorer.dataset.load import load
from nmf_explorer.dataset.load_options import LoadKeywords, LoadOptions, Role
from tests.dataset.images import write_grey_images

if TYPE_CHECKING:
    from pathlib import Path


def test_keywords_have_the_names_and_types_of_the_options() -> None:
    keywords, options = get_type_hints(LoadKeywords), get_type_hints(LoadOptions)
    assert LoadKeywords.__required_keys__ == frozenset()
    assert list(keywords) == list(options)
    for name, annotation in options.items():
        is_size = name in {"size", "table_size", "tile_size"}  # a keyword may be one number for a square
        wider = annotation | Mapping[int | str, Role] if name == "columns" else annotation
        assert keywords[name] == (annotation | int if is_size else wider), name


def test_omitted_keywords_have_the_defaults_of_the_options(tmp_path: Path) -> None:
    write_grey_images(tmp_path, "a.png", "b.png")
    assert load(tmp_path).report.options == LoadOptions()
    given: LoadKeywords = {"resize": "fit", "size": 4}
    assert load(tmp_path, **given).report.options == LoadOptions(resize="fit", size=(4, 4))
