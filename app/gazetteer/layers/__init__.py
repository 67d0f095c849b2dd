"""Where places come from: one module per layer, each adding to the draft of a gazetteer."""
