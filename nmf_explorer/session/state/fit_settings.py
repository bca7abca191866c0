"""Settings of the next fit besides the number of parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nmf_explorer.errors import OptionError

if TYPE_CHECKING:
    from nmf_explorer.errors import Message


class FitSettings(NamedTuple):
    """Options of a fit that the user chooses; see `nmf_explorer.FitOptions`, whose defaults these are."""

    solver: str = "auto"
    start: str = "auto"
    loss: str = "frobenius"
    random_state: int = 0


def refusal(settings: FitSettings) -> Message | None:
    """Return why settings do not fit together, or None; to be called only with an open dataset: it imports numpy."""
    from nmf_explorer.factorize.fit_options import FitOptions

    try:
        FitOptions.of(1, **settings._asdict())
    except OptionError as error:
        return error.message
    return None
