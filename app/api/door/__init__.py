"""What every request passes on its way in, and its answer on its way out."""
