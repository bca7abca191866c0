"""NMF Explorer: see how images are made of parts.

The public API for Python, without Qt: ``load`` -> ``fit`` or ``fit_steps`` -> ``NmfModel``. Each name is imported when
it is first used, so that ``import nmf_explorer`` takes no time and the first window appears before numpy is loaded.
"""

from __future__ import annotations

TYPE_CHECKING = False  # type checkers take it for True; importing `typing` takes most of the time of this package
if TYPE_CHECKING:
    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.dataset.load import load
    from nmf_explorer.dataset.load_options import LoadOptions
    from nmf_explorer.factorize.fit import fit, fit_steps
    from nmf_explorer.factorize.fit_options import FitOptions
    from nmf_explorer.factorize.model.model_file import load_model
    from nmf_explorer.factorize.model.nmf_model import NmfModel

__version__ = "0.1.0"
__all__ = [
    "Dataset",
    "FitOptions",
    "LoadOptions",
    "NmfModel",
    "__version__",
    "fit",
    "fit_steps",
    "load",
    "load_model",
]

_MODULES = {
    "Dataset": "dataset.dataset",
    "LoadOptions": "dataset.load_options",
    "load": "dataset.load",
    "load_model": "factorize.model.model_file",
    "fit": "factorize.fit",
    "fit_steps": "factorize.fit",
    "FitOptions": "factorize.fit_options",
    "NmfModel": "factorize.model.nmf_model",
}


def __getattr__(name: str) -> object:
    """Import a public name from its module when it is first used."""
    if name not in _MODULES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)


def __dir__() -> list[str]:
    """List the public names, imported or not."""
    return sorted(__all__)
