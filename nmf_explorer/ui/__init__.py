"""Step 5 of the journey: show it. QtWidgets; no arithmetic beyond pixels."""
