"""Loading: the load panel and dropped files."""
