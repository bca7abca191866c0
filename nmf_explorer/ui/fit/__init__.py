"""Fit: the panel, options and timeline of a fit."""
