"""What the board and each directorate read: how many can improve care, over time, and the reports of past months."""
