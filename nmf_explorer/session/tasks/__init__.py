"""Tasks: run a function in a worker thread."""
