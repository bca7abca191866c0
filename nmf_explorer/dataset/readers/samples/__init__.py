"""Samples of one file: their type, target format, and the checks all readers share."""
