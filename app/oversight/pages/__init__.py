"""Reports and lists in words."""
