"""An adapter for each kind of feed: what stands at its address → the items that it names."""
