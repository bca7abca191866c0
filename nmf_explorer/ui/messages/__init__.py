"""Messages: the message bar, skipped files, crash dialog and window title."""
