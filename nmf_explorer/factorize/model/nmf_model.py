"""The model: parts, weights and how they were found; frozen, so that threads can share it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

import numpy as np

from nmf_explorer.factorize.fit_options import KnownParts
from nmf_explorer.factorize.model.contribution import shares_of, sorted_contributions
from nmf_explorer.factorize.model.restarts import normalize_rows
from nmf_explorer.safe_file import safe_file

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Collection

    from numpy.typing import ArrayLike, NDArray
    from scipy.sparse import csr_array, csr_matrix

    from nmf_explorer.dataset.dataset import Dataset, Floats
    from nmf_explorer.factorize.fit_options import FitOptions
    from nmf_explorer.factorize.model.contribution import Contribution
    from nmf_explorer.factorize.model.restarts import RestartReport

FILE_VERSION = 1  # format of a saved model; files of version 0.1 of the program have no number


class _ModelFields(TypedDict, total=False):
    """The fields of a model beside its factors."""

    sample_shape: tuple[int, ...]
    relative_error: float
    loss_history: NDArray[np.float64]
    converged: bool
    options: FitOptions
    start: str
    restarts: RestartReport | None


@dataclass(frozen=True, eq=False)
class NmfModel:
    """Parts and weights whose product approximates the samples: ``matrix ~ weights @ components``.

    Attributes
    ----------
    components : ndarray of shape (n_components, n_features), float32
        The parts, one per row, 0..1; the largest pixel of each is 1 (an unused part is all 0).
    weights : ndarray of shape (n_samples, n_components), float32
        Weight of each part in each sample, 0 or more, in the unit of the data.
    sample_shape : tuple of int
        ``(height, width)`` or ``(height, width, 3)``.
    relative_error : float
        ``||X - WH|| / ||X||`` over all samples: 0 is exact, 1 is no better than black.
    loss_history : ndarray of shape (n_iterations,), float64
        Loss of the best model after each iteration, over all starts: the relative error, or, with penalties and for
        other losses, the square root of the loss, as in `Iteration`. It falls, but may rise slightly where the parts
        of `first` are replaced by parts that explain the samples as well.
    converged : bool
        Whether further iterations are expected, from the course of the loss, to lower it by less than the tolerance.
    options : FitOptions
        Options of the fit.
    scale : ndarray of shape (n_components,), float64
        Largest pixel of each part as it was fitted: ``components * scale[:, None]`` and ``weights / scale`` are the
        factors of the algorithm, whose size matters to penalties.
    start : str, default "auto"
        Start of the fit that was kept, such as "pixels".
    restarts : RestartReport or None, default None
        Comparison of the starts: their losses, and how many of them found each part; None for a single start.
    """

    components: NDArray[np.float32]
    weights: NDArray[np.float32]
    sample_shape: tuple[int, ...]
    relative_error: float
    loss_history: NDArray[np.float64]
    converged: bool
    options: FitOptions
    scale: NDArray[np.float64]
    start: str = "auto"
    restarts: RestartReport | None = None

    def __post_init__(self) -> None:
        for array in (self.components, self.weights, self.loss_history, self.scale):
            array.setflags(write=False)

    @classmethod
    def scaled(
        cls, components: NDArray[np.floating[Any]], weights: NDArray[np.floating[Any]], **others: Unpack[_ModelFields]
    ) -> NmfModel:
        """Make a model from factors of any scale: each part gets a largest pixel of 1, its weights are scaled to match.

        Parameters
        ----------
        components : ndarray of shape (n_components, n_features), float32 or float64
            Parts of any scale.
        weights : ndarray of shape (n_samples, n_components), float32 or float64
            Weights of these parts.
        **others : object
            The other attributes.

        Returns
        -------
        NmfModel
            Model with the same product.
        """
        peak = components.max(axis=1)
        is_used = peak > 0
        scale = np.where(is_used, peak, peak.dtype.type(1))
        return cls(
            np.ascontiguousarray(components / scale[:, np.newaxis], dtype=np.float32),
            np.ascontiguousarray(weights * np.where(is_used, scale, peak.dtype.type(0)), dtype=np.float32),
            scale=scale.astype(np.float64),
            **others,
        )

    @property
    def n_components(self) -> int:
        """Number of parts."""
        return int(self.components.shape[0])

    @property
    def n_iterations(self) -> int:
        """Number of iterations over all starts."""
        return int(self.loss_history.shape[0])

    def matched_to(self, other: NmfModel) -> NmfModel:
        """Return the same model with its parts in the order of the most similar parts of a reference model.

        Parameters
        ----------
        other : NmfModel
            Reference with parts of the same size, perhaps more or fewer of them.

        Returns
        -------
        NmfModel
            The order with the largest sum of cosines between matched parts; parts without a match are last, and those
            of the reference leave no gaps.
        """
        return self.reordered(self.order_like(other))

    def order_like(self, other: NmfModel) -> NDArray[np.intp]:
        """Return the order in which `matched_to` puts the parts.

        Parameters
        ----------
        other : NmfModel
            Reference with parts of the same size, perhaps more or fewer of them.

        Returns
        -------
        ndarray of shape (n_components,), intp
            Indices of the parts in their new order.
        """
        from scipy.optimize import linear_sum_assignment

        own, matched = linear_sum_assignment(
            normalize_rows(self.components) @ normalize_rows(other.components).T, maximize=True
        )
        places = np.arange(self.n_components) + other.n_components
        places[own] = matched
        return np.argsort(places)

    def reordered(self, order: NDArray[np.intp]) -> NmfModel:
        """Return the same model with its parts in another order.

        Parameters
        ----------
        order : ndarray of shape (n_components,), intp
            Indices of the parts in their new order.

        Returns
        -------
        NmfModel
            Model with the same product.
        """
        restarts = self.restarts and replace(self.restarts, found_again=self.restarts.found_again[order])
        return replace(
            self,
            components=self.components[order],
            weights=np.ascontiguousarray(self.weights[:, order]),
            scale=self.scale[order],
            restarts=restarts,
        )

    def component_image(self, index: int) -> NDArray[np.float32]:
        """Return one part as an image.

        Parameters
        ----------
        index : int
            Index of the part, from 0.

        Returns
        -------
        ndarray of shape `sample_shape`, float32
            Pixels, 0..1.
        """
        image: NDArray[np.float32] = self.components[index].reshape(self.sample_shape)
        return image

    def reconstruct(self, index: int) -> NDArray[np.float32]:
        """Return the reconstruction of one sample: the weighted sum of the parts.

        Parameters
        ----------
        index : int
            Index of the sample, from 0.

        Returns
        -------
        ndarray of shape `sample_shape`, float32
            Pixels, 0 or more, in the unit of the data.
        """
        image: NDArray[np.float32] = (self.weights[index] @ self.components).reshape(self.sample_shape)
        return image

    def transform(self, samples: ArrayLike | csr_array[Any] | csr_matrix[Any]) -> NDArray[np.float32]:
        """Return the weights of new samples for the parts of this model.

        Parameters
        ----------
        samples : array_like or sparse array
            Shape (n_samples, n_features), (n_samples, *sample_shape) or `sample_shape`; finite numbers of 0
            or more, in the unit of the fitted data.

        Returns
        -------
        ndarray of shape (n_samples, n_components), float32
            Weights, 0 or more, that minimise the loss of the fit for these parts.

        Raises
        ------
        DataError
            If the samples have another size, or values that are negative or not finite.
        """
        from nmf_explorer.factorize.model.transform import check_samples

        X = check_samples(samples, self.sample_shape)
        weights: NDArray[np.float32] = (self._projected(X) * self.scale).astype(np.float32)
        return weights

    @cached_property
    def _projected(self) -> Callable[[Floats], Floats]:
        """The function from samples to weights for these parts, cached because a slider calls it often."""
        from nmf_explorer.factorize.model.transform import projection

        return projection(self.components * self.scale[:, np.newaxis], self.options)

    def save(self, path: str | os.PathLike[str], dataset: Dataset | None = None) -> None:
        """Write the model to one .npz file, which `load_model` and `numpy.load` can read.

        Parameters
        ----------
        path : str or path-like
            The file; it is written completely or not at all, and replaces an older one.
        dataset : Dataset, optional
            The samples that the model was fitted to; their names are saved.

        Raises
        ------
        ExportError
            If the file cannot be written.
        """
        with safe_file(Path(path)) as file:
            np.savez_compressed(file, allow_pickle=False, **self._file_fields(dataset))

    def _file_fields(self, dataset: Dataset | None) -> dict[str, NDArray[Any]]:
        """Return the arrays of a saved model; ``options`` and ``model`` are JSON, ``fields`` in it lists the others."""
        set_name, sample_names = (dataset.name, dataset.sample_names) if dataset else ("", ())
        options = {**self.options.as_dict(), "converged": self.converged, "set_name": set_name}
        arrays: dict[str, NDArray[Any]] = {
            "components": self.components,
            "weights": self.weights,
            "sample_shape": np.array(self.sample_shape, dtype=np.int64),
            "sample_names": np.array(sample_names, dtype=np.str_),
            "loss_history": self.loss_history,
            "options": np.array(json.dumps(options)),
            "scale": self.scale,
        }
        about: dict[str, object] = {"version": FILE_VERSION, "relative_error": self.relative_error, "start": self.start}
        if report := self.restarts:
            about |= {"restart_names": report.names, "n_as_good": report.n_as_good}
            arrays |= {"restart_losses": report.losses, "restart_found_again": report.found_again}
        for name, known in (("start", self.options.start), ("first", self.options.first)):
            if isinstance(known, KnownParts):
                arrays[f"{name}_components"] = known.components
                if known.weights is not None:
                    arrays[f"{name}_weights"] = known.weights
        about["fields"] = sorted(arrays)
        return arrays | {"model": np.array(json.dumps(about))}

    def contributions(self, index: int) -> list[Contribution]:
        """Return the term of each part in the reconstruction of one sample.

        Parameters
        ----------
        index : int
            Index of the sample, from 0.

        Returns
        -------
        list of Contribution
            One per part, largest share first; equal shares in the order of the parts.
        """
        return self.contributions_of(self.weights[index])

    def contributions_of(self, weights: NDArray[np.float32]) -> list[Contribution]:
        """Return the term of each part in the sum with these weights.

        Parameters
        ----------
        weights : ndarray of shape (n_components,), float32
            Weight of each part, 0 or more.

        Returns
        -------
        list of Contribution
            One per part, largest share first; equal shares in the order of the parts.
        """
        return sorted_contributions(weights, weights * self.brightness_of_parts)

    def best_weights(self, sample: ArrayLike, without: Collection[int] = ()) -> NDArray[np.float32]:
        """Return the weights with which all parts, or all but some, approximate one sample best.

        Parameters
        ----------
        sample : array_like of shape `sample_shape`
            Finite numbers of 0 or more, in the unit of the fitted data.
        without : collection of int, default ()
            Indices of parts to leave out.

        Returns
        -------
        ndarray of shape (n_components,), float32
            Weights, 0 or more; 0 for parts that are left out.

        Raises
        ------
        DataError
            If the sample has another size, or values that are negative or not finite.
        """
        if not without:
            best: NDArray[np.float32] = self.transform(sample)[0]
            return best
        used = np.array([j for j in range(self.n_components) if j not in without], dtype=np.intp)
        best = np.zeros(self.n_components, dtype=np.float32)
        if len(used):
            reduced = replace(
                self, components=self.components[used], weights=self.weights[:, used], scale=self.scale[used]
            )
            best[used] = reduced.transform(sample)[0]
        return best

    def part_shares(self) -> NDArray[np.float64]:
        """Return the share of each part in the reconstructions of all samples.

        Returns
        -------
        ndarray of shape (n_components,), float64
            Shares of the total brightness, 0..1, with sum 1; all 0 if every part is black.
        """
        return self._shares_of_parts.copy()

    @cached_property
    def _shares_of_parts(self) -> NDArray[np.float64]:
        """Shares, cached because every view of the parts reads them."""
        return shares_of(self.weights.sum(axis=0, dtype=np.float64) * self.brightness_of_parts)

    @cached_property
    def largest_weights(self) -> NDArray[np.float32]:
        """Largest weight of each part in any sample, shape (n_components,), float32."""
        largest: NDArray[np.float32] = self.weights.max(axis=0, initial=0)
        largest.setflags(write=False)
        return largest

    @cached_property
    def brightness_of_parts(self) -> NDArray[np.float64]:
        """Sum of the pixels of each part, shape (n_components,), float64; cached because every sample needs it."""
        brightness: NDArray[np.float64] = self.components.sum(axis=1, dtype=np.float64)
        brightness.setflags(write=False)
        return brightness
