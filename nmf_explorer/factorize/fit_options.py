"""The options of a fit, checked when they are made and then frozen."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Protocol, TypedDict, runtime_checkable

import numpy as np

from nmf_explorer.errors import DataError, Message, OptionError
from nmf_explorer.factorize.solvers.factors import Penalty

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nmf_explorer.dataset.dataset import Dataset

SOLVERS = ("auto", "hals", "coordinate-descent", "multiplicative", "scikit-learn")
STARTS = ("auto", "pixels", "random", "nndsvd", "nndsvda", "nndsvdar")
LOSSES = ("frobenius", "kullback-leibler", "itakura-saito")
_DEFAULTS = {"max_iter": (1000, 200), "tol": (1e-3, 1e-4)}  # for our solvers, for scikit-learn
_LEAST_BRIGHTEST = 1e-43  # smaller weights have no digits as float32
_MIN_RATIO = 1e-15  # of values to the brightest one; smaller ones are like 0 to Itakura-Saito


@runtime_checkable
class HasParts(Protocol):
    """Anything with parts and weights, such as a model."""

    @property
    def components(self) -> NDArray[np.float32]:
        """Parts, shape (n_parts, n_features)."""

    @property
    def weights(self) -> NDArray[np.float32] | None:
        """Weights, shape (n_samples, n_parts), or None if they are unknown."""


@dataclass(frozen=True, eq=False)
class KnownParts:
    """Parts to start from; compared by identity, because options that hold them are compared."""

    components: NDArray[np.float32]
    weights: NDArray[np.float32] | None


@dataclass(frozen=True)
class FitOptions:
    """Options of a fit.

    Attributes
    ----------
    n_components : int
        Number of parts, at least 1 and at most ``min(n_samples, n_features)``.
    random_state : int, default 0
        Seed of the random starts, 0 or more; the same seed gives the same model.
    max_iter : int, optional
        Largest number of iterations from one start, at least 1; by default 1000, with scikit-learn 200.
    tol : float, optional
        Relative tolerance, at least 0 and below 1. A fit has converged when further iterations would lower the loss by
        less than this share of it; by default 0.001. scikit-learn uses its own rule, by default with 0.0001.
    solver : {"auto", "hals", "coordinate-descent", "multiplicative", "scikit-learn"}, default "auto"
        Algorithm. "hals" is hierarchical alternating least squares with momentum; "coordinate-descent" is the method of
        scikit-learn: the same with one sweep and no momentum; "multiplicative" is the update rule of Lee and Seung, for
        any loss; "scikit-learn" returns exactly what ``sklearn.decomposition.NMF`` returns. "auto" is "hals" for
        squared errors and "multiplicative" for other losses.
    start : str, NmfModel or ndarray of shape (n_parts, n_features), default "auto"
        Initial factors: "pixels", "random", "nndsvd", "nndsvda", "nndsvdar", or known parts. If there are more known
        parts than `n_components`, the ones that contribute most brightness are used; missing ones are computed from the
        residuals. "auto" runs "pixels" first, then compares the other starts and keeps the best, or one as good that is
        clear of noise; with scikit-learn it is the default of scikit-learn.
    first : NmfModel or ndarray of shape (n_parts, n_features), optional
        Known parts to fit before `start`, such as those of a fit with one part less, so that the first steps are near a
        result that is already known. They are kept only if they reach a lower loss than a fit without them.
    loss : {"frobenius", "kullback-leibler", "itakura-saito"}, default "frobenius"
        Function to minimise: squared errors or a divergence.
    alpha_W : float, default 0.0
        Strength of the penalty on the weights, scaled as in scikit-learn; 0 or more and finite. Unlike the loss, it
        depends on the unit of the data: for c times the data, c times the strength gives the same parts with squared
        errors and an L2 penalty, c ** 1.5 times with an L1 penalty; with "kullback-leibler" 1 and c ** 0.5 times, with
        "itakura-saito" 1 / c and c ** -0.5 times.
    alpha_H : float or "same", default "same"
        Strength of the penalty on the parts, scaled as in scikit-learn; 0 or more and finite, or that of `alpha_W`.
    l1_ratio : float, default 0.0
        Share of the L1 norm in the penalty, from 0 to 1; the rest is the squared L2 norm.
    n_restarts : int, optional
        Number of random starts to compare with the first start, 0 or more; the best fit is kept. By default 3 to 16
        with ``start="auto"``, more where a fit is fast, and none for large data; otherwise 0.
    n_threads : int, optional
        Number of threads, each working on one block of samples, at least 1; by default one per processor core. The
        result does not depend on it.

    Raises
    ------
    OptionError
        If a value has the wrong type or is out of range; the message names option, allowed values and value.
    """

    n_components: int
    random_state: int = 0
    max_iter: int = None  # type: ignore[assignment] # set by _fill_in, depending on the solver
    tol: float = None  # type: ignore[assignment] # likewise
    solver: str = "auto"
    start: str | HasParts | NDArray[Any] = "auto"
    first: HasParts | NDArray[Any] | None = None
    loss: str = "frobenius"
    alpha_W: float = 0.0
    alpha_H: float | str = "same"
    l1_ratio: float = 0.0
    n_restarts: int | None = None
    n_threads: int | None = None

    def __post_init__(self) -> None:
        self._fill_in()
        for name, lowest in (("n_components", 1), ("random_state", 0), ("max_iter", 1)):
            _check_integer(name, getattr(self, name), lowest=lowest)
        for name, lowest in (("n_restarts", 0), ("n_threads", 1)):
            if getattr(self, name) is not None:
                _check_integer(name, getattr(self, name), lowest=lowest)
        _check_number("tol", self.tol, "from 0 to below 1", below=1.0)
        _check_number("l1_ratio", self.l1_ratio, "from 0 to 1", below=np.nextafter(1, 2))
        _check_number("alpha_W", self.alpha_W, "0 or more, and finite", below=np.inf)
        if self.alpha_H != "same":
            _check_number("alpha_H", self.alpha_H, "0 or more, and finite, or “same”", below=np.inf)
        _check_choice("solver", self.solver, SOLVERS)
        _check_choice("loss", self.loss, LOSSES)
        if isinstance(self.start, str):
            _check_choice("start", self.start, STARTS)
        elif not isinstance(self.start, KnownParts):
            raise OptionError(
                "start must be one of {allowed}, a model or an array of parts; got {value!r}.",
                allowed=", ".join(STARTS),
                value=self.start,
            )
        if not isinstance(self.first, KnownParts | None):
            raise OptionError("first must be a model or an array of parts; got {value!r}.", value=self.first)
        self._check_together()

    def _fill_in(self) -> None:
        """Set the defaults of the solver, and keep only the parts and weights of known parts."""
        for name in ("start", "first"):
            parts = getattr(self, name)
            if isinstance(parts, np.ndarray):
                object.__setattr__(self, name, KnownParts(parts, None))
            elif not isinstance(parts, str | KnownParts | None) and isinstance(parts, HasParts):
                object.__setattr__(self, name, KnownParts(parts.components, parts.weights))
        for name, (own, scikit_learn) in _DEFAULTS.items():
            if getattr(self, name) is None:
                object.__setattr__(self, name, scikit_learn if self.solver == "scikit-learn" else own)

    def _check_together(self) -> None:
        if self.loss != "frobenius" and self.solver in ("hals", "coordinate-descent"):
            raise OptionError(
                "solver {solver!r} minimises the loss 'frobenius' only; for {loss!r} use 'auto' or 'multiplicative'.",
                solver=self.solver,
                loss=self.loss,
            )
        if self.solver == "scikit-learn" and (self.n_restarts or self.start == "pixels" or self.first):
            raise OptionError(
                "solver 'scikit-learn' follows one start, not 'pixels'; got {n} restarts, start {start!r}, {first}.",
                n=self.n_restarts or 0,
                start=self.start_name,
                first="first given" if self.first else "no first",
            )

    def penalty_note(self) -> Message | None:
        """Return a note on a penalty that has no effect, or None.

        Returns
        -------
        Message or None
            A note if one factor has a penalty and the other has none: the one becomes small and the other large, and
            nothing else changes.
        """
        part_strength = self.alpha_W if isinstance(self.alpha_H, str) else self.alpha_H
        if (self.alpha_W > 0) == (part_strength > 0):
            return None
        given, missing = ("alpha_W", "alpha_H") if self.alpha_W > 0 else ("alpha_H", "alpha_W")
        return Message(
            "A penalty on one factor only has no effect: {given} makes it small, and the other one large instead. "
            "Give {missing} too.",
            given=given,
            missing=missing,
        )

    def weight_penalty(self, n_features: int) -> Penalty:
        """Return the penalty on the weights, proportional to the number of features as in scikit-learn.

        Parameters
        ----------
        n_features : int
            Number of features of a sample.

        Returns
        -------
        Penalty
            L1 and L2 penalty, both 0 if `alpha_W` is 0.
        """
        return self._penalty(self.alpha_W * n_features)

    def part_penalty(self, n_samples: int) -> Penalty:
        """Return the penalty on the parts, proportional to the number of samples as in scikit-learn.

        Parameters
        ----------
        n_samples : int
            Number of samples.

        Returns
        -------
        Penalty
            L1 and L2 penalty, both 0 if `alpha_H` is 0.
        """
        return self._penalty((self.alpha_W if isinstance(self.alpha_H, str) else self.alpha_H) * n_samples)

    def _penalty(self, size: float) -> Penalty:
        return Penalty(size * self.l1_ratio, size * (1 - self.l1_ratio))

    @property
    def is_auto_start(self) -> bool:
        """Whether several starts are compared and the best is kept."""
        return isinstance(self.start, str) and self.start == "auto"

    @property
    def start_name(self) -> str:
        """Name of the start; "given" for known parts."""
        return self.start if isinstance(self.start, str) else "given"

    @property
    def is_multiplicative(self) -> bool:
        """Whether the solver uses multiplicative updates."""
        return self.solver == "multiplicative" or (self.solver == "auto" and self.loss != "frobenius")

    @classmethod
    def of(
        cls, n_components: int | np.integer[Any], random_state: int | np.integer[Any] = 0, **others: object
    ) -> FitOptions:
        """Make options from keywords; numpy scalars are accepted as numbers.

        Parameters
        ----------
        n_components, random_state : int
            See `FitOptions`.
        **others : object
            Further options by name.

        Returns
        -------
        FitOptions
            The checked options.

        Raises
        ------
        OptionError
            If an option is unknown, has the wrong type or is out of range.
        """
        given = {"n_components": n_components, "random_state": random_state, **others}
        known = [f.name for f in fields(cls)]
        for name in given:
            if name not in known:
                raise OptionError("There is no option {name!r}; there are: {known}.", name=name, known=", ".join(known))
        values: dict[str, Any] = {n: v.item() if isinstance(v, np.generic) else v for n, v in given.items()}
        return cls(**values)

    def check_against(self, dataset: Dataset) -> None:
        """Check that samples can be factorized with these options.

        Parameters
        ----------
        dataset : Dataset
            The samples to factorize.

        Raises
        ------
        OptionError
            If there are more parts than the data allow, or known parts have another number of features.
        DataError
            If every value is 0 or too small for float32, or a value is 0 and the loss needs values above 0.
        """
        if self.n_components > dataset.max_components:
            raise OptionError(
                "n_components must be from 1 to {most} for {n} samples of {p} numbers; got {value}.",
                most=dataset.max_components,
                n=dataset.n_samples,
                p=dataset.n_features,
                value=self.n_components,
            )
        for name in ("start", "first"):
            if isinstance(known := getattr(self, name), KnownParts):
                _check_parts(name, known.components, dataset)
        if dataset.brightest <= 0:
            raise DataError("Every image of “{name}” is black; there is nothing to take apart.", name=dataset.name)
        if dataset.brightest < _LEAST_BRIGHTEST:
            raise DataError(
                "The values of “{name}” are too small (highest {highest:.3g}). Multiply all by the same number.",
                name=dataset.name,
                highest=dataset.brightest,
            )
        if self.loss == "itakura-saito" and (dataset.has_zeros or _darkest(dataset) < _MIN_RATIO * dataset.brightest):
            raise DataError(
                "The loss “itakura-saito” compares ratios and needs every value above 0; “{name}” has zeros, or values "
                "that are nearly 0 beside the others. "
                "Choose “kullback-leibler” or “frobenius”, or add a small value to all.",
                name=dataset.name,
            )

    def as_dict(self) -> dict[str, int | float | str | None]:
        """Return all options by name, as they are saved in files.

        Returns
        -------
        dict
            Names and values; known parts are replaced by "given".
        """
        names = {"start": self.start_name, "first": "given" if self.first else None}
        return {f.name: getattr(self, f.name) for f in fields(self)} | names


class FitKeywords(TypedDict, total=False):
    """The fields of `FitOptions` that `fit` and `fit_steps` take by name, beside `n_components` and `random_state`."""

    max_iter: int
    tol: float
    solver: str
    start: str | HasParts | NDArray[Any]
    first: HasParts | NDArray[Any] | None
    loss: str
    alpha_W: float
    alpha_H: float | str
    l1_ratio: float
    n_restarts: int | None
    n_threads: int | None


def _darkest(dataset: Dataset) -> float:
    """Return the smallest value, of sparse samples the smallest stored one."""
    numbers = dataset.stored if isinstance(dataset.stored, np.ndarray) else dataset.stored.data
    return float(numbers.min()) / dataset.white


def _check_parts(name: str, parts: NDArray[np.float32], dataset: Dataset) -> None:
    usable = parts.ndim == len(dataset.stored.shape) and parts.shape[1] == dataset.n_features
    usable = usable and parts.dtype.kind in "buif"
    if not usable or not np.isfinite(parts).all() or parts.min(initial=0) < 0:
        raise OptionError(
            "{name} must hold parts of {p} numbers, each 0 or more and finite; got shape {shape}.",
            name=name,
            p=dataset.n_features,
            shape=parts.shape,
        )


def _check_number(name: str, value: object, allowed: str, *, below: float) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < below:
        raise OptionError("{name} must be a number {allowed}; got {value!r}.", name=name, allowed=allowed, value=value)


def _check_integer(name: str, value: object, *, lowest: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < lowest:
        raise OptionError(
            "{name} must be a whole number, {lowest} or more; got {value!r}.", name=name, lowest=lowest, value=value
        )


def _check_choice(name: str, value: object, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise OptionError(
            "{name} must be one of {allowed}; got {value!r}.", name=name, allowed=", ".join(allowed), value=value
        )
