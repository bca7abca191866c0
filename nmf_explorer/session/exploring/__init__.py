"""Exploring: weights, parts, order of samples, drawing, marked pixel."""
