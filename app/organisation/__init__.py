"""The trust itself: its directorates and teams, its people, and who was employed where and when."""
