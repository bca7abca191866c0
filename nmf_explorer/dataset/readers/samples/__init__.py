"""Samples of one file: their type, the target format, and the checks that all readers share."""
