"""What is stored of reports and of gazetteers, and kept true of those stored before."""
