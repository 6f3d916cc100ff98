"""Pages about people and posts, directorates and teams."""
