"""Whatever bytes lie in a folder: each file ends as samples or as one skipped entry with a reason, never as a crash."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from nmf_explorer.dataset.open_source import load
from nmf_explorer.errors import SourceError
from tests.dataset.pictures import folder_of, noise

# Pillow warns of odd files, and the program lets it; pytest would make faults of it.
pytestmark = pytest.mark.filterwarnings("ignore")


def _encoded(kind: str, pixels: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, format=kind)
    return buffer.getvalue()


def _saved(array: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array)
    return buffer.getvalue()


WHOLE = [
    *(_encoded(kind, noise(7, 6)) for kind in ("PNG", "JPEG", "BMP", "GIF", "TIFF", "WEBP", "PPM")),
    *(_encoded(kind, noise(7, 6, 4)) for kind in ("PNG", "TIFF", "WEBP")),
    _encoded("TIFF", noise(7, 6).astype(np.float32)),
    _encoded("PNG", noise(7, 6).astype(np.uint16)),
    _saved(noise(1, 7, 6)),
    _saved(noise(2, 42).astype(np.float64)),
]


@st.composite
def contents(draw: st.DrawFn) -> bytes:
    """Any bytes, or a picture that was cut off, or one in which some bytes were changed."""
    whole = draw(st.sampled_from(WHOLE))
    damage = draw(st.sampled_from(["none", "other", "cut", "changed"]))
    if damage == "other":
        return draw(st.binary(max_size=60))
    if damage == "cut":
        return whole[: draw(st.integers(0, len(whole)))]
    damaged = bytearray(whole)
    if damage == "changed":
        for place, value in draw(
            st.dictionaries(st.integers(0, len(whole) - 1), st.integers(0, 255), max_size=4)
        ).items():
            damaged[place] = value
    return bytes(damaged)


@given(st.lists(contents(), max_size=5), st.booleans())
@settings(deadline=None, max_examples=120)
def test_every_file_has_exactly_one_outcome(files: list[bytes], colour: bool) -> None:  # noqa: FBT001 - drawn
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        folder_of(folder, "good 1", "good 2")
        for number, content in enumerate(files):
            (folder / f"file{number}").write_bytes(content)
        dataset = load(folder, colour=colour, size=(7, 6), max_pixels=10_000)
    used = {name if name.startswith("good") else name.split(" ")[0] for name in dataset.sample_names}
    skipped = [entry.path.name for entry in dataset.skipped]
    assert sorted([*used, *skipped]) == sorted(["good 1", "good 2", *(f"file{i}" for i in range(len(files)))])
    assert all(entry.reason for entry in dataset.skipped)
    assert np.isfinite(dataset.matrix).all()
    assert dataset.matrix.min() >= 0
    assert len(dataset.sample_names) == dataset.n_samples


@given(contents())
@settings(deadline=None, max_examples=60)
def test_a_single_file_gives_a_set_or_an_error_for_the_screen(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "only"
        path.write_bytes(content)
        try:
            dataset = load(path, max_pixels=10_000)
        except SourceError as error:
            assert "“only”" in str(error)  # noqa: PT017 - both ends are right
        else:
            assert dataset.n_samples >= 2
