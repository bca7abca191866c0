"""Data for the tests of factorize: images whose true parts are known, with noise; photographs; blobs."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from sklearn.datasets import load_sample_images

from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.factorize.solvers.factors import Factors
from nmf_explorer.factorize.solvers.row_blocks import RowBlocks
from tests.synthetic.synthetic_sets import led_ten_digits, swimmer

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray
    from scipy.sparse import csr_array, csr_matrix

    from nmf_explorer.factorize.model.nmf_model import NmfModel

NOISE = 1e-5  # of float32 sums, on losses from 0 to 1


class Known(NamedTuple):
    """Samples with their true parts and weights."""

    samples: NDArray[Any]
    parts: NDArray[Any]
    weights: NDArray[Any]


def smooth_images(n_samples: int = 60, side: int = 12, n_parts: int = 6, seed: int = 3) -> NDArray[np.float64]:
    """Return overlapping blobs of random brightness with noise, all above 0, that no model fits exactly."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:side, 0:side]
    blobs = [np.exp(-((y - a) ** 2 + (x - b) ** 2) / 12) for a, b in rng.uniform(0, side, (n_parts, 2))]
    mixed = np.tensordot(rng.exponential(0.4, (n_samples, n_parts)), np.array(blobs), axes=1)
    return (mixed + 0.05 * rng.random(mixed.shape) + 0.001).reshape(n_samples, -1)


@cache
def photo_patches(n_patches: int = 800, side: int = 16) -> NDArray[np.float32]:
    """Return grey patches of the two photographs that come with scikit-learn."""
    rng = np.random.default_rng(0)
    patches = []
    for photograph in load_sample_images().images:
        grey = photograph.mean(axis=2) / 255
        tops, lefts = (rng.integers(0, n - side, n_patches // 2) for n in grey.shape)
        patches += [grey[t : t + side, a : a + side].ravel() for t, a in zip(tops, lefts, strict=True)]
    array = np.array(patches, dtype=np.float32)
    array.setflags(write=False)
    return array


def sixteen_stripes(seed: int = 0, n_samples: int = 500) -> Known:
    """Return sums of the 8 rows and 8 columns of 8 x 8 pixels, each used in a quarter of the images."""
    rng = np.random.default_rng(seed)
    images = np.zeros((16, 8, 8))
    for i in range(8):
        images[i, i, :] = images[8 + i, :, i] = 1
    parts = images.reshape(16, 64)
    weights = rng.uniform(0.3, 1, (n_samples, 16)) * (rng.random((n_samples, 16)) < 0.25)
    return Known(weights @ parts, parts, weights)


def noisy_digits(seed: int, noise: float, n_samples: int = 300) -> Known:
    """Return random LED digits, their segments at brightness 0.5 to 1, with noise of 0 or more."""
    digits = led_ten_digits()
    parts = digits.parts.reshape(7, -1)
    lit = digits.images.reshape(10, -1) @ parts.T > 0.5
    rng = np.random.default_rng(seed)
    weights = lit[rng.integers(0, 10, n_samples)] * rng.uniform(0.5, 1, (n_samples, 7))
    samples = weights @ parts
    return Known((samples + np.abs(rng.normal(0, noise, samples.shape))).astype(np.float32), parts, weights)


def grey_swimmer(seed: int, level: float) -> Known:
    """Return the Swimmer set with the photon noise of a camera that counts `level` photons in a white pixel."""
    drawn = swimmer()
    poses = np.array(list(product(range(4), repeat=4)))
    is_on = (poses[:, :, np.newaxis] == np.arange(4)).reshape(256, 16)
    counts = np.random.default_rng(seed).poisson(drawn.images.reshape(256, -1) * level)
    samples = (counts / level).astype(np.float32)
    return Known(samples, drawn.parts.reshape(17, -1), np.column_stack([np.ones(256), is_on]))


def blocks_of(X: Dataset | ArrayLike | csr_array[Any] | csr_matrix[Any], n_threads: int = 1) -> RowBlocks:
    """Return the row blocks that a solver gets."""
    dataset = X if isinstance(X, Dataset) else Dataset.from_array(X)
    return RowBlocks(dataset, lambda: False, n_threads)


def some_factors(shape: tuple[int, ...], n_components: int, seed: int = 0) -> Factors:
    """Return random factors of at least 0.1 for samples of a shape (n_samples, n_features)."""
    n_samples, n_features = shape
    rng = np.random.default_rng(seed)
    W = rng.random((n_components, n_samples)) + 0.1
    return Factors(W.astype(np.float32), (rng.random((n_components, n_features)) + 0.1).astype(np.float32))


def exact_error(X: NDArray[Any], model: NmfModel) -> float:
    """Return the relative error of a model, computed in double precision."""
    exact = X.reshape(len(X), -1).astype(np.float64)
    product_ = model.weights.astype(np.float64) @ model.components
    return float(np.linalg.norm(exact - product_) / np.linalg.norm(exact))


def assert_falls(model: NmfModel) -> None:
    """Check that the loss never rises; of a divergence, which is summed in float32, its square root."""
    history = model.loss_history
    assert (history >= 0).all()
    if model.options.loss == "frobenius":
        assert (np.diff(history) <= NOISE).all()
    else:
        assert (np.diff(history**2) <= NOISE / 10).all()


def assert_lawful(X: NDArray[Any], model: NmfModel) -> None:
    """Check what holds for every model."""
    for factor in (model.components, model.weights):
        assert factor.dtype == np.float32
        assert np.isfinite(factor).all()
        assert factor.min() >= 0
    assert set(model.components.max(axis=1)) <= {0.0, 1.0}
    assert_falls(model)
    # Multiplicative updates divide by at least the epsilon of float32, so black pixels count as that much.
    hardly = 2e-6 + 2 * np.finfo(np.float32).eps * np.sqrt(X.size) / np.linalg.norm(X.astype(np.float64))
    assert abs(model.relative_error - exact_error(X, model)) <= 1e-3 * model.relative_error + hardly
