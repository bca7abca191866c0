"""Samples: the strip of samples and its bar."""
