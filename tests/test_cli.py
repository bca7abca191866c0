"""The command line: what is printed, what is written, and the exit codes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

import nmf_explorer
from nmf_explorer import __main__ as program
from nmf_explorer.cli import agreement_note, spare_note
from nmf_explorer.dataset.load_options import LoadOptions
from nmf_explorer.factorize.model.agreement import Agreement
from nmf_explorer.resource_files import sample_images

if TYPE_CHECKING:
    from nmf_explorer import Dataset, NmfModel


FULL = Path("/dev/full")
LED = str(sample_images() / "led_digits")
NOTE = r"note: 7 of 7 parts found again from each of \d+ other starts that came as low\n"
LINE = r"7 parts from 128 images of 8 x 13 pixels, relative error 0\.0000, \d+ iterations, \d+\.\d\d s\n"


def test_a_fit_is_printed_in_one_line_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model, picture = tmp_path / "model.npz", tmp_path / "parts.png"
    code = program.main(["fit", LED, "-k", "7", "--seed", "0", "--out", str(model), "--picture", str(picture)])
    assert code == 0
    assert re.fullmatch(LINE, capsys.readouterr().out)
    with np.load(model, allow_pickle=False) as saved:
        assert saved["components"].shape == (7, 104)
    with Image.open(picture) as sheet:
        assert sheet.mode == "L"


def test_the_agreement_of_starts_is_printed_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["fit", LED]) == 0
    printed = capsys.readouterr()
    assert re.fullmatch(LINE, printed.out)
    assert re.fullmatch(NOTE, printed.err)
    assert program.main(["fit", str(sample_images() / "led_ten_digits")]) == 0
    assert re.match(r"note: [0-6] of 7 parts found again", capsys.readouterr().err)
    assert program.main(["fit", LED, "--start", "random"]) == 0
    assert capsys.readouterr().err == ""


NONE_FOUND = "0 of {} parts found again from each of 8 other starts that came as low"


@pytest.mark.parametrize(
    ("found", "note"),
    [
        (Agreement(2, 0, 0, 8, 1, 2, 0.3), "2 of 2 parts found again from each of 8 other starts that came as low"),
        (
            Agreement(2, 0, 0, 1, 8, 1, 0.0),
            "1 of 2 parts found again from the one other start that came as low; the others depend on the start",
        ),
        (
            Agreement(7, 0, 0, 8, 0, 0, 0.0049),
            f"{NONE_FOUND.format(7)}: these images do not tell the parts apart",
        ),
        (
            Agreement(4, 0, 0, 8, 0, 0, 0.463),
            f"{NONE_FOUND.format(4)}; 46% of the images is not explained, more parts may help",
        ),
        (Agreement(1, 0, 0, 1, 0, 1, 0.0), "1 of 1 part found again from the one other start that came as low"),
        (Agreement(2, 0, 0, 0, 9, 0, 0.1), "none of 9 other starts came as low"),
        (Agreement(2, 0, 0, 0, 1, 0, 0.1), "the other start did not come as low"),
        (Agreement(2, 0, 0, 0, 0, 0, 0.1), ""),
        (Agreement(0, 2, 0, 3, 0, 0, 0.0), ""),
    ],
)
def test_the_note_about_agreement_of_starts(found: Agreement, note: str) -> None:
    assert agreement_note(found) == note


@pytest.mark.parametrize(
    ("n_needed", "n_unused", "n_copies", "note"),
    [
        (7, 0, 0, ""),
        (0, 3, 0, ""),
        (7, 3, 0, "7 parts are enough: 3 are used by no image"),
        (1, 1, 0, "1 part is enough: 1 is used by no image"),
        (6, 0, 1, "6 parts are enough: 1 is a copy of another"),
        (6, 1, 2, "6 parts are enough: 1 is used by no image, 2 are copies of others"),
    ],
)
def test_the_note_about_spare_parts(n_needed: int, n_unused: int, n_copies: int, note: str) -> None:
    assert spare_note(Agreement(n_needed, n_unused, n_copies, 3, 0, 1, 0.1)) == note


def test_spare_parts_are_named_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["fit", str(sample_images() / "stripes"), "-k", "4"]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("note: 3 of 3 parts found again from each of ")
    assert lines[1:] == ["note: 3 parts are enough: 1 is used by no image"]


def test_every_option_of_a_fit_reaches_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[dict[str, object]] = []
    fit = nmf_explorer.fit

    def remember(dataset: Dataset, n_components: int, **options: Any) -> NmfModel:
        given.append(options)
        return fit(dataset, n_components, **options)

    monkeypatch.setattr(nmf_explorer, "fit", remember)
    for i in range(4):
        Image.new("L", (3, 3), 100 + i).save(tmp_path / f"{i}.png")
    words = "-k 1 --seed 3 --method multiplicative --start random --loss kullback-leibler --restarts 2 --alpha-w 0.1"
    words += " --alpha-h 0.2 --l1-ratio 0.5 --tol 0.01 --max-iter 9"
    assert program.main(["fit", str(tmp_path), *words.split()]) == 0
    assert program.main(["fit", str(tmp_path), "-k", "1", "--alpha-w", "0.1", "--alpha-h", "same"]) == 0
    assert given == [
        {
            "random_state": 3,
            "solver": "multiplicative",
            "start": "random",
            "loss": "kullback-leibler",
            "n_restarts": 2,
            "alpha_W": 0.1,
            "alpha_H": 0.2,
            "l1_ratio": 0.5,
            "tol": 0.01,
            "max_iter": 9,
        },
        {"alpha_W": 0.1, "alpha_H": "same"},
    ]


def test_a_penalty_without_effect_is_noted(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for i in range(3):
        Image.fromarray(np.random.default_rng(i).integers(0, 256, (4, 5), dtype=np.uint8)).save(tmp_path / f"{i}.png")
    assert program.main(["fit", str(tmp_path), "-k", "1", "--alpha-w", "0.1", "--alpha-h", "0"]) == 0
    assert "note: A penalty on one factor only has no effect" in (printed := capsys.readouterr().err)
    assert "Give alpha_H (--alpha-h) too." in printed


def test_help_lists_every_option_with_a_description(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        program.main(["fit", "--help"])
    printed = capsys.readouterr().out
    options = "method start loss restarts alpha-w alpha-h l1-ratio tol max-iter seed"
    assert [name for name in options.split() if not re.search(rf"^  --{name} .", printed, re.MULTILINE)] == []


def test_the_number_of_parts_is_suggested(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["fit", str(sample_images() / "stripes")]) == 0
    assert capsys.readouterr().out.startswith("3 parts from 60 images of 8 x 8 pixels")


def test_size_and_colour(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for i in range(3):
        Image.new("RGB", (6, 4), (50 * i, 90, 200)).save(tmp_path / f"{i}.png")
    assert program.main(["fit", str(tmp_path), "-k", "1", "--size", "3x2", "--colour"]) == 0
    assert "of 3 x 2 pixels" in capsys.readouterr().out


def test_a_fit_that_did_not_converge_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["fit", str(sample_images() / "swimmer"), "-k", "5", "--max-iter", "2"]) == 0
    assert "2 iterations" in (out := capsys.readouterr().out)
    assert "stopped before it converged" in out


def test_skipped_files_and_notes_are_printed_to_stderr(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for i in range(2):
        Image.new("L", (3, 3), 100 + i).save(tmp_path / f"{i}.png")
    (tmp_path / "two\nlines.txt").write_text("no image")
    assert program.main(["fit", str(tmp_path), "-k", "1"]) == 0
    printed = capsys.readouterr()
    assert len(printed.out.splitlines()) == 1
    skipped, note, sure = printed.err.splitlines()
    assert skipped.startswith("skipped ")
    assert "two\\nlines.txt: not a picture" in skipped
    assert note.startswith("note: 2 of 2 images show nothing")
    assert sure.startswith("note: 1 of 1 part found again")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["no/such/folder"], "no/such/folder"),
        ([LED, "-k", "105"], "n_components (-k) must be from 1 to 104"),
        ([LED, "--method", "hals", "--loss", "kullback-leibler"], "solver (--method) 'hals'"),
        ([LED, "--method", "scikit-learn", "--restarts", "2"], "follows one start"),
        ([LED, "--l1-ratio", "2"], "l1_ratio (--l1-ratio) must be a number from 0 to 1; got 2.0"),
        ([LED, "--alpha-h", "-1"], "alpha_H (--alpha-h) must be"),
        ([LED, "--tol", "1"], "tol must be"),
        ([LED, "--loss", "itakura-saito"], "has zeros"),
        ([LED, "-k", "7", "--out", "no/such/folder/model.npz"], "could not be written"),
    ],
)
def test_input_that_cannot_be_used(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["fit", *arguments]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1
    assert printed.err.startswith("nmf-explorer: ")
    assert words in printed.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["fit"],
        ["fit", LED, "-k", "0"],
        ["fit", LED, "-k", "many"],
        ["fit", LED, "--seed", "-1"],
        ["fit", LED, "--method", "guess"],
        ["fit", LED, "--start", "anywhere"],
        ["fit", LED, "--loss", "grief"],
        ["fit", LED, "--restarts", "-1"],
        ["fit", LED, "--tol", "small"],
        ["fit", LED, "--alpha-h", "other"],
        ["fit", LED, "--size", "3"],
        ["fit", LED, "--size", "0x3"],
        ["fit", ""],
        ["fit", LED, "--out", ""],
        ["--no-such-option"],
    ],
)
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        program.main(arguments)
    assert end.value.code == 2
    assert "usage: nmf-explorer" in capsys.readouterr().err


def test_wrong_usage_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        program.main(["fit", LED, "-k", "many"])
    assert "-k/--parts: 'many' is not a whole number" in capsys.readouterr().err


@pytest.mark.skipif(not FULL.is_char_device(), reason="a disk that is always full is only there on Linux")
def test_a_failed_print_is_reported_in_one_line() -> None:
    command = [sys.executable, "-m", "nmf_explorer", "fit", LED]
    with FULL.open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)  # noqa: S603
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert lines[-1] == "nmf-explorer: the result could not be printed: No space left on device."


def test_a_bug_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: object) -> int:
        raise FileNotFoundError(2, "No such file or directory", "icon.png")

    monkeypatch.setattr(program, "_fit", broken)
    with pytest.raises(FileNotFoundError):
        program.main(["fit", LED])


def test_a_closed_pipe_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "nmf_explorer", "fit", LED]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)  # noqa: S603
    os.close(writing)
    assert done.returncode == 0
    assert re.fullmatch(f"({NOTE})?", done.stderr)


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, words in ((["--version"], nmf_explorer.__version__), (["--help"], "SOURCE"), (["fit", "-h"], "-k")):
        with pytest.raises(SystemExit) as end:
            program.main(arguments)
        assert end.value.code == 0
        assert words in capsys.readouterr().out


def test_with_a_screen_the_window_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")

    def run(*given: object) -> int:
        opened.append(given)
        return 0

    window = SimpleNamespace(run=run)
    monkeypatch.setitem(sys.modules, "nmf_explorer.app", window)
    assert program.main([LED]) == 0
    assert program.main([LED, "--invert"]) == 0
    assert opened == [([Path(LED)], None), ([Path(LED)], LoadOptions(invert=True))]


def test_a_system_library_that_is_missing_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Missing:
        def find_spec(self, name: str, *_rest: object) -> None:
            if name == "nmf_explorer.app":
                raise ImportError("libGL.so.1: cannot open shared object file")

    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.delitem(sys.modules, "nmf_explorer.app", raising=False)
    monkeypatch.delattr("nmf_explorer.app", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    assert program.main([]) == 1
    assert "libGL.so.1" in capsys.readouterr().err


def test_a_bug_is_not_taken_for_a_missing_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setitem(sys.modules, "nmf_explorer.app", SimpleNamespace())
    with pytest.raises(ImportError, match="cannot import name 'run'"):
        program.main([])


def test_ctrl_c_ends_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_given: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(program, "_fit", interrupted)
    assert program.main(["fit", LED]) == 130


def test_as_a_module_in_a_process_of_its_own() -> None:
    command = [sys.executable, "-m", "nmf_explorer", "fit", LED, "-k", "7"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - this program
    assert re.fullmatch(LINE, done.stdout)
    assert re.fullmatch(NOTE, done.stderr)
