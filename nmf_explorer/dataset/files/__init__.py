"""Files: find what can be read in folders, archives and compressed files."""
