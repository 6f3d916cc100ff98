"""A course for the bench alone: two banks of forty questions of which twenty are drawn, and charts of sixty points."""

import shutil
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import yaml

SLUG = "bench"
ASSESSMENTS, CHARTS, PLAIN = ("twenty-a", "twenty-b"), ("chart-a", "chart-b"), "plain"
BANK, DRAWN, POINTS = 40, 20, 60
COMMON = {"objective": "tell", "competency": "variation", "difficulty": "easy", "source": "course"}


def write_courses(real: Path, folder: Path) -> Path:
    """The real courses, and this one beside them."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(real, folder)
    home = folder / SLUG
    home.mkdir()
    (home / "01-bench.md").write_text("::: situation\nA bench has two ends.\n:::\n\nBetween them somebody sits.\n")
    _write(home / "course.yaml", _course())
    for name in ASSESSMENTS:
        _write(home / f"{name}.yaml", _quiz(name, [_single(number) for number in range(1, BANK + 1)]))
    for name in CHARTS:
        _write(home / f"{name}.yaml", _quiz(name, [_chart()]))
    _write(home / f"{PLAIN}.yaml", _quiz(PLAIN, [_single(1)]))
    return folder


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(content, sort_keys=False))


def _course() -> dict[str, Any]:
    times = {"minutes": 5, "participatory_minutes": 0}
    marked = {"kind": "assessment", "draw": DRAWN, "pass_mark": 14, "attempts": "unlimited"}
    activities: list[dict[str, Any]] = [{"id": "read-bench", "kind": "read"}]
    activities += [{"id": name, "quiz": f"{name}.yaml"} | marked for name in ASSESSMENTS]
    activities += [{"id": name, "kind": "practice", "quiz": f"{name}.yaml"} for name in (*CHARTS, PLAIN)]
    return {
        "slug": SLUG,
        "tier": "improvement-leaders",
        "edition": 1,
        "title": "A course for the bench",
        "public_title": "A course for the bench",
        "audience": "staff",
        "for_whom": "Nobody",
        "summary": "Questions to be marked.",
        "owner": "QI team",
        "review_by": date(2027, 11, 30),
        "retention": "other-training-6-years",
        "language": "en-GB",
        "reading_age": {"from": 9, "to": 14},
        "status": "open",
        "objectives": [{"id": "tell", "text": "Tell one end from the other", "competency": "variation", "level": 1}],
        "cpd": {},
        "validity": None,
        "modules": [
            {
                "id": "bench",
                "title": "The bench",
                "file": "01-bench.md",
                "objectives": ["tell"],
                "activities": [activity | times for activity in activities],
            }
        ],
        "completion": {"requires": ["read-bench"], "awards": None, "certificate": "completion"},
        "sources": [],
    }


def _quiz(name: str, questions: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": name, "title": f"The quiz {name}", "questions": questions}


def _single(number: int) -> dict[str, Any]:
    options: list[dict[str, Any]] = [
        {"id": letter, "text": f"End {letter}{number}", "feedback": f"{letter} it is."} for letter in "abc"
    ]
    options[number % 3] |= {"correct": True}
    return {"id": f"q{number}", "kind": "single", "stem": f"Which end is number {number}?", "options": options} | COMMON


def _chart() -> dict[str, Any]:
    random = Random(POINTS)
    months = [date(2020 + month // 12, month % 12 + 1, 1) for month in range(POINTS)]
    points = [{"at": at, "value": round(random.gauss(20, 4))} for at in months]
    points[40] |= {"value": 60}
    measure = {"title": "Falls on a ward each month", "rules": "nhs", "wanted": "decrease", "points": points}
    stem = "Which months are special causes?"
    return {"id": "sixty", "kind": "read-chart", "stem": stem, "chart": "xmr", "measure": measure,
            "feedback": "One month stands alone."} | COMMON  # fmt: skip
