"""Model: the fitted factors, and what can be computed from them."""
