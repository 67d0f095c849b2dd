"""What a CQL2 expression (OGC 21-065r2, as JSON) asks of the database."""
