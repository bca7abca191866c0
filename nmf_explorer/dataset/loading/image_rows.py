"""Decode image files in parallel, each once, straight into its row of the matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.dataset.loading.decoder_pool import decode_into
from nmf_explorer.dataset.loading.matrix_buffer import (
    allocate_matrix,
    default_white,
    needs_finer_dtype,
    to_finer_dtype,
    write_row,
)
from nmf_explorer.dataset.readers.images import image_file, multi_frame_file, tile_file
from nmf_explorer.dataset.readers.images.image_file import DecodedImage
from nmf_explorer.dataset.readers.registry import HEAD_BYTES, Reader, find_reader
from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import DTypeLike, NDArray

    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.dataset.loading.progress import ProgressReporter
    from nmf_explorer.dataset.readers.samples.file_samples import FileInfo
    from nmf_explorer.dataset.readers.samples.target_format import TargetFormat
    from nmf_explorer.errors import Message

_MAX_PREVIEW_IMAGES = 64
_N_CHECKED_JPEGS = 3  # files of which the colour is decoded too, only to see whether there is any


class ImageRows:
    """The rows of a set while its files are read; `dtype` is what most files are expected to need.

    Attributes
    ----------
    matrix : (n_files, n_features), 0 where a file was not read
    is_filled : whether each row was read
    infos : one per file, None if unknown
    skip_reasons : by file index
    readers : by file index, for files with several samples
    cache_problem : why the cache could not be written, for the log
    """

    def __init__(
        self, files: Sequence[FoundFile], target: TargetFormat, dtype: DTypeLike, progress: ProgressReporter
    ) -> None:
        self.target = target
        self.matrix: NDArray[Any] = allocate_matrix((len(files), target.n_features), dtype)
        self.is_filled = bytearray(len(files))
        self.infos: list[FileInfo | None] = [None] * len(files)
        self.skip_reasons: dict[int, Message] = {}
        self.readers: dict[int, Reader] = {}
        self.cache_problem = ""
        self._files = files
        self._progress = progress
        self._shared_infos: dict[FileInfo, FileInfo] = {}
        self._too_fine: list[int] = []
        self._preview_rows: list[int] = []
        self._preview: Dataset | None = None
        self._n_done = 0

    def read(self, indices: Iterable[int], n_threads: int) -> None:
        """Decode the files at `indices`; raises Cancelled on request."""
        for n_read in decode_into(self._decode, self._record, indices, n_threads, self._progress.should_stop):
            self._n_done += n_read
            self._progress.report(self._n_done, len(self._files), self._make_preview)
        if self._too_fine:
            again, self._too_fine = self._too_fine, []
            self._n_done -= len(again)
            depths = {info.depth for i in again if (info := self.infos[i])}
            self.matrix = to_finer_dtype(self.matrix, np.float32 if "float" in depths else np.uint16)
            self.read(again, n_threads)

    def reuse(self, previous: ImageRows) -> list[int]:
        """Take what does not depend on the size from rows read at another size; return the indices still to be read."""
        again = [i for i, info in enumerate(previous.infos) if info and i not in previous.readers]
        self.readers = previous.readers
        self.infos = [info if i in previous.readers else None for i, info in enumerate(previous.infos)]
        self.skip_reasons = {i: reason for i, reason in previous.skip_reasons.items() if previous.infos[i] is None}
        self._n_done = len(self._files) - len(again)
        return again

    def add(self, index: int, row: NDArray[Any], info: FileInfo) -> None:
        """Add a row of shape (n_features,) that was decoded in an earlier session."""
        self._record(index, DecodedImage(row, info))
        self._n_done += 1

    def _decode(self, index: int) -> DecodedImage | Reader:
        file = self._files[index]
        with file.open() as stream:
            reader = find_reader(stream.read(HEAD_BYTES), file.name)
            if self.target.options.tile_size:
                if reader is not None:
                    raise ImageReadError(
                        "numbers, and no picture that could be cut into tiles; leave out the size of tiles"
                    )
                return tile_file
            if reader is not None:
                return reader
            stream.seek(0)
            return image_file.read(stream, self.target, checks_jpeg=index < _N_CHECKED_JPEGS)

    def _record(self, index: int, result: DecodedImage | Reader | ImageReadError) -> None:
        """Store one result: a row, a reason to skip, or a reader for files with several samples."""
        if isinstance(result, ImageReadError):
            self.skip_reasons[index] = result.message
        elif not isinstance(result, DecodedImage):
            self.readers[index] = result
        else:
            info = self.infos[index] = self._shared_infos.setdefault(result.info, result.info)
            if self.target.options.frames == "all" and info.n_frames > 1:
                self.readers[index] = multi_frame_file
            elif reason := self.target.reason_to_skip(info):
                self.skip_reasons[index] = reason
            elif needs_finer_dtype(result.pixels.dtype, self.matrix.dtype):
                self._too_fine.append(index)
            else:
                write_row(self.matrix[index], result.pixels)
                self.is_filled[index] = True
                if len(self._preview_rows) < _MAX_PREVIEW_IMAGES:
                    self._preview_rows.append(index)

    def _make_preview(self) -> Dataset | None:
        """Return a small dataset of the first images that were read, or None if there are none yet."""
        if self._preview_rows and (self._preview is None or self._preview.n_samples < len(self._preview_rows)):
            shown = sorted(self._preview_rows)
            names = tuple(self._files[i].name for i in shown)
            white = default_white(self.matrix.dtype)
            numbers = self.matrix[shown]
            if self.target.options.invert:
                numbers = numbers.dtype.type(max(white, numbers.max())) - numbers
            self._preview = Dataset(numbers, self.target.sample_shape, names, white=white)
        return self._preview
