"""Solvers: the update rules and the numeric kernels they call."""
