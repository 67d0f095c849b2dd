"""Mentions to places, all of a report together, or why not."""
