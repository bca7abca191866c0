"""The log file of the window program."""
