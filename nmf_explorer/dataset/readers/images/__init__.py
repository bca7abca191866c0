"""Readers of image files: single images, several frames, tiles of a large image."""
