"""What exists: reports, places, mentions, spatial expressions, claims, footprints, features."""
