"""The menu bar: everything that can be done, with its key; one file for each menu."""
