"""The lines at the head of the printed page: what was fitted, how, and on which scales it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from nmf_explorer.ui.theme.texts import describe_set, exact_percent, number

if TYPE_CHECKING:
    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.factorize.model.nmf_model import NmfModel
    from nmf_explorer.session.session import Session


def set_line(dataset: Dataset, model: NmfModel) -> str:
    """Return the set, the number of parts and the error."""
    if model.n_components == 1:
        facts = QCoreApplication.translate("PrintedPage", "{set}; 1 part; {error} of the images is not explained")
    else:
        facts = QCoreApplication.translate("PrintedPage", "{set}; {n} parts; {error} of the images is not explained")
    numbers = {"n": number(model.n_components, 0), "error": exact_percent(model.relative_error)}
    return facts.format(set=describe_set(dataset), **numbers)


def fit_line(session: Session, model: NmfModel) -> str:
    """Return method, loss, start, seed and iterations, by the names that the Python functions take."""
    options = model.options
    method = options.solver
    if method == "auto":
        method = "multiplicative" if options.is_multiplicative else "hals"
    facts = QCoreApplication.translate(
        "PrintedPage", "method: {method}; loss: {loss}; start: {start}; seed: {seed}; iterations: {n}"
    )
    return facts.format(
        method=method,
        loss=options.loss,
        start=model.start,
        seed=options.random_state,
        n=number(session.replay.iteration, 0),
    )


def scale_line(session: Session, dataset: Dataset) -> str:
    """Return where the scales of images, parts and residual end."""
    facts = QCoreApplication.translate(
        "PrintedPage", "scales: images 0 to {white}; each part 0 to its largest pixel; residual −{white} to +{white}"
    )
    if session.preferences.display.scale == "shared":
        facts = QCoreApplication.translate(
            "PrintedPage",
            "scales: images 0 to {white}; parts at their largest weights 0 to {white}; residual −{white} to +{white}",
        )
    return facts.format(white=number(dataset.brightest, 2))
