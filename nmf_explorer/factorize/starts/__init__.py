"""Starts: initial factors for a fit."""
