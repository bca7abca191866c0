"""Saved files are complete or missing, and readable without pickle."""

from __future__ import annotations

import errno
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

import nmf_explorer as nx
from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.errors import ExportError
from nmf_explorer.export.parts_image import parts_sheet, save_parts_image
from nmf_explorer.safe_file import safe_file

if TYPE_CHECKING:
    from pathlib import Path

    from nmf_explorer.factorize.model.nmf_model import NmfModel

NAMES = ("a b.png", "zeile\n2.png", "😀.png", "\udcff.png")


@pytest.fixture
def dataset() -> Dataset:
    stored = np.random.default_rng(0).random((4, 6)).astype(np.float32)
    return Dataset(stored, (2, 3), NAMES, "odd names")


@pytest.fixture
def model(dataset: Dataset) -> NmfModel:
    return nx.fit(dataset, 2, random_state=3, max_iter=5)


def test_a_model_reads_back_without_pickle(tmp_path: Path, model: NmfModel, dataset: Dataset) -> None:
    model.save(tmp_path / "model.npz", dataset)
    with np.load(tmp_path / "model.npz", allow_pickle=False) as saved:
        assert set(saved) > {"components", "weights", "sample_shape", "sample_names", "loss_history", "options"}
        assert np.array_equal(saved["components"], model.components)
        assert np.array_equal(saved["weights"], model.weights)
        assert np.array_equal(saved["loss_history"], model.loss_history)
        assert saved["sample_shape"].tolist() == [2, 3]
        assert tuple(saved["sample_names"].tolist()) == NAMES
        options = json.loads(str(saved["options"]))
    assert options["n_components"] == 2
    assert options["random_state"] == 3
    assert options["converged"] is False
    assert options["set_name"] == "odd names"


def test_parts_are_tiles_of_whole_pixels(tmp_path: Path, model: NmfModel) -> None:
    save_parts_image(tmp_path / "parts.png", model)
    with Image.open(tmp_path / "parts.png") as image:
        sheet = np.asarray(image)
    assert np.array_equal(sheet, parts_sheet(model))
    zoom = 128 // 3
    for j in range(2):
        top, left = (8, 8 + j * (3 * zoom + 8)) if sheet.shape[1] > sheet.shape[0] else (8 + j * (2 * zoom + 8), 8)
        tile = sheet[top : top + 2 * zoom : zoom, left : left + 3 * zoom : zoom]
        assert np.abs(tile - 255 * model.component_image(j)).max() <= 0.5
    assert sheet[0, 0] == 128


def test_colour_parts_make_a_colour_sheet() -> None:
    stored = np.random.default_rng(0).random((3, 12)).astype(np.float32)
    model = nx.fit(Dataset(stored, (2, 2, 3), ("a", "b", "c")), 1, max_iter=3)
    sheet = parts_sheet(model)
    assert sheet.ndim == 3
    assert sheet.shape[2] == 3


def test_a_new_file_replaces_the_old_one_with_the_usual_permissions(tmp_path: Path) -> None:
    target = tmp_path / "file"
    target.write_bytes(b"old")
    with safe_file(target) as file:
        file.write(b"new")
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"new"
    plain = tmp_path / "plain"
    plain.touch()
    assert target.stat().st_mode == plain.stat().st_mode


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "file"
    target.write_bytes(b"old")
    with pytest.raises(ExportError, match=r"“.*file” could not be written: No space left on device"), safe_file(target):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert [p.name for p in tmp_path.iterdir()] == ["file"]
    assert target.read_bytes() == b"old"


def test_another_exception_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), safe_file(tmp_path / "file"):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_an_export_error(tmp_path: Path, model: NmfModel, dataset: Dataset) -> None:
    missing = tmp_path / "missing" / "model.npz"
    with pytest.raises(ExportError, match="could not be written"):
        model.save(missing, dataset)
    with pytest.raises(ExportError, match="could not be written"):
        save_parts_image(missing, model)


def test_an_error_without_an_error_number_is_reported(tmp_path: Path) -> None:
    fault: Any = OSError("the device is gone")
    with pytest.raises(ExportError, match="the device is gone"), safe_file(tmp_path / "file"):
        raise fault
