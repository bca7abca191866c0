"""State: the values that are open now, and plain setters for them."""
