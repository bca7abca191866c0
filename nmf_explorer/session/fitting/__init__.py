"""Fitting: start, follow, record and replay fits."""
