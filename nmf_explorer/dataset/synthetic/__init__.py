"""Synthetic image sets with known parts, for tests and for the sample images."""
