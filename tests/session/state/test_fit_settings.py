"""Settings of a fit that do not fit together."""

from __future__ import annotations

from nmf_explorer.session.state.fit_settings import FitSettings, refusal


def test_incompatible_settings_are_refused() -> None:
    assert refusal(FitSettings()) is None
    assert refusal(FitSettings(loss="kullback-leibler")) is None
    assert "'hals'" in str(refusal(FitSettings(solver="hals", loss="kullback-leibler")))
    assert "'pixels'" in str(refusal(FitSettings(solver="scikit-learn", start="pixels")))
