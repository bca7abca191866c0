"""What a fit found: parts, weights, and how it got there. Frozen, so that threads share it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict, Unpack

import numpy as np

from nmf_explorer.factorize.fit_options import KnownParts
from nmf_explorer.factorize.model.restarts import normalize_rows
from nmf_explorer.safe_file import safe_file

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Collection

    from numpy.typing import ArrayLike, NDArray

    from nmf_explorer.dataset.dataset import Dataset, Floats
    from nmf_explorer.factorize.fit_options import FitOptions
    from nmf_explorer.factorize.model.restarts import RestartReport

FILE_VERSION = 1  # of a saved model; files of version 0.1 of the program have none


class Contribution(NamedTuple):
    """What one part adds to one sample: index of the part, weight (0 or more), share (0..1) of the reconstruction."""

    part: int
    weight: float
    share: float


class _Facts(TypedDict, total=False):
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
        The parts, one per row, 0..1; the largest pixel of each is 1 (a part that nothing uses is all 0).
    weights : ndarray of shape (n_samples, n_components), float32
        How much of each part each sample takes, 0 or more, in the unit of the data.
    sample_shape : tuple of int
        ``(height, width)`` or ``(height, width, 3)``.
    relative_error : float
        ``||X - WH|| / ||X||`` over all samples: 0 is exact, 1 is no better than black.
    loss_history : ndarray of shape (n_iterations,), float64
        What was minimised, of the best model after each iteration, over all starts that were tried: the relative
        error, or for other losses and with penalties the square root of the loss, as `Iteration` has it. It falls, but
        where parts that were given `first` make way for others that explain the same, give or take a little.
    converged : bool
        True only when further iterations would have lowered the error by less than the tolerance promises.
    options : FitOptions
        What the fit was asked to do.
    scale : ndarray of shape (n_components,), float64
        The largest pixel of each part as it was fitted: ``components * scale[:, None]`` and ``weights / scale`` are the
        factors of the method itself, whose size matters to penalties.
    start : str, default "auto"
        Where the fit began that is kept, such as "pixels".
    restarts : RestartReport or None, default None
        What other starts say: how low they came, and whether they found the same parts.
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
        cls, components: NDArray[np.float32], weights: NDArray[np.float32], **others: Unpack[_Facts]
    ) -> NmfModel:
        """Make a model from factors of any scale: the largest pixel of each part becomes 1, its weights grow with it.

        Parameters
        ----------
        components : ndarray of shape (n_components, n_features), float32 or float64
            Parts of any scale.
        weights : ndarray of shape (n_samples, n_components), float32 or float64
            Weights that go with them.
        **others : object
            The other attributes.

        Returns
        -------
        NmfModel
            With the same product.
        """
        peak = components.max(axis=1)
        lit = peak > 0
        scale = np.where(lit, peak, peak.dtype.type(1))
        return cls(
            np.ascontiguousarray(components / scale[:, np.newaxis], dtype=np.float32),
            np.ascontiguousarray(weights * np.where(lit, scale, peak.dtype.type(0)), dtype=np.float32),
            scale=scale.astype(np.float64),
            **others,
        )

    @property
    def n_components(self) -> int:
        """Number of parts."""
        return int(self.components.shape[0])

    @property
    def n_iterations(self) -> int:
        """Number of iterations that led here."""
        return int(self.loss_history.shape[0])

    def matched_to(self, other: NmfModel) -> NmfModel:
        """The same model with its parts in another order: parts alike stand where they stand in another model.

        Parameters
        ----------
        other : NmfModel
            With parts of the same size, perhaps more of them or fewer.

        Returns
        -------
        NmfModel
            Of all orders the one with the largest sum of cosines; parts that are too many stand at the end, and where
            there are too few, the others close up.
        """
        return self.reordered(self.order_like(other))

    def order_like(self, other: NmfModel) -> NDArray[np.intp]:
        """The order in which `matched_to` puts the parts.

        Parameters
        ----------
        other : NmfModel
            With parts of the same size, perhaps more of them or fewer.

        Returns
        -------
        ndarray of shape (n_components,), intp
            Which part stands first, which second and so on.
        """
        from scipy.optimize import linear_sum_assignment

        mine, theirs = linear_sum_assignment(
            normalize_rows(self.components) @ normalize_rows(other.components).T, maximize=True
        )
        places = np.arange(self.n_components) + other.n_components
        places[mine] = theirs
        return np.argsort(places)

    def reordered(self, order: NDArray[np.intp]) -> NmfModel:
        """The same model with its parts in another order.

        Parameters
        ----------
        order : ndarray of shape (n_components,), intp
            Which part stands first, which second and so on.

        Returns
        -------
        NmfModel
            With the same sums.
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
        """One part as a picture.

        Parameters
        ----------
        index : int
            Which part, from 0.

        Returns
        -------
        ndarray of shape `sample_shape`, float32
            Its pixels, 0..1.
        """
        image: NDArray[np.float32] = self.components[index].reshape(self.sample_shape)
        return image

    def reconstruct(self, index: int) -> NDArray[np.float32]:
        """The weighted sum of the parts for one sample.

        Parameters
        ----------
        index : int
            Which sample, from 0.

        Returns
        -------
        ndarray of shape `sample_shape`, float32
            Its approximation, 0 or more.
        """
        image: NDArray[np.float32] = (self.weights[index] @ self.components).reshape(self.sample_shape)
        return image

    def transform(self, samples: ArrayLike) -> NDArray[np.float32]:
        """Weights of new samples for the parts of this model.

        Parameters
        ----------
        samples : array_like of shape (n_samples, n_features), (n_samples, *sample_shape) or `sample_shape`
            Non-negative finite numbers, in the unit of the data that were fitted.

        Returns
        -------
        ndarray of shape (n_samples, n_components), float32
            0 or more; the loss of the fit is as low as these parts allow.

        Raises
        ------
        DataError
            If the samples have another size, or numbers that NMF cannot use.
        """
        from nmf_explorer.factorize.model.transform import check_samples

        X = check_samples(samples, self.sample_shape)
        weights: NDArray[np.float32] = (self._projected(X) * self.scale).astype(np.float32)
        return weights

    @cached_property
    def _projected(self) -> Callable[[Floats], Floats]:
        """The function from samples to weights for these parts; cached, because a slider calls it again and again."""
        from nmf_explorer.factorize.model.transform import projection

        return projection(self.components * self.scale[:, np.newaxis], self.options)

    def save(self, path: str | os.PathLike[str], dataset: Dataset | None = None) -> None:
        """Write the model into one .npz file, which `load_model` reads, and numpy too.

        Parameters
        ----------
        path : path
            The file; it is written whole or not at all, and replaces one that is there.
        dataset : Dataset, optional
            The samples that the model was fitted to, for their names.

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
        """What each part adds to one sample.

        Parameters
        ----------
        index : int
            Which sample, from 0.

        Returns
        -------
        list of Contribution
            One per part, the largest share first; equal ones in the order of the parts.
        """
        return self.contributions_of(self.weights[index])

    def contributions_of(self, weights: NDArray[np.float32]) -> list[Contribution]:
        """What each part adds to a sum with these weights.

        Parameters
        ----------
        weights : ndarray of shape (n_components,), float32
            How much of each part, 0 or more.

        Returns
        -------
        list of Contribution
            One per part, the largest share first; equal ones in the order of the parts.
        """
        brightness = _shares(weights * self.brightness_of_parts)
        order = np.argsort(-brightness, kind="stable")
        numbers = (order.tolist(), weights[order].tolist(), brightness[order].tolist())
        return list(map(Contribution, *numbers))

    def best_weights(self, sample: ArrayLike, without: Collection[int] = ()) -> NDArray[np.float32]:
        """The weights with which the parts, or some of them, give one picture back best.

        Parameters
        ----------
        sample : array_like of shape `sample_shape`
            Non-negative finite numbers, in the unit of the data that were fitted.
        without : collection of int, default ()
            Parts that are not to be used.

        Returns
        -------
        ndarray of shape (n_components,), float32
            0 or more; 0 for parts that are not to be used.

        Raises
        ------
        DataError
            If the sample has another size, or numbers that NMF cannot use.
        """
        if not without:
            best: NDArray[np.float32] = self.transform(sample)[0]
            return best
        used = np.array([j for j in range(self.n_components) if j not in without], dtype=np.intp)
        best = np.zeros(self.n_components, dtype=np.float32)
        if len(used):
            some = replace(
                self, components=self.components[used], weights=self.weights[:, used], scale=self.scale[used]
            )
            best[used] = some.transform(sample)[0]
        return best

    def part_shares(self) -> NDArray[np.float64]:
        """How much of the whole picture set each part explains.

        Returns
        -------
        ndarray of shape (n_components,), float64
            Shares of all the brightness in all the reconstructions, 0..1, adding up to 1.
        """
        return self._shares_of_parts.copy()

    @cached_property
    def _shares_of_parts(self) -> NDArray[np.float64]:
        """Shares, cached because every view of the parts reads them."""
        return _shares(self.weights.sum(axis=0, dtype=np.float64) * self.brightness_of_parts)

    @cached_property
    def largest_weights(self) -> NDArray[np.float32]:
        """How bright each part gets: its largest weight in any sample, shape (n_components,)."""
        most: NDArray[np.float32] = self.weights.max(axis=0, initial=0)
        most.setflags(write=False)
        return most

    @cached_property
    def brightness_of_parts(self) -> NDArray[np.float64]:
        """The sum of the pixels of each part, shape (n_components,); kept, since every sample asks for it."""
        brightness: NDArray[np.float64] = self.components.sum(axis=1, dtype=np.float64)
        brightness.setflags(write=False)
        return brightness


def _shares(brightness: NDArray[np.float64]) -> NDArray[np.float64]:
    total = float(brightness.sum())
    return brightness / (total if total > 0 else 1.0)
