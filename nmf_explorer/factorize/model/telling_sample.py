"""Choose a sample that shows how good the parts are: one that is explained about as well as all samples together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nmf_explorer.errors import Cancelled
from nmf_explorer.factorize.model.agreement import EXPLAINED_ERROR

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.factorize.model.nmf_model import NmfModel

_MAX_INSPECTED = 500  # samples, evenly spaced: their errors take a fraction of a second at any number of samples
_MIN_SHARE = 0.5  # of the error of all samples: with less, a sample hides how much is not explained
_DECIMALS = 4  # of relative errors; what is smaller is rounding


def first_telling_sample(dataset: Dataset) -> int:
    """Return the first sample that shows something, that is, whose pixels are not all equal; else the first one."""
    for index in range(min(dataset.n_samples, _MAX_INSPECTED)):
        image = dataset.sample_image(index)
        if image.min() < image.max():
            return index
    return 0


def telling_sample(
    dataset: Dataset, model: NmfModel, present: int, should_stop: Callable[[], bool] = lambda: False
) -> int:
    """Return the sample to show instead of `present`, which stays where it shows enough.

    That is the case where nearly everything is explained, or where the error of the sample is at least half of that of
    all samples. Else it is the first one whose error is the least that is not below that of all samples. `should_stop`
    is called before each sample; if it returns True, `Cancelled` is raised.
    """
    overall = model.relative_error
    if overall < EXPLAINED_ERROR or _relative_error(dataset, model, present) >= _MIN_SHARE * overall:
        return present
    inspected = range(0, dataset.n_samples, -(-dataset.n_samples // _MAX_INSPECTED))
    errors = np.empty(len(inspected))
    for place, index in enumerate(inspected):
        if should_stop():
            raise Cancelled
        errors[place] = _relative_error(dataset, model, index)
    return inspected[_least_from(errors.round(_DECIMALS), round(overall, _DECIMALS))]


def _least_from(errors: NDArray[np.float64], limit: float) -> int:
    """Return the index of the first of the least errors that are not below the limit; of the largest, if all are."""
    if errors.max() < limit:
        return int(errors.argmax())
    return int(np.where(errors >= limit, errors, np.inf).argmin())


def _relative_error(dataset: Dataset, model: NmfModel, index: int) -> float:
    """Return ``||sample - reconstruction|| / ||sample||``, and 0 for a black sample, which shows nothing."""
    sample = dataset.sample_image(index).astype(np.float64)
    size = np.linalg.norm(sample)
    return float(np.linalg.norm(sample - model.reconstruct(index)) / size) if size > 0 else 0.0
