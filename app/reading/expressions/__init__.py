"""Which phrases place something relative to the places named."""
