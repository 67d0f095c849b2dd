"""What comes in and who may hand it in: feeds, what they named, jobs and keys."""
