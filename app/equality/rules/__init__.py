"""What a yearly file says, and what of it may be kept. Pure."""
