"""What happened by the words of a sentence, how it went, and which side did it."""
