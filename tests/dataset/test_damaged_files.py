"""Each file in a folder, whatever its bytes, becomes samples or one skipped entry with a reason."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from nmf_explorer.dataset.load import load
from nmf_explorer.dataset.load_options import RESIZES, LoadKeywords
from nmf_explorer.errors import SourceError
from tests.dataset.array_kinds import dense
from tests.dataset.images import noise, write_grey_images

# Pillow warns about unusual files; the program ignores it, and pytest would make errors of it.
pytestmark = pytest.mark.filterwarnings("ignore")


def _image_bytes(kind: str, pixels: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, format=kind)
    return buffer.getvalue()


def _npy_bytes(array: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array)
    return buffer.getvalue()


def _multi_frame_bytes(kind: str) -> bytes:
    buffer = io.BytesIO()
    first, *others = [Image.fromarray(noise(7, 6, seed=seed)) for seed in range(3)]
    first.save(buffer, format=kind, save_all=True, append_images=others)
    return buffer.getvalue()


VALID_FILES = [
    *(
        _image_bytes(kind, noise(7, 6))
        for kind in ("PNG", "JPEG", "BMP", "GIF", "TIFF", "WEBP", "PPM", "AVIF", "JPEG2000")
    ),
    *(_multi_frame_bytes(kind) for kind in ("PNG", "MPO", "GIF", "TIFF", "WEBP")),
    b"1,2,3\n4,5,6\n",
    b"\0\0\x08\x03" + b"".join(n.to_bytes(4, "big") for n in (2, 3, 4)) + noise(24).tobytes(),
    *(_image_bytes(kind, noise(7, 6, 4)) for kind in ("PNG", "TIFF", "WEBP")),
    _image_bytes("TIFF", noise(7, 6).astype(np.float32)),
    _image_bytes("PNG", noise(7, 6).astype(np.uint16)),
    _npy_bytes(noise(1, 7, 6)),
    _npy_bytes(noise(2, 42).astype(np.float64)),
]


@st.composite
def contents(draw: st.DrawFn) -> bytes:
    """Draw any bytes, or a valid file: whole, truncated, or with some bytes changed."""
    valid_file = draw(st.sampled_from(VALID_FILES))
    damage = draw(st.sampled_from(["none", "other", "cut", "changed"]))
    if damage == "other":
        return draw(st.binary(max_size=60))
    if damage == "cut":
        return valid_file[: draw(st.integers(0, len(valid_file)))]
    damaged = bytearray(valid_file)
    if damage == "changed":
        for place, value in draw(
            st.dictionaries(st.integers(0, len(valid_file) - 1), st.integers(0, 255), max_size=4)
        ).items():
            damaged[place] = value
    return bytes(damaged)


OPTIONS = st.fixed_dictionaries(
    {"max_pixels": st.just(10_000)},
    optional={
        "colour": st.booleans(),
        "resize": st.sampled_from(RESIZES),
        "background": st.sampled_from(["white", "black"]),
        "invert": st.booleans(),
        "transpose": st.booleans(),
        "white": st.sampled_from(["auto", "maximum", 99.0]),
        "frames": st.sampled_from(["auto", "first", "all"]),
        "samples_in": st.sampled_from(["auto", "rows", "columns"]),
        "size": st.sampled_from([None, (7, 6), (2, 3)]),
    },
)


@given(st.lists(contents(), max_size=5), OPTIONS)
@settings(deadline=None, max_examples=120)
def test_every_file_is_read_or_skipped_exactly_once(files: list[bytes], options: LoadKeywords) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_grey_images(folder, "good 1", "good 2")
        for number, content in enumerate(files):
            (folder / f"file{number}").write_bytes(content)
        try:
            dataset = load(folder, **options)
        except SourceError:
            assert options.get("resize") == "leave out"
            return
    used = {name if name.startswith("good") else name.split(" ")[0] for name in dataset.sample_names}
    skipped = [entry.path.name for entry in dataset.skipped]
    assert sorted([*used, *skipped]) == sorted(["good 1", "good 2", *(f"file{i}" for i in range(len(files)))])
    assert all(entry.reason for entry in dataset.skipped)
    assert np.isfinite(dense(dataset.matrix)).all()
    assert dataset.matrix.min() >= 0
    assert len(dataset.sample_names) == dataset.n_samples


@given(contents())
@settings(deadline=None, max_examples=60)
def test_a_single_file_gives_a_dataset_or_a_source_error(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "only"
        path.write_bytes(content)
        try:
            dataset = load(path, max_pixels=10_000)
        except SourceError as error:
            assert "“only”" in str(error)  # noqa: PT017 - either outcome is right
        else:
            assert dataset.n_samples >= 2
