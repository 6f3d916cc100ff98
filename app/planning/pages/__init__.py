"""What the planning room shows."""
