"""Who is quoted, on which side they are, and in whose voice the rest is told."""
