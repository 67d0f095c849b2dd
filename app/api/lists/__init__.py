"""Whatever is listed: features, reports, places and directions, as pages, single entries and downloads."""
