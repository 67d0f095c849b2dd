"""The offline gazetteer: which places there are, by what names, and where."""
