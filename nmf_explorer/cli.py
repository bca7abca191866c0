"""Fit without a window: files -> matrix -> model -> files, summarised in one line. Imports no Qt."""

from __future__ import annotations

import argparse
import re
import sys
import time
import warnings
from dataclasses import asdict
from typing import TYPE_CHECKING

import nmf_explorer
from nmf_explorer.arguments import (
    LOAD_FLAGS,
    SOURCE_HELP,
    add_load_options,
    load_options,
    number,
    path,
    whole_number_from,
)
from nmf_explorer.dataset.load_options import LoadOptions
from nmf_explorer.dataset.size_text import size_text
from nmf_explorer.errors import NmfExplorerError, OptionError
from nmf_explorer.export.parts_image import save_parts_image
from nmf_explorer.factorize.fit_options import LOSSES, SOLVERS, STARTS
from nmf_explorer.factorize.model.agreement import Agreement, agreement
from nmf_explorer.factorize.model.part_statistics import part_statistics
from nmf_explorer.factorize.suggest import suggest_n_components

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.factorize.model.nmf_model import NmfModel

DONE, UNUSABLE, WRONG_USAGE = 0, 1, 2
# Options whose flag has a different name; errors name both.
_FLAGS = {
    "n_components": "-k",
    "random_state": "--seed",
    "max_iter": "--max-iter",
    "solver": "--method",
    "n_restarts": "--restarts",
    "alpha_W": "--alpha-w",
    "alpha_H": "--alpha-h",
    "l1_ratio": "--l1-ratio",
    **LOAD_FLAGS,
}


def fit_parser() -> argparse.ArgumentParser:
    """Make the argument parser of ``nmf-explorer fit``."""
    parser = argparse.ArgumentParser(
        prog="nmf-explorer fit", description="Find the parts of a set of images, without a window."
    )
    parser.add_argument("source", metavar="SOURCE", nargs="+", type=path, help=SOURCE_HELP)
    parser.add_argument(
        "-k", "--parts", type=whole_number_from(1), metavar="K", help="number of parts (suggested if left out)"
    )
    _add_fit_options(parser)
    add_load_options(parser)
    parser.add_argument("--out", type=path, metavar="MODEL.npz", help="write parts and weights to this file")
    parser.add_argument("--picture", type=path, metavar="PARTS.png", help="write a picture of the parts to this file")
    return parser


def _add_fit_options(parser: argparse.ArgumentParser) -> None:
    """Add the fit options under the engine's names; omitted ones keep the engine's defaults."""
    add = parser.add_argument_group("how to fit").add_argument
    add("--seed", dest="random_state", type=whole_number_from(0), metavar="N", help="seed of random starts (default 0)")
    add("--method", dest="solver", choices=SOLVERS, help="how the parts are improved (default auto)")
    add("--start", choices=STARTS, help="where to begin (default auto: try several, keep the best)")
    add("--loss", choices=LOSSES, help="what is minimised (default frobenius: squared differences)")
    add(
        "--restarts",
        dest="n_restarts",
        type=whole_number_from(0),
        metavar="N",
        help="how many random starts more to try",
    )
    add("--alpha-w", dest="alpha_W", type=number, metavar="A", help="price of large weights (default 0)")
    add("--alpha-h", dest="alpha_H", type=_number_or_same, metavar="A", help="price of large parts (default: the same)")
    add("--l1-ratio", type=number, metavar="R", help="price on squares (0, the default), on sizes (1), or on both")
    add("--tol", type=number, metavar="T", help="stop when going on would gain less than this share (default 0.001)")
    add("--max-iter", type=whole_number_from(1), metavar="N", help="largest number of iterations (default 1000)")


_FIT_OPTIONS = (
    "random_state",
    "solver",
    "start",
    "loss",
    "n_restarts",
    "alpha_W",
    "alpha_H",
    "l1_ratio",
    "tol",
    "max_iter",
)


