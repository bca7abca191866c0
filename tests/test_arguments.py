"""Load options on the command line."""

from __future__ import annotations

import argparse
from dataclasses import asdict, fields
from typing import TYPE_CHECKING

import numpy as np
import pytest

from nmf_explorer import __main__ as program
from nmf_explorer.arguments import add_load_options, load_options
from nmf_explorer.dataset.load_options import LoadOptions

if TYPE_CHECKING:
    from pathlib import Path


def read(*words: str) -> LoadOptions | None:
    """Parse load options."""
    parser = argparse.ArgumentParser()
    add_load_options(parser)
    return load_options(parser.parse_args(words))


ALL = (
    "--size 32x24 --resize leave-out --colour --invert --transpose --background black --white 4095 --frames all "
    "--samples-in columns --samples-axis 2 --array x --table-size 8x13 --tile 16x8 --tile-step 4 --max-pixels 100 "
    "--columns a=label,2=ignore,4-6=name"
)


def test_every_option_can_be_typed() -> None:
    given = read(*ALL.split())
    assert given is not None
    usual = asdict(LoadOptions())
    assert [field.name for field in fields(LoadOptions) if getattr(given, field.name) == usual[field.name]] == []
    assert (given.size, given.table_size, given.tile_size, given.tile_step) == ((24, 32), (13, 8), (8, 16), 4)
    chosen = ((1, "ignore"), (3, "name"), (4, "name"), (5, "name"), ("a", "label"))  # numbers from 0
    assert given.columns == chosen
    assert (given.resize, given.white) == ("leave out", 4095.0)


def test_what_is_not_typed_is_as_usual() -> None:
    assert read() is None
    assert read("--white", "maximum") == LoadOptions(white="maximum")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("--white 0", "above 0"),
        ("--white bright", "not a number"),
        ("--tile 16", "WIDTHxHEIGHT"),
        ("--tile-step 0", "too small"),
        ("--samples-axis -1", "too small"),
        ("--samples-axis last", "not a whole number"),
        ("--resize bend", "invalid choice"),
        ("--columns class", "COLUMN=ROLE"),
        ("--columns =label", "COLUMN=ROLE"),
        ("--columns 3=pixel", "feature, name, label, ignore"),
        ("--columns 0=label", "counted from 1"),
        ("--columns 5-4=label", "counted from 1"),
        ("--columns 1-10000001=label", "counted from 1"),
    ],
)
def test_wrong_values_are_wrong_usage(capsys: pytest.CaptureFixture[str], words: str, expected: str) -> None:
    with pytest.raises(SystemExit) as ended:
        program.main(["fit", "somewhere", *words.split()])
    assert ended.value.code == 2
    assert expected in capsys.readouterr().err


def test_a_table_is_read_as_it_is_typed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = np.random.default_rng(0).integers(0, 9, (20, 12))
    np.savetxt(tmp_path / "table.csv", table, fmt="%d", delimiter=",")
    command = ["fit", str(tmp_path / "table.csv"), "-k", "2", "--start", "random"]
    assert program.main([*command, "--table-size", "6x2"]) == 0
    assert "20 images of 6 x 2 pixels" in capsys.readouterr().out
    assert program.main([*command, "--samples-in", "columns", "--table-size", "4x5"]) == 0
    assert "12 images of 4 x 5 pixels" in capsys.readouterr().out
