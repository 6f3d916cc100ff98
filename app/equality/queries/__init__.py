"""Looking at counts, and at who is in post while a file is read."""
