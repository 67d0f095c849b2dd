"""What requests read. Nothing here writes."""
