"""How many people of a directorate should hold a level by when, what is missing, and when there is time to learn."""
