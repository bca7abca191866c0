"""Read a model from the .npz file that `NmfModel.save` has written."""

from __future__ import annotations

import io
import json
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from nmf_explorer.dataset.files.found_file import FoundFile
from nmf_explorer.dataset.files.zip_members import list_zip_members, read_member
from nmf_explorer.dataset.readers.arrays.npy_header import read_header
from nmf_explorer.errors import ImageReadError, ModelFileError
from nmf_explorer.factorize.fit_options import FitOptions, KnownParts
from nmf_explorer.factorize.model.nmf_model import FILE_VERSION, NmfModel
from nmf_explorer.factorize.model.restarts import RestartReport

if TYPE_CHECKING:
    import os

    from numpy.typing import NDArray

    from nmf_explorer.dataset.files.zip_members import ZipMember

_OLD_FIELDS = frozenset({"components", "weights", "sample_shape", "sample_names", "loss_history", "options"})
_MAX_FIELDS = 100
_MAX_HEADER_BYTES = 1 << 17
_NUMBER_OF_DIMENSIONS = {"components": 2, "weights": 2, "scale": 1, "sample_shape": 1, "loss_history": 1}
_SHAPE_LENGTHS = (2, 3)  # (height, width) or (height, width, 3)


def load_model(path: str | os.PathLike[str]) -> NmfModel:
    """Read a model that `NmfModel.save` or ``nmf-explorer fit --out`` has written.

    Files of earlier versions lack some fields: their parts have a `scale` of 1, `restarts` is None, and the relative
    error is nan for a fit with penalties or with another loss than squared errors.

    Parameters
    ----------
    path : str or path-like
        A .npz file. No code in it is run, and an array is read only if its size agrees with its header.

    Returns
    -------
    NmfModel
        The model with the same parts, weights and options.

    Raises
    ------
    ModelFileError
        If the file is missing or damaged, holds no model, or was written by a newer version.
    """
    file = Path(path)
    try:
        return _model(_arrays(file))
    except (ImageReadError, KeyError, TypeError, ValueError) as error:
        why = f"it lacks {error}" if isinstance(error, KeyError) else str(error)
        raise ModelFileError(
            "“{path}” cannot be read as a model: {why}. Choose a file that NMF Explorer has saved, or copy it again.",
            path=file,
            why=why,
        ) from error


def _arrays(file: Path) -> dict[str, NDArray[Any]]:
    """Return all arrays of the file by name."""
    if not file.exists():
        raise ValueError("there is no such file")
    if not file.is_file():
        raise ValueError("it is no file")
    found = FoundFile(file, file.name)
    members = list_zip_members(found)
    if len(members) > _MAX_FIELDS:
        raise ValueError(f"it has {len(members)} arrays, more than {_MAX_FIELDS}")
    arrays = {member.name.removesuffix(".npy"): _array(found, member) for member in members}
    _check_version(arrays)
    return arrays


def _array(file: FoundFile, member: ZipMember) -> NDArray[Any]:
    """Return one array, in the byte order of this machine."""
    stream = io.BytesIO(read_member(file, member, limit=_MAX_HEADER_BYTES))
    header = read_header(stream)
    if header.n_bytes + stream.tell() != member.size:
        raise ValueError(f"the array “{member.name}” has another size than its header says")
    array: NDArray[Any] = np.frombuffer(read_member(file, member), header.dtype, prod(header.shape), stream.tell())
    array = array.reshape(header.shape, order="F" if header.is_fortran else "C")
    return array.astype(header.dtype.newbyteorder("="), order="C")


def _check_version(arrays: dict[str, NDArray[Any]]) -> None:
    """Check that no array is missing: a lost one would otherwise read as one that an older version did not write."""
    if "model" not in arrays:
        expected = _OLD_FIELDS
    else:
        about = json.loads(str(arrays["model"]))
        if about["version"] > FILE_VERSION:
            raise ValueError("a newer version of NMF Explorer has written it; install that version")
        expected = frozenset([*about["fields"], "model"])
    if missing := sorted(expected - arrays.keys()):
        raise ValueError(f"it lacks {', '.join(missing)}")
    if unknown := sorted(arrays.keys() - expected):
        raise ValueError(f"it holds {', '.join(unknown)}, which belongs to no model")


def _model(arrays: dict[str, NDArray[Any]]) -> NmfModel:
    components, weights, losses = arrays["components"], arrays["weights"], arrays["loss_history"]
    given = json.loads(str(arrays["options"]))
    converged = bool(given.pop("converged"))
    given.pop("set_name")
    options = FitOptions.of(**given | _known_parts(arrays, given))
    about = json.loads(str(arrays["model"])) if "model" in arrays else {"start": options.start_name}
    shape = tuple(map(int, arrays["sample_shape"]))
    scale = arrays.get("scale", np.ones(len(components)))
    _check_arrays({name: arrays.get(name, scale) for name in _NUMBER_OF_DIMENSIONS}, shape)
    error = about.get("relative_error", float(losses[-1]) if _loss_is_relative_error(options) else float("nan"))
    return NmfModel(
        components.astype(np.float32),
        weights.astype(np.float32),
        shape,
        float(error),
        losses.astype(np.float64),
        converged,
        options,
        scale.astype(np.float64),
        str(about["start"]),
        _restarts(arrays, about),
    )


def _check_arrays(arrays: dict[str, NDArray[Any]], shape: tuple[int, ...]) -> None:
    """Check that the arrays of a model fit together."""
    for name, n_dimensions in _NUMBER_OF_DIMENSIONS.items():
        array = arrays[name]
        if array.dtype.kind not in "uif" or array.ndim != n_dimensions or not array.size:
            raise ValueError(f"“{name}” has shape {array.shape} of {array.dtype}")
        if not np.isfinite(array).all() or array.min() < 0:
            raise ValueError(f"“{name}” has numbers that are negative or not finite")
    (n_parts, n_features), n_weights = arrays["components"].shape, arrays["weights"].shape[1]
    if (
        len(shape) not in _SHAPE_LENGTHS
        or prod(shape) != n_features
        or not n_parts == n_weights == len(arrays["scale"])
    ):
        raise ValueError("its arrays do not fit together")


def _loss_is_relative_error(options: FitOptions) -> bool:
    return options.loss == "frobenius" and not (options.weight_penalty(1) or options.part_penalty(1))


def _known_parts(arrays: dict[str, NDArray[Any]], given: dict[str, Any]) -> dict[str, object]:
    """Return the options `start` and `first`; without their parts, as in older files, the defaults."""
    known: dict[str, object] = {}
    for name, default in (("start", "auto"), ("first", None)):
        if given[name] == "given":
            parts = arrays.get(f"{name}_components")
            known[name] = default if parts is None else KnownParts(parts, arrays.get(f"{name}_weights"))
    return known


def _restarts(arrays: dict[str, NDArray[Any]], about: dict[str, Any]) -> RestartReport | None:
    if "restart_losses" not in arrays:
        return None
    losses, found_again = arrays["restart_losses"], arrays["restart_found_again"]
    return RestartReport(tuple(about["restart_names"]), losses, int(about["n_as_good"]), found_again)
