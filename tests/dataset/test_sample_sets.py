"""The sample sets exist, match their description, and are recognised."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from sklearn.datasets import load_digits

from nmf_explorer.dataset.load import load
from nmf_explorer.dataset.sample_sets import SAMPLE_SETS, SampleSet, find_sample_set

if TYPE_CHECKING:
    from types import ModuleType

SCRIPT = Path(__file__).parents[2] / "resources" / "make_sample_images.py"
PICTURE_SETS = [sample_set for sample_set in SAMPLE_SETS if sample_set.key != "handwritten_digits"]
BY_KEY = {sample_set.key: sample_set for sample_set in SAMPLE_SETS}

by_key = pytest.mark.parametrize("sample_set", SAMPLE_SETS, ids=lambda s: s.key)
by_picture_key = pytest.mark.parametrize("sample_set", PICTURE_SETS, ids=lambda s: s.key)


def _script(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Import the script without running it."""
    monkeypatch.setattr(sys, "path", sys.path[:])
    spec = importlib.util.spec_from_file_location("make_sample_images", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample_images")
    with pytest.MonkeyPatch.context() as monkeypatch:
        _script(monkeypatch).write_sample_images(folder)
    return folder


def _pixels(path: Path) -> np.ndarray:
    with Image.open(path) as image:
        assert image.mode == "L"
        return np.asarray(image).astype(int)


def test_sets_stand_in_the_order_of_teaching() -> None:
    keys = [sample_set.key for sample_set in SAMPLE_SETS]
    assert keys == ["stripes", "led_digits", "led_ten_digits", "drawn_faces", "swimmer", "bars", "handwritten_digits"]


@by_key
def test_a_set_has_more_pictures_than_parts_and_a_title_of_its_own(sample_set: SampleSet) -> None:
    assert sample_set.n_samples > sample_set.n_components
    assert [other.title for other in SAMPLE_SETS].count(sample_set.title) == 1


@by_picture_key
def test_the_pictures_are_there_in_number_and_shape(sample_set: SampleSet) -> None:
    files = sorted(sample_set.path.iterdir())
    assert len(files) == sample_set.n_samples
    assert {_pixels(file).shape for file in files} == {sample_set.sample_shape}


@by_key
def test_the_preview_is_a_small_image(sample_set: SampleSet) -> None:
    assert sample_set.preview.stat().st_size < 10_000
    height, width = sample_set.sample_shape
    with Image.open(sample_set.preview) as preview:
        assert (preview.mode, preview.height) == ("L", height)
        assert preview.width % width == 0
        assert preview.width // width >= 8


@by_picture_key
def test_the_pictures_are_what_the_script_writes(sample_set: SampleSet, written: Path) -> None:
    fresh = sorted((written / sample_set.key).iterdir())
    assert [file.name for file in fresh] == sorted(file.name for file in sample_set.path.iterdir())
    # Pillow's drawing varies slightly between versions; all other sets are arithmetic.
    tolerance = 16 if sample_set.key == "drawn_faces" else 0
    for file in fresh:
        np.testing.assert_allclose(_pixels(sample_set.path / file.name), _pixels(file), rtol=0, atol=tolerance)


def test_the_handwritten_digits_are_those_of_scikit_learn(written: Path) -> None:
    sample_set = BY_KEY["handwritten_digits"]
    (file,) = sample_set.path.iterdir()
    with np.load(file) as shipped, np.load(written / sample_set.key / file.name) as fresh:
        images, labels = shipped["images"], shipped["labels"]
        np.testing.assert_array_equal(images, fresh["images"])
        np.testing.assert_array_equal(labels, fresh["labels"])
    assert images.dtype == np.uint8
    assert images.shape == (sample_set.n_samples, *sample_set.sample_shape)
    np.testing.assert_allclose(images, load_digits().images / 16 * 255, rtol=0, atol=0.5)
    np.testing.assert_array_equal(labels, load_digits().target)


def test_the_handwritten_digits_are_labelled() -> None:
    dataset = load(BY_KEY["handwritten_digits"].path)
    assert dataset.labels == tuple(map(str, load_digits().target))
    np.testing.assert_allclose(dataset.sample_image(5), load_digits().images[5] / 16, rtol=0, atol=0.5 / 255)


def test_all_sets_together_are_small() -> None:
    sizes = [file.stat().st_size for sample_set in SAMPLE_SETS for file in sample_set.path.iterdir()]
    assert sum(sizes) < 1_000_000


def test_the_script_writes_previews_and_prints_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["make_sample_images.py", str(tmp_path)])
    _script(monkeypatch).main()
    previews = {file.stem for file in (tmp_path / "resources" / "previews").iterdir()}
    assert previews - {"sum"} == set(BY_KEY) == {folder.name for folder in (tmp_path / "sample_images").iterdir()}
    assert str(tmp_path) in capsys.readouterr().out


@by_key
@pytest.mark.parametrize("name", ["{}", "Copy of {}", "{} (2)", "{}.npy"])
def test_a_copy_of_a_set_is_recognised(sample_set: SampleSet, name: str) -> None:
    found = find_sample_set(name.format(sample_set.key), sample_set.n_samples, sample_set.sample_shape)
    assert found is sample_set


def test_spelling_does_not_matter() -> None:
    assert find_sample_set("My LED-Digits", 128, (13, 8)) is BY_KEY["led_digits"]


@pytest.mark.parametrize(
    ("name", "n_samples", "sample_shape"),
    [
        ("holiday", 256, (32, 32)),
        ("swimmer", 255, (32, 32)),
        ("swimmer", 256, (16, 16)),
        ("swimmer", 256, (32, 32, 3)),
        ("", 0, ()),
    ],
)
def test_anything_else_is_not_recognised(name: str, n_samples: int, sample_shape: tuple[int, ...]) -> None:
    assert find_sample_set(name, n_samples, sample_shape) is None


def test_the_list_of_sets_waits_for_nothing_slow() -> None:
    program = (
        "import sys, nmf_explorer.dataset.sample_sets; sys.exit(bool({'numpy', 'PIL', 'PySide6'} & set(sys.modules)))"
    )
    checkout = SCRIPT.parents[1]
    done = subprocess.run([sys.executable, "-c", program], cwd=checkout, check=False)  # noqa: S603 - this interpreter
    assert done.returncode == 0
