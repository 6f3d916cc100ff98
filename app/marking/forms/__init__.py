"""What people type about work that is judged."""
