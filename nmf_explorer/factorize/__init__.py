"""Factorize: turn a dataset into a model, with numpy and without Qt."""
