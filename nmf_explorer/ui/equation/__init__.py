"""Equation: the sample as a weighted sum of parts."""
