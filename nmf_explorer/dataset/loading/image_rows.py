"""Pictures are decoded side by side, each once, straight into its row; a file that fails leaves a hole and a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.dataset.loading.decoder_pool import keep_decoded
from nmf_explorer.dataset.loading.matrix_buffer import blank_matrix, is_finer, refined, usual_white, write_row
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

_MOST_SHOWN = 64


class ImageRows:
    """The rows of a set while they are being read.

    Parameters
    ----------
    files : sequence of FoundFile
        One row for each.
    plan : Plan
        What pictures become.
    dtype : dtype
        What most of them are expected to need: uint8, uint16 or float32.
    onlooker : Onlooker
        Who waits.

    Attributes
    ----------
    matrix : ndarray of shape (n_files, n_features)
        Rows of files that were not read are 0.
    is_filled : bytearray
        Whether each row was read.
    facts : list of Facts or None
        What each file was found to be.
    reasons : dict of int to Message
        Why files cannot be used.
    readers : dict of int to Reader
        Who reads those files that give several samples.
    """

    def __init__(
        self, files: Sequence[FoundFile], plan: TargetFormat, dtype: DTypeLike, onlooker: ProgressReporter
    ) -> None:
        self.plan = plan
        self.matrix: NDArray[Any] = blank_matrix((len(files), plan.n_features), dtype)
        self.is_filled = bytearray(len(files))
        self.facts: list[FileInfo | None] = [None] * len(files)
        self.reasons: dict[int, Message] = {}
        self.readers: dict[int, Reader] = {}
        self._files = files
        self._onlooker = onlooker
        self._kinds: dict[FileInfo, FileInfo] = {}
        self._finer: list[int] = []
        self._shown: list[int] = []
        self._first: Dataset | None = None
        self._n_done = 0

    def read(self, indices: Iterable[int], n_threads: int) -> None:
        """Read some of the files.

        Parameters
        ----------
        indices : iterable of int
            Which.
        n_threads : int
            How many threads decode.

        Raises
        ------
        Cancelled
            If the onlooker says so.
        """
        for n_read in keep_decoded(self._work, self._account, indices, n_threads, self._onlooker.should_stop):
            self._n_done += n_read
            self._onlooker.report(self._n_done, len(self._files), self._first_pictures)
        if self._finer:
            again, self._finer = self._finer, []
            self._n_done -= len(again)
            depths = {facts.depth for i in again if (facts := self.facts[i])}
            self.matrix = refined(self.matrix, np.float32 if "float" in depths else np.uint16)
            self.read(again, n_threads)

    def take_over(self, others: ImageRows) -> list[int]:
        """Take over what does not depend on the size from rows that were read at another one.

        Parameters
        ----------
        others : PictureRows
            Of the same files.

        Returns
        -------
        list of int
            Files that are still to be read.
        """
        again = [i for i, facts in enumerate(others.facts) if facts and i not in others.readers]
        self.readers = others.readers
        self.facts = [facts if i in others.readers else None for i, facts in enumerate(others.facts)]
        self.reasons = {i: reason for i, reason in others.reasons.items() if others.facts[i] is None}
        self._n_done = len(self._files) - len(again)
        return again

    def keep(self, index: int, row: NDArray[Any], facts: FileInfo) -> None:
        """Take a row that was read another time.

        Parameters
        ----------
        index : int
            Which file.
        row : ndarray of shape (n_features,)
            uint8, uint16 or float32.
        facts : Facts
            What the file is.
        """
        self._account(index, DecodedImage(row, facts))
        self._n_done += 1

    def _work(self, index: int) -> DecodedImage | Reader:
        file = self._files[index]
        if self.plan.options.tile_size:
            return tile_file
        with file.open() as stream:
            reader = find_reader(stream.read(HEAD_BYTES), file.name)
            if reader is not None:
                return reader
            stream.seek(0)
            return image_file.read(stream, self.plan)

    def _account(self, index: int, result: DecodedImage | Reader | ImageReadError) -> None:
        """Book one file: as a row, as a reason, or as one to be read in another way."""
        if isinstance(result, ImageReadError):
            self.reasons[index] = result.message
        elif not isinstance(result, DecodedImage):
            self.readers[index] = result
        else:
            facts = self.facts[index] = self._kinds.setdefault(result.info, result.info)
            if self.plan.options.frames == "all" and facts.n_frames > 1:
                self.readers[index] = multi_frame_file
            elif reason := self.plan.reason_to_skip(facts):
                self.reasons[index] = reason
            elif is_finer(result.pixels.dtype, self.matrix.dtype):
                self._finer.append(index)
            else:
                write_row(self.matrix[index], result.pixels)
                self.is_filled[index] = True
                if len(self._shown) < _MOST_SHOWN:
                    self._shown.append(index)

    def _first_pictures(self) -> Dataset | None:
        """A small set of those pictures that came first."""
        if self._shown and (self._first is None or self._first.n_samples < len(self._shown)):
            shown = sorted(self._shown)
            names = tuple(self._files[i].name for i in shown)
            white = usual_white(self.matrix.dtype)
            numbers = self.matrix[shown]
            if self.plan.options.invert:
                numbers = numbers.dtype.type(max(white, numbers.max())) - numbers
            self._first = Dataset(numbers, self.plan.sample_shape, names, white=white)
        return self._first
