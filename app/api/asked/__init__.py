"""From the words of a request to a query: parameters, filters, CQL2, pages, formats."""
