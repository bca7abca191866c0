"""The first page of a window: an example of a sum, the sample sets, the user's own images, and recent sets."""
