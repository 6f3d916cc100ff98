"""A small course with one task, written as files and loaded as any other; each guide a little different."""

import shutil
from pathlib import Path
from typing import Any

import yaml

from app.kernel.config import ROOT

SLUG, GALLERY, TASK = "induction", "gallery", "small-task"
SECRET = "only-for-markers"
TEXT = """A ward counted its cold teas for a week before it changed anything.

## What they saw

The numbers went up and down, as numbers do.
"""


def guide(**changed: Any) -> dict[str, Any]:
    """Two parts, three points (one of them on levels), four in all; two pass."""
    points: list[dict[str, Any]] = [
        {"id": "number", "part": "aim", "text": "It has a number", "look_for": "A digit is enough."},
        {"id": "day", "part": "aim", "text": "It has a day", "look_for": "A month is enough."},
        {
            "id": "idea",
            "part": "idea",
            "text": "The idea is small",
            "look_for": "One shift.",
            "levels": [{"value": v, "text": t} for v, t in enumerate(("No idea", "Large", "Small"))],
        },
    ]
    sample = {
        "id": "one",
        "title": f"A sample {SECRET}",
        "work": {"aim": f"Sample aim {SECRET}", "idea": f"Sample idea {SECRET}"},
        "marks": [{"point": p["id"], "value": 1, "why": f"Because {SECRET}"} for p in points],
    }
    return {
        "id": TASK,
        "title": "A small task",
        "brief": "Write two **short** pieces.",
        "parts": [
            {"id": "aim", "title": "Your aim", "prompt": "What will be better?", "hint": "One line.", "most": 200},
            {"id": "idea", "title": "Your idea", "prompt": "What will you try?", "most": 200},
        ],
        "points": points,
        "pass_mark": 2,
        "markers": 1,
        "samples": [sample],
        "agree_at_least": 80,
    } | changed


def _course(slug: str, edition: int, *, later: bool) -> dict[str, Any]:
    opens = [{"id": "more", "title": "More of it", "opens": "later", "about": "What comes next."}] if later else []
    times = {"minutes": 5, "participatory_minutes": 0}
    return {
        "slug": slug,
        "tier": slug,
        "edition": edition,
        "title": "A course with a task",
        "public_title": "A short course",
        "audience": "author" if slug == GALLERY else "staff",
        "for_whom": "Everybody",
        "summary": "A course for tests.",
        "owner": "QI team",
        "review_by": "2027-11-30",
        "retention": "other-training-6-years",
        "language": "en-GB",
        "reading_age": {"from": 9, "to": 14},
        "status": "partly-open" if later else "open",
        "objectives": [{"id": "aim", "text": "Write an aim", "competency": "aim", "level": 1}],
        "cpd": {},
        "validity": None,
        "modules": [
            {
                "id": "writing",
                "title": "Writing it down",
                "file": "01-writing.md",
                "objectives": ["aim"],
                "activities": [
                    {"id": "read-it", "kind": "read"} | times,
                    {"id": TASK, "kind": "task", "guide": f"{TASK}.yaml"} | times,
                ],
            },
            *opens,
        ],
        "completion": {
            "requires": [TASK, *(["comes-later"] if later else [])],
            "awards": None,
            "certificate": "completion",
        },
        "sources": [],
    }


def write_course(folder: Path, *, slug: str = SLUG, edition: int = 1, later: bool = False, **changed: Any) -> Path:
    """A folder with this one course. `changed` are fields of its guide; `later`: a module of it is not yet open."""
    home = folder / slug
    home.mkdir(parents=True, exist_ok=True)
    for shared in ("framework.yaml", "glossary.yaml"):
        shutil.copyfile(ROOT / "courses" / shared, folder / shared)
    text = yaml.safe_dump(_course(slug, edition, later=later), sort_keys=False)
    (home / "course.yaml").write_text(text.replace("'2027-11-30'", "2027-11-30"))
    (home / "01-writing.md").write_text(TEXT)
    (home / f"{TASK}.yaml").write_text(yaml.safe_dump(guide(**changed), sort_keys=False))
    return folder
