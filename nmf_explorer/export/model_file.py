"""A model as one .npz file of plain arrays: numpy reads it back without pickle."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from nmf_explorer.export.safe_file import safe_file

if TYPE_CHECKING:
    from pathlib import Path

    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.factorize.model.nmf_model import NmfModel


def save_model(path: Path, model: NmfModel, dataset: Dataset) -> None:
    """Write a model.

    Parameters
    ----------
    path : Path
        The file, written whole or not at all. It holds ``components`` (n_components, n_features) float32, ``weights``
        (n_samples, n_components) float32, ``sample_shape``, ``sample_names``, ``loss_history`` and ``options``, a
        string of JSON.
    model : NmfModel
        What was found.
    dataset : Dataset
        What it was found in.

    Raises
    ------
    ExportError
        If the file cannot be written.
    """
    options = {**model.options.as_dict(), "converged": model.converged, "set_name": dataset.name}
    with safe_file(path) as file:
        np.savez_compressed(
            file,
            components=model.components,
            weights=model.weights,
            sample_shape=np.array(model.sample_shape, dtype=np.int64),
            sample_names=np.array(dataset.sample_names, dtype=np.str_),
            loss_history=model.loss_history,
            options=np.array(json.dumps(options)),
        )
