"""PostGIS: the cluster, the tables, writing and reading them."""
