"""Work that people judge: handed in by learners, marked against a guide by one or two markers who cannot see each
other, moderated where they differ, and released with everything that was said about it."""
