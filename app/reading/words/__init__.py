"""The word lists of the three languages, and which of their entries stand in a text."""
