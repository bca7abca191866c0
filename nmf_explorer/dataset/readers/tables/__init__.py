"""Readers of text tables: CSV and its relatives."""
