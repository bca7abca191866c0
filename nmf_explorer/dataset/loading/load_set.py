"""Many files become one Dataset: their common size, grey or colour, and an account of every file.

The size is guessed from the headers of some files, then every file is decoded once, straight into its row. Only where
the guess was wrong is there a second pass.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nmf_explorer.dataset.dataset import Skipped
from nmf_explorer.dataset.loading.concatenate import concatenate
from nmf_explorer.dataset.loading.decoder_pool import decode_in_threads, threads_for
from nmf_explorer.dataset.loading.finalize import finalize
from nmf_explorer.dataset.loading.image_cache import PHOTOGRAPH, ImageCache
from nmf_explorer.dataset.loading.image_rows import ImageRows
from nmf_explorer.dataset.loading.stack_rows import SampleRows, stack_rows, with_labels
from nmf_explorer.dataset.loading.target_size import choose_size
from nmf_explorer.dataset.readers.images import image_file, multi_frame_file
from nmf_explorer.dataset.readers.images.tiles import default_tile_size
from nmf_explorer.dataset.readers.registry import HEAD_BYTES, Reader, find_reader
from nmf_explorer.errors import ImageReadError, Message, SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import DTypeLike

    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.dataset.files.found_file import FileListing, FoundFile
    from nmf_explorer.dataset.load_options import LoadOptions
    from nmf_explorer.dataset.loading.progress import ProgressReporter
    from nmf_explorer.dataset.readers.samples.file_samples import FileInfo
    from nmf_explorer.dataset.readers.samples.target_format import TargetFormat

MIN_SAMPLES = 2
_LOOKED_AT = 200  # files whose headers are read to guess the size of all
_NO_LIMIT = 24 * 3600.0  # seconds: tables and arrays are as long as they are, and can be cancelled


class HeaderSample(NamedTuple):
    """What some files are, before any is decoded."""

    facts: list[FileInfo]
    median_bytes: float
    dtype: DTypeLike
    measured: dict[int, tuple[Reader, FileInfo]]


class Source(NamedTuple):
    """What was opened.

    Attributes
    ----------
    name : str
        The set's name.
    listing : Listing
        The files, in the order of the samples, and what was already found unusable.
    label_files : dict of str to FoundFile
        Files of labels, by the place of the file of pictures that they belong to.
    places : tuple of str
        What the user pointed at.
    is_one_file : bool
        Whether a single file was opened, which is to give a set by itself.
    cache_folder : Path or None
        Where decoded photographs are kept for the next time.
    """

    name: str
    listing: FileListing
    label_files: Mapping[str, FoundFile]
    places: tuple[str, ...] = ()
    is_one_file: bool = False
    cache_folder: Path | None = None


def load_set(source: Source, options: LoadOptions, onlooker: ProgressReporter) -> Dataset:
    """Read files into a set of samples of one shape.

    Parameters
    ----------
    source : Source
        What was opened.
    options : LoadOptions
        How it becomes samples.
    onlooker : Onlooker
        Who waits.

    Returns
    -------
    Dataset
        8-bit if all its pictures are, else 16-bit or float32.

    Raises
    ------
    SourceError
        If fewer than two images can be used, or they need more memory than there is.
    Cancelled
        If the onlooker says so.
    """
    files = source.listing.files
    chosen = _for_one_file(files[0], options, onlooker) if source.is_one_file and len(files) == 1 else options
    guess = _look_ahead(files, chosen, onlooker)
    plan = choose_size(guess.facts, max(len(files), sum(f.n_samples for f in guess.facts)), chosen)
    rows, stacks = _read_all(source, plan, guess, onlooker)
    skipped = [*source.listing.skipped, *(Skipped(files[i].path, rows.reasons[i]) for i in sorted(rows.reasons))]
    n_samples = sum(rows.is_filled) + sum(len(stack.names) for stack in stacks.values())
    _need_two(source.name, n_samples, skipped)
    whole = concatenate(files, rows, stacks)
    dataset = finalize(source.name, whole, rows, (options, tuple(skipped)), onlooker)
    onlooker.report(n_samples + len(rows.reasons), n_samples + len(rows.reasons))
    return dataset


def _read_all(
    source: Source, plan: TargetFormat, guess: HeaderSample, onlooker: ProgressReporter
) -> tuple[ImageRows, dict[int, SampleRows]]:
    """Read every file once, or again where the size of the set was guessed wrongly."""
    files = source.listing.files
    rows = ImageRows(files, plan, guess.dtype, onlooker)
    _read_pictures(source, rows, range(len(files)), guess, onlooker)
    _measure_stacks(files, rows, guess, onlooker)
    stacks: dict[int, SampleRows] | None = None
    while True:
        plan = choose_size(rows.facts, sum(f.n_samples for f in rows.facts if f), plan.options)
        if plan.expected_size != rows.plan.expected_size:
            read_before, rows = rows, ImageRows(files, plan, rows.matrix.dtype, onlooker)
            _read_pictures(source, rows, rows.take_over(read_before), guess, onlooker)
        elif stacks is not None:  # what could not be read has no vote, and the others are of one mind
            return rows, stacks
        stacks = _read_stacks(source, rows, onlooker)


def _for_one_file(file: FoundFile, options: LoadOptions, onlooker: ProgressReporter) -> LoadOptions:
    """One picture is no set: take its frames, or cut it into tiles."""

    def chosen(_: int) -> LoadOptions:
        with file.open() as stream:
            if find_reader(stream.read(HEAD_BYTES), file.name):
                return options
        facts = multi_frame_file.read_info(file, options)
        if options.frames != "first" and facts.n_frames > 1 and options.tile_size is None:
            return options.but({"frames": "all"})
        return options.but({"tile_size": options.tile_size or default_tile_size(facts.height, facts.width)})

    (batch,) = [batch for batch in decode_in_threads(chosen, [0], 1, onlooker.should_stop) if batch]
    found = batch[0][1]
    return options if isinstance(found, ImageReadError) else found  # its reason is found again when it is read


def _look_ahead(files: Sequence[FoundFile], options: LoadOptions, onlooker: ProgressReporter) -> HeaderSample:
    """Read the headers of some files spread over the list."""

    def look(index: int) -> tuple[Reader | None, FileInfo, int]:
        file = files[index]
        with file.open() as stream:
            reader = find_reader(stream.read(HEAD_BYTES), file.name)
            n_bytes = stream.seek(0, 2)
            stream.seek(0)
            facts = reader.read_info(file, options) if reader else image_file.read_info(stream, options)
            return reader, facts, n_bytes

    found: dict[int, tuple[Reader | None, FileInfo, int]] = {}
    for batch in decode_in_threads(
        look, range(0, len(files), -(-len(files) // _LOOKED_AT) or 1), 1, onlooker.should_stop
    ):
        found.update((index, seen) for index, seen in batch if not isinstance(seen, ImageReadError))
    facts = [found[i][1] for i in sorted(found)]
    facts = [fact for fact in facts if not fact.is_table] or facts
    depths = {fact.depth for fact in facts if not fact.is_table}
    dtype = np.float32 if "float" in depths else np.uint16 if "16-bit" in depths else np.uint8
    measured = {i: (reader, fact) for i, (reader, fact, _) in found.items() if reader}
    return HeaderSample(facts, median([n for _, _, n in found.values()] or [0]), dtype, measured)


def _read_pictures(
    source: Source, rows: ImageRows, indices: Sequence[int], guess: HeaderSample, onlooker: ProgressReporter
) -> None:
    """Decode every picture once; photographs that were kept from the last time need not be."""
    files = source.listing.files
    n_threads = threads_for(guess.median_bytes)
    if source.cache_folder is None or guess.median_bytes < PHOTOGRAPH:
        rows.read(indices, n_threads)
        return
    cache = ImageCache(source.cache_folder, source.places, rows.plan)
    cache.restore(files, rows, onlooker.raise_if_cancelled)
    left = [i for i in indices if rows.facts[i] is None]
    rows.read(left, n_threads)
    if left:
        cache.save(files, rows, onlooker.raise_if_cancelled)


def _measure_stacks(
    files: Sequence[FoundFile], rows: ImageRows, guess: HeaderSample, onlooker: ProgressReporter
) -> None:
    """Find out how many samples those files have that give several, unless it is known already."""

    def measure(index: int) -> FileInfo:
        reader = rows.readers[index]
        measured_by, facts = guess.measured.get(index, (None, None))
        return facts if facts and measured_by is reader else reader.read_info(files[index], rows.plan.options)

    pictures = {(facts.height, facts.width) for i, facts in enumerate(rows.facts) if facts and rows.is_filled[i]}
    for batch in decode_in_threads(measure, sorted(rows.readers), 1, onlooker.should_stop, _NO_LIMIT):
        for index, facts in batch:
            reason = facts.message if isinstance(facts, ImageReadError) else _out_of_place(facts, pictures)
            rows.facts[index] = None if isinstance(facts, ImageReadError) or reason else facts
            if reason:
                rows.reasons[index] = reason
                del rows.readers[index]


def _out_of_place(facts: FileInfo, pictures: set[tuple[int, int]]) -> Message | None:
    """Tables that lie beside pictures tell about them more often than they hold any."""
    if facts.is_table and pictures and (facts.height, facts.width) not in pictures:
        return Message("a table beside pictures of another size; open it alone if it holds samples")
    return None


def _read_stacks(source: Source, rows: ImageRows, onlooker: ProgressReporter) -> dict[int, SampleRows]:
    """Read the files that give several samples, one after the other."""
    files = source.listing.files

    def read(index: int) -> SampleRows | Message:
        facts = rows.facts[index]
        assert facts is not None  # noqa: S101 - it was measured
        if reason := rows.plan.reason_to_skip(facts):
            return reason
        samples = stack_rows(files[index], rows.readers[index], facts, rows.plan)
        labels = source.label_files.get(files[index].path_text)
        return with_labels(samples, labels) if labels else samples

    stacks: dict[int, SampleRows] = {}
    for batch in decode_in_threads(read, sorted(rows.readers), 1, onlooker.should_stop, _NO_LIMIT):
        for index, stack in batch:
            if isinstance(stack, ImageReadError):
                rows.reasons[index], rows.facts[index] = stack.message, None
                del rows.readers[index]
            elif isinstance(stack, Message):
                rows.reasons[index] = stack
            else:
                stacks[index] = stack
    return stacks


def _need_two(name: str, n_images: int, skipped: list[Skipped]) -> None:
    if n_images >= MIN_SAMPLES:
        return
    if not skipped:
        raise SourceError(
            "Usable images in “{name}”: {n}; at least {needed} are needed to find common parts. "
            "Open a folder that holds more images.",
            name=name,
            n=n_images,
            needed=MIN_SAMPLES,
        )
    raise SourceError(
        "Usable images in “{name}”: {n}; at least {needed} are needed to find common parts. "
        "Skipped files: {skipped}. {first}: {reason}",
        name=name,
        n=n_images,
        needed=MIN_SAMPLES,
        skipped=len(skipped),
        first=skipped[0].path.name,
        reason=skipped[0].reason,
    )
