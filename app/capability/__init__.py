"""What each person and directorate needs and holds: the matrix, who decides it, and what it asks of a team."""
