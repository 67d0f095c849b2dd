"""Claims beside claims: which are copies of one, which say it again, which agree, and which contradict each other."""
