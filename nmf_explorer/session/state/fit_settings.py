"""What the next fit is to be like, apart from the number of parts: in the engine's words, all of them its defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nmf_explorer.errors import OptionError

if TYPE_CHECKING:
    from nmf_explorer.errors import Message


class FitSettings(NamedTuple):
    """Options of a fit that a user chooses; see `nmf_explorer.FitOptions` for their meaning.

    Attributes
    ----------
    solver, start, loss : str
        Method, where it begins, and what is minimised.
    random_state : int
        Seed of random starts.
    """

    solver: str = "auto"
    start: str = "auto"
    loss: str = "frobenius"
    random_state: int = 0


def refusal(choice: FitSettings) -> Message | None:
    """What the engine says against a choice whose options do not go together.

    It is asked only when a set is open: the engine's options bring numpy in.
    """
    from nmf_explorer.factorize.fit_options import FitOptions

    try:
        FitOptions.of(1, **choice._asdict())
    except OptionError as error:
        return error.message
    return None
