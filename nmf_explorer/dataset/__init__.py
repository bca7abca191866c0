"""Dataset: read files into a matrix with numpy and Pillow; no Qt."""
