"""What the capability room shows."""
