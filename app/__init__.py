"""Reads war reports and serves where they say the fighting is, with the sentence and the speaker."""

__version__ = "0.1.0"
