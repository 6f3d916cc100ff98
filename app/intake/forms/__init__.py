"""What HR types about the staff record, by what it is about."""
