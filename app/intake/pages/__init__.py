"""What HR sees of the staff record."""
