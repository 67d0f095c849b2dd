"""Publishers, files, pages → Report."""
