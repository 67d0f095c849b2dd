"""Word lists by language, as data."""
