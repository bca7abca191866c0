"""Parts: the grid of parts and the detail of one part."""
