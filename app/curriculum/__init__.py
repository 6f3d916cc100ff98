"""What is taught: tiers, courses, editions and revisions, modules, activities and questions, loaded from courses/."""
