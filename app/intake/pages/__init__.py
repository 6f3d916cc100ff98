"""Pages about the staff record: what may be one person, side by side, and merges."""
