"""The menu bar: all actions with their keys, one file for each menu."""
