"""What tables of others become in our graph: territories from the official geographical code."""
