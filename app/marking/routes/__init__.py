"""The addresses of work that people judge."""
