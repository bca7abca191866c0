"""The same journey without a window: files -> matrix -> model -> files, told in one line. Imports no Qt."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import nmf_explorer
from nmf_explorer.dataset.dataset import size_text
from nmf_explorer.errors import NmfExplorerError
from nmf_explorer.export.model_file import save_model
from nmf_explorer.export.parts_picture import save_parts_picture
from nmf_explorer.factorize.suggest import suggest_n_components

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.factorize.nmf_model import NmfModel

DONE, UNUSABLE, WRONG_USAGE = 0, 1, 2


def fit_parser() -> argparse.ArgumentParser:
    """Describe ``nmf-explorer fit``.

    Returns
    -------
    ArgumentParser
        Ready to parse what follows the word ``fit``.
    """
    parser = argparse.ArgumentParser(
        prog="nmf-explorer fit", description="Find the parts of a set of images, without a window."
    )
    parser.add_argument("source", metavar="SOURCE", nargs="+", type=_path, help="folder, image files or .npy file")
    parser.add_argument(
        "-k", "--parts", type=_whole_from(1), metavar="K", help="number of parts (suggested if left out)"
    )
    parser.add_argument("--seed", type=_whole_from(0), default=0, help="seed of the random start (default 0)")
    parser.add_argument(
        "--max-iter", type=_whole_from(1), metavar="N", help="largest number of iterations (default 1000)"
    )
    parser.add_argument("--size", type=_size, metavar="WxH", help="resize to this size, such as 32x24")
    parser.add_argument("--colour", action="store_true", help="keep colours (otherwise grey)")
    parser.add_argument("--out", type=_path, metavar="MODEL.npz", help="write parts and weights to this file")
    parser.add_argument("--picture", type=_path, metavar="PARTS.png", help="write a picture of the parts to this file")
    return parser


def run_fit(arguments: Sequence[str]) -> int:
    """Run ``nmf-explorer fit``.

    Parameters
    ----------
    arguments : sequence of str
        What follows the word ``fit``.

    Returns
    -------
    int
        0 when done, 1 when the input cannot be used; wrong usage exits with 2 as argparse does.
    """
    options = fit_parser().parse_args(arguments)
    try:
        dataset = nmf_explorer.load(options.source, size=options.size, colour=options.colour)
        began = time.perf_counter()
        limits = {} if options.max_iter is None else {"max_iter": options.max_iter}
        n_components = options.parts or suggest_n_components(dataset)
        model = nmf_explorer.fit(dataset, n_components, random_state=options.seed, **limits)
        seconds = time.perf_counter() - began
        if options.out:
            save_model(options.out, model, dataset)
        if options.picture:
            save_parts_picture(options.picture, model)
    except NmfExplorerError as error:
        print(f"nmf-explorer: {_printable(error)}", file=sys.stderr)
        return UNUSABLE
    _tell_about(dataset)
    print(summary(dataset, model, seconds))
    return DONE


def _tell_about(dataset: Dataset) -> None:
    for path, reason in dataset.skipped:
        print(f"skipped {_printable(path)}: {_printable(reason)}", file=sys.stderr)
    for note in dataset.notes:
        print(f"note: {_printable(note)}", file=sys.stderr)


def summary(dataset: Dataset, model: NmfModel, seconds: float) -> str:
    """Tell a fit in one line.

    Parameters
    ----------
    dataset : Dataset
        What was factorized.
    model : NmfModel
        What was found.
    seconds : float
        How long it took.

    Returns
    -------
    str
        Such as ``7 parts from 128 images of 8 x 13 pixels, relative error 0.0000, 41 iterations, 0.03 s``.
    """
    line = (
        f"{model.n_components} parts from {dataset.n_samples} images of {size_text(dataset.sample_shape)} pixels, "
        f"relative error {model.relative_error:.4f}, {model.n_iterations} iterations, {seconds:.2f} s"
    )
    return line if model.converged else f"{line} (stopped before it converged; --max-iter allows more)"


def _printable(text: object) -> str:
    """One line that any terminal can print, also for names that are no valid text or hold line breaks."""
    line = str(text).encode("utf-8", "backslashreplace").decode()
    line = "".join(c if c.isprintable() else repr(c)[1:-1] for c in line)
    encoding = sys.stderr.encoding or "ascii"
    return line.encode(encoding, "backslashreplace").decode(encoding)


def _whole_from(lowest: int) -> Callable[[str], int]:
    def whole_number(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from None
        if number < lowest:
            raise argparse.ArgumentTypeError(f"{text} is too small; {lowest} or more is allowed")
        return number

    return whole_number


def _path(text: str) -> Path:
    if not text:  # a script's variable that was never set; pathlib would take it for the current folder
        raise argparse.ArgumentTypeError("the name is empty")
    return Path(text)


def _size(text: str) -> tuple[int, int]:
    width, cross, height = text.lower().partition("x")
    if not (cross and width.isdecimal() and height.isdecimal() and int(width) and int(height)):
        raise argparse.ArgumentTypeError(f"{text!r} is not WIDTHxHEIGHT, such as 32x24")
    return int(height), int(width)
