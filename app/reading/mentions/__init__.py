"""Which words name a place, and how each name is meant."""
