"""Questions about courses. What a revision says never changes, so it is read once and kept in memory."""

from app.curriculum.queries.catalogue import (
    CourseRow,
    EditionRow,
    activity_ids,
    all_courses,
    competencies,
    course_by_slug,
    edition_names,
    judgements,
    latest_edition,
    latest_revision,
    latest_view,
    levels,
    tiers,
    words,
)
from app.curriculum.queries.differences import differences
from app.curriculum.queries.memory import course_view, course_views, marking_guide, module_html, questions
from app.curriculum.queries.packs import pack_pages

__all__ = [
    "CourseRow",
    "EditionRow",
    "activity_ids",
    "all_courses",
    "competencies",
    "course_by_slug",
    "course_view",
    "course_views",
    "differences",
    "edition_names",
    "judgements",
    "latest_edition",
    "latest_revision",
    "latest_view",
    "levels",
    "marking_guide",
    "module_html",
    "pack_pages",
    "questions",
    "tiers",
    "words",
]
