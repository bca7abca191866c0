"""Loading: open sets, and preview how they would be read."""
