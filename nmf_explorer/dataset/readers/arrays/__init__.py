"""Readers of array files: NumPy, MATLAB and IDX (MNIST)."""
