"""Features in the formats that map programs, spreadsheets and browsers read."""
