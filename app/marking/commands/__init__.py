"""What is done with work that people judge."""
