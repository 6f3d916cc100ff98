"""What is true of a staff file: its columns, its cells, its rows, and what they ask of the people who are here."""
