"""Who says what happened, where and when."""
