"""Data for the benchmarks: synthetic, or cut from the photographs that come with scikit-learn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Bytes = NDArray[np.uint8]


def image_like(n_samples: int = 10_000, side: int = 64, n_parts: int = 60, seed: int = 0) -> Bytes:
    """Return sums of smooth overlapping parts, each of one to three blobs, with a little noise."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:side, 0:side]
    parts = np.zeros((n_parts, side, side), dtype=np.float32)
    for j in range(n_parts):
        for _ in range(rng.integers(1, 4)):
            a, b = rng.uniform(0, side, 2)
            s, t = rng.uniform(2, 10, 2)
            angle = rng.uniform(0, np.pi)
            u = (x - a) * np.cos(angle) + (y - b) * np.sin(angle)
            v = (y - b) * np.cos(angle) - (x - a) * np.sin(angle)
            parts[j] += np.exp(-(u * u / (2 * s * s) + v * v / (2 * t * t)))
    weights = rng.gamma(0.7, 1.0, (n_samples, n_parts)).astype(np.float32) * (rng.random((n_samples, n_parts)) < 0.5)
    flat = parts.reshape(n_parts, -1)
    white = 200 / np.quantile(weights[:1000] @ flat, 0.995)
    images = np.empty((n_samples, side * side), dtype=np.uint8)
    for rows in (slice(a, a + 1000) for a in range(0, n_samples, 1000)):
        mixed = weights[rows] @ flat * white
        images[rows] = np.clip(np.rint(mixed + rng.normal(0, 3, mixed.shape)), 0, 255)
    return images


def digit_like(n_samples: int = 60_000, seed: int = 0) -> Bytes:
    """Return scikit-learn's digits, enlarged to 28 x 28 and randomly rotated, stretched, sheared and moved."""
    from sklearn.datasets import load_digits

    rng = np.random.default_rng(seed)
    originals = [Image.fromarray((d * 15.9).astype(np.uint8)).resize((20, 20)) for d in load_digits().images]
    images = np.empty((n_samples, 28 * 28), dtype=np.uint8)
    for row in images:
        c, s = np.cos(angle := rng.uniform(-0.26, 0.26)), np.sin(angle)
        stretch = np.array([[1 / rng.uniform(0.85, 1.15), rng.uniform(-0.2, 0.2)], [0, 1 / rng.uniform(0.85, 1.15)]])
        turn = np.array([[c, -s], [s, c]]) @ stretch
        off = np.array([10, 10]) - turn @ (14 + rng.uniform(-2, 2, 2))
        way = (turn[0, 0], turn[0, 1], off[0], turn[1, 0], turn[1, 1], off[1])
        digit = originals[rng.integers(len(originals))]
        drawn = digit.transform((28, 28), Image.Transform.AFFINE, way, Image.Resampling.BILINEAR)
        row[:] = np.clip((np.asarray(drawn, dtype=np.float32) - 60) * 2.2, 0, 255).ravel()
    return images


def photo_patches(n_samples: int = 10_000, side: int = 64, seed: int = 0) -> Bytes:
    """Return grey squares cut at random from scikit-learn's two photographs."""
    from sklearn.datasets import load_sample_images

    rng = np.random.default_rng(seed)
    photographs = [np.asarray(Image.fromarray(p).convert("L")) for p in load_sample_images().images]
    images = np.empty((n_samples, side * side), dtype=np.uint8)
    for row in images:
        photograph = photographs[rng.integers(len(photographs))]
        top, left = (rng.integers(size - side + 1) for size in photograph.shape)
        row[:] = photograph[top : top + side, left : left + side].ravel()
    return images


def small_digits() -> Bytes:
    """Return scikit-learn's 1,797 handwritten digits of 8 x 8 pixels."""
    from sklearn.datasets import load_digits

    images: Bytes = np.rint(load_digits().data * 255 / 16).astype(np.uint8)
    return images


def documents(
    n_samples: int = 10_000, n_words: int = 20_000, n_topics: int = 40, seed: int = 0
) -> csr_array[np.float64]:
    """Return tf-idf rows of synthetic documents: about 95 words each, mostly of one or two topics."""
    from scipy.sparse import csr_array, diags_array

    rng = np.random.default_rng(seed)
    frequency = 1 / np.arange(1, n_words + 1) ** 0.8
    topics = frequency * (rng.gamma(0.02, 1, (n_topics, n_words)) + 0.01)
    topics /= topics.sum(axis=1, keepdims=True)
    lengths = rng.poisson(90, n_samples) + 5
    mixtures = rng.dirichlet(np.full(n_topics, 0.05), n_samples)
    counts = np.array([rng.multinomial(n, m) for n, m in zip(lengths, mixtures, strict=True)])
    rows = np.concatenate([np.repeat(np.arange(n_samples), counts[:, t]) for t in range(n_topics)])
    words = np.concatenate([rng.choice(n_words, counts[:, t].sum(), p=topics[t]) for t in range(n_topics)])
    X = csr_array((np.ones(len(rows)), (rows, words)), shape=(n_samples, n_words))
    X.sum_duplicates()
    X.data *= (np.log((1 + n_samples) / (1 + np.bincount(X.indices, minlength=n_words))) + 1)[X.indices]
    return csr_array(diags_array(1 / np.sqrt(np.asarray((X * X).sum(axis=1)).ravel())) @ X)
