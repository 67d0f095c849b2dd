"""HTTP, in OGC API words."""
