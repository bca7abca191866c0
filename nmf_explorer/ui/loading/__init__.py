"""Loading: the welcome page, the load panel and dropped files."""
