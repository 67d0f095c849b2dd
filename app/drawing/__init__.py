"""A spatial expression and its places to a footprint."""
