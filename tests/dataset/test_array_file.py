"""One .npy file becomes a stack of samples, and nothing in it is ever run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from nmf_explorer.dataset import array_file
from nmf_explorer.errors import ImageReadError
from tests.dataset.pictures import noise, write

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


def _saved(path: Path, array: NDArray[np.generic]) -> Path:
    with path.open("wb") as file:
        np.save(file, array)
    return path


def _read(path: Path, *sample_shape: int) -> NDArray[np.generic]:
    pixels, cut = array_file.read(path, sample_shape)
    assert pixels.shape[1:] == sample_shape
    assert cut is False
    return pixels


def test_an_array_is_told_by_its_content_and_not_by_its_name(tmp_path: Path) -> None:
    assert array_file.is_array_file(_saved(tmp_path / "array.png", noise(2, 3)))
    assert not array_file.is_array_file(write(tmp_path / "picture.npy", noise(2, 3)))
    assert not array_file.is_array_file(tmp_path / "gone.npy")


@pytest.mark.parametrize(
    ("shape", "facts"),
    [((7, 12), (7, 1, 12)), ((7, 3, 4), (7, 3, 4)), ((7, 3, 4, 3), (7, 3, 4)), ((1, 2, 3), (1, 2, 3))],
)
def test_the_header_tells_number_and_size(tmp_path: Path, shape: tuple[int, ...], facts: tuple[int, int, int]) -> None:
    assert array_file.measure(_saved(tmp_path / "array.npy", noise(*shape))) == facts


def test_eight_bit_numbers_stay_so_and_others_become_float_as_they_are(tmp_path: Path) -> None:
    stack = noise(2, 3, 4)
    read = _read(_saved(tmp_path / "array.npy", stack), 3, 4)
    assert read.dtype == np.uint8
    np.testing.assert_array_equal(read, stack)
    for dtype in (bool, np.uint16, np.int64, ">f8", np.float16):
        values = np.array([[[0, 1], [1, 0]]], dtype=dtype)
        read = _read(_saved(tmp_path / "array.npy", values), 2, 2)
        assert read.dtype == np.float32
        np.testing.assert_array_equal(read, values)


def test_rows_are_pictures_of_one_row(tmp_path: Path) -> None:
    rows = noise(4, 6)
    path = _saved(tmp_path / "rows.npy", rows)
    np.testing.assert_array_equal(_read(path, 1, 6)[:, 0], rows)
    np.testing.assert_array_equal(_read(path, 1, 6, 3)[:, 0, :, 1], rows)


def test_grey_is_repeated_in_colour(tmp_path: Path) -> None:
    stack = noise(2, 3, 4)
    read = _read(_saved(tmp_path / "grey.npy", stack), 3, 4, 3)
    np.testing.assert_array_equal(read, np.repeat(stack[..., np.newaxis], 3, axis=3))


def test_colour_stays_colour_or_becomes_grey_by_how_bright_it_looks(tmp_path: Path) -> None:
    colours = np.array([[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]], dtype=np.uint8)
    stack = colours.reshape(1, 2, 2, 3)
    path = _saved(tmp_path / "colour.npy", stack)
    np.testing.assert_array_equal(_read(path, 2, 2, 3), stack)
    grey = _read(path, 2, 2)
    assert grey.dtype == np.uint8
    np.testing.assert_array_equal(grey.ravel(), [76, 150, 29, 255])
    as_float = _read(_saved(tmp_path / "float.npy", stack / 255), 2, 2)
    assert as_float.dtype == np.float32
    np.testing.assert_allclose(as_float.ravel(), [0.299, 0.587, 0.114, 1], rtol=1e-6)


@pytest.mark.parametrize("dtype", [np.uint8, np.float64])
@pytest.mark.parametrize("channels", [(), (3,)])
def test_another_size_is_resized(tmp_path: Path, dtype: type, channels: tuple[int, ...]) -> None:
    stack = np.zeros((2, 4, 6, *channels), dtype=dtype)
    stack[1] = 90
    read = _read(_saved(tmp_path / "array.npy", stack), 2, 3, *channels)
    np.testing.assert_allclose(read[0], 0)
    np.testing.assert_allclose(read[1], 90, rtol=1e-6)


@pytest.mark.parametrize(
    "array",
    [
        np.zeros(5),
        np.zeros((2, 2, 2, 2)),
        np.zeros((2, 2, 2, 2, 3)),
        np.zeros((0, 4)),
        np.zeros((4, 0, 3)),
        np.zeros((2, 2), dtype=complex),
        np.array([["a", "b"]]),
        np.zeros((2, 2), dtype=[("x", float)]),
        np.zeros((2, 2), dtype="M8[s]"),
    ],
    ids=lambda array: f"{array.dtype}{array.shape}",
)
def test_another_kind_or_shape_is_refused_and_told(tmp_path: Path, array: NDArray[np.generic]) -> None:
    path = _saved(tmp_path / "array.npy", array)
    with pytest.raises(ImageReadError, match="expected real numbers of shape") as caught:
        array_file.measure(path)
    assert str(array.shape) in str(caught.value)
    assert str(array.dtype) in str(caught.value)


def test_objects_are_refused_and_not_run(tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, ...]:
            return (_ran.append, (True,))

    array = np.empty((2, 2), dtype=object)
    array[:] = Trap()
    path = _saved(tmp_path / "array.npy", array)
    for step in (array_file.measure, lambda p: array_file.read(p, (1, 2))):
        with pytest.raises(ImageReadError, match="not a usable array file"):
            step(path)
    assert _ran == []


_ran: list[bool] = []


@pytest.mark.parametrize("kept", [6, 30, 100, 140])
def test_a_truncated_array_is_refused(tmp_path: Path, kept: int) -> None:
    path = _saved(tmp_path / "array.npy", noise(5, 10))
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(ImageReadError, match="not a usable array file: "):
        array_file.measure(path)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (-1e-9, r"negative values \(lowest -1e-09\)"),
        (np.nan, "not finite"),
        (np.inf, "not finite"),
        (-np.inf, "not finite"),
        (1e300, "not finite"),
    ],
)
def test_numbers_that_nmf_cannot_use_are_refused(tmp_path: Path, value: float, reason: str) -> None:
    path = _saved(tmp_path / "array.npy", np.array([[1.0, 2.0], [value, 0.0]]))
    with pytest.raises(ImageReadError, match=reason):
        array_file.read(path, (1, 2))
