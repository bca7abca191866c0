"""Loading: turn the samples of many files into one matrix."""
