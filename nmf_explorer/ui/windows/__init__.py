"""Windows: the main window, the presentation, the overview of keys."""
