"""What is asked about work that people judge: whose it is, what waits, what was said."""
