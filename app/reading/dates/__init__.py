"""Which days a report speaks of, and on which of them an event happened."""