def run_fit(arguments: Sequence[str]) -> int:
    """Run ``nmf-explorer fit``; return 0, or 1 if the input cannot be used. Wrong usage exits with 2."""
    options = fit_parser().parse_args(arguments)
    try:
        read_options = load_options(options) or LoadOptions()
        dataset = nmf_explorer.load(options.source, **asdict(read_options))
        started_at = time.perf_counter()
        given = {name: value for name in _FIT_OPTIONS if (value := getattr(options, name)) is not None}
        n_components = options.parts or suggest_n_components(dataset)
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always", UserWarning)
            model = nmf_explorer.fit(dataset, n_components, **given)
        seconds = time.perf_counter() - started_at
        if options.out:
            model.save(options.out, dataset)
        if options.picture:
            save_parts_image(options.picture, model)
    except NmfExplorerError as error:
        text = _name_flags(str(error)) if isinstance(error, OptionError) else str(error)
        print(f"nmf-explorer: {_printable(text)}", file=sys.stderr)
        return UNUSABLE
    _print_skipped_and_notes(dataset)
    print(summary(dataset, model, seconds))
    found = agreement(model, part_statistics(model))
    words = (_name_flags(str(warning.message)) for warning in warned)
    for note in filter(None, (*words, agreement_note(found), spare_note(found))):
        print(f"note: {note}", file=sys.stderr)
    return DONE


def _name_flags(text: str) -> str:
    """Add the flag after the first mention of an option: "n_components" -> "n_components (-k)"."""
    for name, flag in _FLAGS.items():
        text = re.sub(rf"\b{name}\b", f"{name} ({flag})", text, count=1)
    return text


def _print_skipped_and_notes(dataset: Dataset) -> None:
    for skipped_path, reason in dataset.skipped:
        print(f"skipped {_printable(skipped_path)}: {_printable(reason)}", file=sys.stderr)
    for note in dataset.notes:
        print(f"note: {_printable(note)}", file=sys.stderr)


def summary(dataset: Dataset, model: NmfModel, seconds: float) -> str:
    """Summarise a fit in one line.

    Such as ``7 parts from 128 images of 8 x 13 pixels, relative error 0.0000, 41 iterations, 0.03 s``.
    """
    line = (
        f"{_count(model.n_components, 'part')} from {_count(dataset.n_samples, 'image')} of "
        f"{size_text(dataset.sample_shape)} pixels, relative error {model.relative_error:.4f}, "
        f"{_count(model.n_iterations, 'iteration')}, {seconds:.2f} s"
    )
    return line if model.converged else f"{line} (stopped before it converged; --max-iter allows more)"


def agreement_note(found: Agreement) -> str:
    """Return how many of the needed parts the equally good fits from other starts found again, or an empty text."""
    n_parts, n_starts, n_higher = found.n_needed, found.n_starts, found.n_higher_starts
    if not n_parts or not n_starts + n_higher:
        return ""
    if not n_starts:
        return f"none of {n_higher} other starts came as low" if n_higher > 1 else "the other start did not come as low"
    others = f"each of {n_starts} other starts" if n_starts > 1 else "the one other start"
    ending = "" if found.n_found == n_parts else "; the others depend on the start"
    if not found.n_found:
        unexplained = f"; {found.relative_error:.0%} of the images is not explained, more parts may help"
        ending = ": these images do not tell the parts apart" if found.is_explained else unexplained
    return f"{found.n_found} of {_count(n_parts, 'part')} found again from {others} that came as low{ending}"


def spare_note(found: Agreement) -> str:
    """Return how many parts are enough, or an empty text where none is spare."""
    if not found.n_spare or not found.n_needed:
        return ""
    unused = f"{found.n_unused} {'is' if found.n_unused == 1 else 'are'} used by no image"
    copies = "1 is a copy of another" if found.n_copies == 1 else f"{found.n_copies} are copies of others"
    reasons = [text for text, n in ((unused, found.n_unused), (copies, found.n_copies)) if n]
    verb = "is" if found.n_needed == 1 else "are"
    return f"{_count(found.n_needed, 'part')} {verb} enough: {', '.join(reasons)}"


def _count(n: int, noun: str) -> str:
    return f"1 {noun}" if n == 1 else f"{n} {noun}s"


def _printable(text: object) -> str:
    """Return one line that any terminal can print, also for names with invalid text or line breaks."""
    line = str(text).encode("utf-8", "backslashreplace").decode()
    line = "".join(c if c.isprintable() else repr(c)[1:-1] for c in line)
    encoding = sys.stderr.encoding or "ascii"
    return line.encode(encoding, "backslashreplace").decode(encoding)


def _number_or_same(text: str) -> float | str:
    return text if text == "same" else number(text)
