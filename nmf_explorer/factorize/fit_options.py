"""What a fit is asked to do, checked once and then frozen."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from nmf_explorer.errors import DataError, OptionError

if TYPE_CHECKING:
    from nmf_explorer.dataset.dataset import Dataset


@dataclass(frozen=True)
class FitOptions:
    """Options of a fit.

    Attributes
    ----------
    n_components : int
        Number of parts, at least 1 and at most ``min(n_samples, n_features)``.
    random_state : int, default 0
        Seed of the random start, 0 or more; the same seed gives the same model.
    max_iter : int, default 1000
        Largest number of iterations, at least 1.
    tol : float, default 1e-4
        The fit has converged when ten iterations lower the relative error by less than `tol` times its value;
        at least 0, below 1.

    Raises
    ------
    OptionError
        If a value is of another type or outside its range; the message names option, allowed values and value.
    """

    n_components: int
    random_state: int = 0
    max_iter: int = 1000
    tol: float = 1e-4

    def __post_init__(self) -> None:
        _check_whole("n_components", self.n_components, lowest=1)
        _check_whole("random_state", self.random_state, lowest=0)
        _check_whole("max_iter", self.max_iter, lowest=1)
        _check_share("tol", self.tol)

    @classmethod
    def of(cls, n_components: int, random_state: int = 0, **others: object) -> FitOptions:
        """Make options from loose names, as users of the Python interface write them.

        Parameters
        ----------
        n_components, random_state : int
            As above.
        **others : object
            Any other option by its name.

        Returns
        -------
        FitOptions
            Checked.

        Raises
        ------
        OptionError
            Also if there is no option of such a name.
        """
        given = {"n_components": n_components, "random_state": random_state, **others}
        known = [f.name for f in fields(cls)]
        for name in given:
            if name not in known:
                raise OptionError("There is no option {name!r}; there are: {known}.", name=name, known=", ".join(known))
        plain: dict[str, Any] = {n: v.item() if isinstance(v, np.generic) else v for n, v in given.items()}
        return cls(**plain)

    def check_against(self, dataset: Dataset) -> None:
        """Refuse what these data cannot give.

        Parameters
        ----------
        dataset : Dataset
            The samples to be factorized.

        Raises
        ------
        OptionError
            If more parts are asked for than the data allow.
        DataError
            If every number is 0.
        """
        if self.n_components > dataset.max_components:
            raise OptionError(
                "n_components must be from 1 to {most} for {n} samples of {p} numbers; got {value}.",
                most=dataset.max_components,
                n=dataset.n_samples,
                p=dataset.n_features,
                value=self.n_components,
            )
        if not dataset.stored.any():
            raise DataError("Every image of “{name}” is black; there is nothing to take apart.", name=dataset.name)

    def as_dict(self) -> dict[str, int | float]:
        """All options by name, for a file.

        Returns
        -------
        dict
            Names and values.
        """
        return asdict(self)


def _check_share(name: str, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 1:
        raise OptionError("{name} must be a number from 0 to below 1; got {value!r}.", name=name, value=value)


def _check_whole(name: str, value: object, *, lowest: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < lowest:
        raise OptionError(
            "{name} must be a whole number, {lowest} or more; got {value!r}.", name=name, lowest=lowest, value=value
        )
