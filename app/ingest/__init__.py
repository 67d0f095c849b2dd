"""The job: fetch, read, resolve, draw, store."""
