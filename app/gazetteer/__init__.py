"""Builds and opens the offline gazetteer."""
