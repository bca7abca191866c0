"""Find files in folders and archives, and read their bytes."""
