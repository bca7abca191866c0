"""Printing: one page with the set, the equation and the parts."""
