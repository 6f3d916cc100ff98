"""What people see of ratings."""
