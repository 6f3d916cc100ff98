"""What work that people judge looks like: to those who write it and to those who judge it."""
