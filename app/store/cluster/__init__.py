"""The embedded database: found or installed, made, started and stopped."""
