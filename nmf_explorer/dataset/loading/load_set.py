"""Read many files into one Dataset.

The common size is estimated from the headers of some files, then every file is decoded once, straight into its row.
Only if the estimate was wrong are files decoded again.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nmf_explorer.dataset.dataset import Skipped
from nmf_explorer.dataset.loading.concatenate import concatenate
from nmf_explorer.dataset.loading.decoder_pool import decode_in_threads, run_abandonable, thread_count
from nmf_explorer.dataset.loading.finalize import finalize
from nmf_explorer.dataset.loading.image_cache import MIN_PHOTO_BYTES, ImageCache
from nmf_explorer.dataset.loading.image_rows import ImageRows
from nmf_explorer.dataset.loading.mixed_depths import bring_to_one_scale
from nmf_explorer.dataset.loading.stack_rows import SampleRows, attach_labels, stack_rows
from nmf_explorer.dataset.loading.target_size import choose_target_format
from nmf_explorer.dataset.readers.images import image_file, multi_frame_file
from nmf_explorer.dataset.readers.images.tiles import default_tile_size
from nmf_explorer.dataset.readers.registry import HEAD_BYTES, Reader, find_reader
from nmf_explorer.dataset.readers.samples.file_samples import check_counts
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
_MAX_HEADERS = 200  # files whose headers are read to estimate the common size
_NO_TIMEOUT = 24 * 3600.0  # seconds: large tables and arrays may take long, and can be cancelled


class HeaderSample(NamedTuple):
    """What the headers of some of the files say."""

    infos: list[FileInfo]  # tables left out, unless there are only tables
    median_bytes: float
    dtype: DTypeLike  # expected to hold all images
    measured: dict[int, tuple[Reader, FileInfo]]  # reader and info by file index, for files with several samples


class Source(NamedTuple):
    """What was opened."""

    name: str
    listing: FileListing  # files in the order of the samples, and those already skipped
    label_files: Mapping[str, FoundFile]  # by the path of the image file they belong to
    places: tuple[str, ...] = ()  # as the user named them
    is_one_file: bool = False  # whether a single file was opened, which must give a set by itself
    cache_folder: Path | None = None  # folder for decoded photographs


def load_set(source: Source, options: LoadOptions, progress: ProgressReporter) -> Dataset:
    """Read files into a dataset: 8-bit if all images are, else 16-bit or float32.

    Raises SourceError if fewer than two images can be used or memory is insufficient, and Cancelled on request.
    """
    files = source.listing.files
    chosen = _single_file_options(files[0], options, progress) if source.is_one_file and len(files) == 1 else options
    headers = _read_headers(files, chosen, progress)
    target = choose_target_format(headers.infos, max(len(files), sum(f.n_samples for f in headers.infos)), chosen)
    rows, stacks = _read_all(source, target, headers, progress)
    skipped = [
        *source.listing.skipped,
        *(Skipped(files[i].path, rows.skip_reasons[i]) for i in sorted(rows.skip_reasons)),
    ]
    n_samples = sum(rows.is_filled) + sum(len(stack.names) for stack in stacks.values())
    _require_min_samples(source.name, n_samples, skipped)
    notes = bring_to_one_scale(rows) if options.white == "auto" else ()
    samples = concatenate(files, rows, stacks)
    samples = samples._replace(notes=(*samples.notes, *notes))
    dataset = finalize(source.name, samples, rows, (options, tuple(skipped)), progress)
    progress.report(n_samples + len(rows.skip_reasons), n_samples + len(rows.skip_reasons))
    return dataset


def _read_all(
    source: Source, target: TargetFormat, headers: HeaderSample, progress: ProgressReporter
) -> tuple[ImageRows, dict[int, SampleRows]]:
    """Read every file once, or again if the size of the set was estimated wrongly."""
    files = source.listing.files
    rows = ImageRows(files, target, headers.dtype, progress)
    _read_images(source, rows, range(len(files)), headers, progress)
    _measure_stacks(files, rows, headers, progress)
    stacks: dict[int, SampleRows] | None = None
    while True:
        target = choose_target_format(rows.infos, sum(f.n_samples for f in rows.infos if f), target.options)
        if target.expected_size != rows.target.expected_size:
            previous, rows = rows, ImageRows(files, target, rows.matrix.dtype, progress)
            _read_images(source, rows, rows.reuse(previous), headers, progress)
        elif stacks is not None:  # the size still is the most frequent one of the files that could be read
            return rows, stacks
        stacks = _read_stacks(source, rows, progress)


def _single_file_options(file: FoundFile, options: LoadOptions, progress: ProgressReporter) -> LoadOptions:
    """Choose options for a single image file: take all its frames, or cut it into tiles."""

    def choose(_: int) -> LoadOptions:
        with file.open() as stream:
            if find_reader(stream.read(HEAD_BYTES), file.name):
                return options
        info = multi_frame_file.read_info(file, options)
        if options.frames != "first" and info.n_frames > 1 and options.tile_size is None:
            return options.replace({"frames": "all"})
        return options.replace({"tile_size": options.tile_size or default_tile_size(info.height, info.width)})

    (batch,) = [batch for batch in decode_in_threads(choose, [0], 1, progress.should_stop) if batch]
    found = batch[0][1]
    return options if isinstance(found, ImageReadError) else found  # reading it later fails for the same reason


def _read_headers(files: Sequence[FoundFile], options: LoadOptions, progress: ProgressReporter) -> HeaderSample:
    """Read the headers of files spread over the list."""

    def read_header(index: int) -> tuple[Reader | None, FileInfo, int]:
        file = files[index]
        with file.open() as stream:
            reader = find_reader(stream.read(HEAD_BYTES), file.name)
            n_bytes = stream.seek(0, 2)
            stream.seek(0)
            info = reader.read_info(file, options) if reader else image_file.read_info(stream, options)
            return reader, info, n_bytes

    found: dict[int, tuple[Reader | None, FileInfo, int]] = {}
    for batch in decode_in_threads(
        read_header, range(0, len(files), -(-len(files) // _MAX_HEADERS) or 1), 1, progress.should_stop
    ):
        found.update((index, header) for index, header in batch if not isinstance(header, ImageReadError))
    infos = [found[i][1] for i in sorted(found)]
    infos = [info for info in infos if not info.is_table] or infos
    depths = {info.depth for info in infos if not info.is_table}
    dtype = np.float32 if "float" in depths else np.uint16 if "16-bit" in depths else np.uint8
    measured = {i: (reader, info) for i, (reader, info, _) in found.items() if reader}
    return HeaderSample(infos, median([n for _, _, n in found.values()] or [0]), dtype, measured)


def _read_images(
    source: Source, rows: ImageRows, indices: Sequence[int], headers: HeaderSample, progress: ProgressReporter
) -> None:
    """Decode every image once, except photographs found in the cache."""
    files = source.listing.files
    n_threads = thread_count(headers.median_bytes)
    if source.cache_folder is None or headers.median_bytes < MIN_PHOTO_BYTES:
        rows.read(indices, n_threads)
        return
    cache = ImageCache(source.cache_folder, source.places, rows.target)
    run_abandonable(lambda: cache.restore(files, rows, progress.raise_if_cancelled), progress.should_stop)
    remaining = [i for i in indices if rows.infos[i] is None]
    rows.read(remaining, n_threads)
    if remaining:
        rows.cache_problem = cache.save(files, rows, progress.raise_if_cancelled)


def _measure_stacks(
    files: Sequence[FoundFile], rows: ImageRows, headers: HeaderSample, progress: ProgressReporter
) -> None:
    """Find the number of samples of multi-sample files, unless it is already known."""

    def measure(index: int) -> FileInfo:
        reader = rows.readers[index]
        measured_by, measured = headers.measured.get(index, (None, None))
        is_known = measured is not None and measured_by is reader
        info = measured if measured and is_known else reader.read_info(files[index], rows.target.options)
        check_counts(info, rows.target.options)
        return info

    image_sizes = {(info.height, info.width) for i, info in enumerate(rows.infos) if info and rows.is_filled[i]}
    for batch in decode_in_threads(measure, sorted(rows.readers), 1, progress.should_stop, _NO_TIMEOUT):
        for index, info in batch:
            reason = info.message if isinstance(info, ImageReadError) else _reason_to_skip_table(info, image_sizes)
            rows.infos[index] = None if isinstance(info, ImageReadError) or reason else info
            if reason:
                rows.skip_reasons[index] = reason
                del rows.readers[index]


def _reason_to_skip_table(info: FileInfo, image_sizes: set[tuple[int, int]]) -> Message | None:
    """Return why a table beside images is skipped: such tables mostly describe the images."""
    if info.is_table and image_sizes and (info.height, info.width) not in image_sizes:
        return Message("a table beside pictures of another size; open it alone if it holds samples")
    return None


def _read_stacks(source: Source, rows: ImageRows, progress: ProgressReporter) -> dict[int, SampleRows]:
    """Read multi-sample files one after the other; return their samples by file index."""
    files = source.listing.files

    def read(index: int) -> SampleRows | Message:
        info = rows.infos[index]
        assert info is not None  # noqa: S101 - it was measured
        if reason := rows.target.reason_to_skip(info):
            return reason
        samples = stack_rows(files[index], rows.readers[index], info, rows.target)
        labels = source.label_files.get(files[index].path_text)
        return attach_labels(samples, labels) if labels else samples

    stacks: dict[int, SampleRows] = {}
    for batch in decode_in_threads(read, sorted(rows.readers), 1, progress.should_stop, _NO_TIMEOUT):
        for index, stack in batch:
            if isinstance(stack, ImageReadError):
                rows.skip_reasons[index], rows.infos[index] = stack.message, None
                del rows.readers[index]
            elif isinstance(stack, Message):
                rows.skip_reasons[index] = stack
            else:
                stacks[index] = stack
    return stacks


def _require_min_samples(name: str, n_images: int, skipped: list[Skipped]) -> None:
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
