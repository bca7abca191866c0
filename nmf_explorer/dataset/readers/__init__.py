"""Read the samples of one file: one module per file format, in one folder per kind of file."""
