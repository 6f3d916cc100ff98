"""A small course in as many editions as a test asks for: short texts, and perhaps a task."""

from pathlib import Path
from typing import Any

import yaml

from tests.marking.work_course import TASK, write_course
from tests.world import World

SLUG = "masterclasses"


def load_edition(
    world: World,
    place: Path,
    number: int,
    *texts: str,
    required: tuple[str, ...] = (),
    task: bool = False,
    **guide: Any,
) -> None:
    """An edition with these texts (all of them required, unless `required` names some), a little after the last one."""
    folder = place / "courses"
    write_course(folder, slug=SLUG, edition=number, **guide)
    home = folder / SLUG
    file = home / "course.yaml"
    course = yaml.safe_load(file.read_text())
    times = {"minutes": 5, "participatory_minutes": 0}
    writing = course["modules"][0]
    writing["activities"] = [a for a in writing["activities"] if a["kind"] == "task"]
    course["modules"] = [writing] if task else []
    shown = {"id": "shown", "kind": "sign-off", "title": "Shown at work", "statement": "They did it.", "prompt": "How?"}
    doing = {"id": "doing", "title": "At work", "file": "doing.md", "objectives": ["aim"]}
    course["modules"].append(doing | {"activities": [shown | times | {"signer": "either"}]})
    for text in ("doing", *texts):
        (home / f"{text}.md").write_text(f"Cold cups, {text}.\n\n## What {text} saw\n\nOnly {text} knows.\n")
    for text in texts:
        reading = {"id": f"read-{text}", "kind": "read"} | times
        module = {"id": text, "title": f"Text {text}", "file": f"{text}.md", "objectives": ["aim"]}
        course["modules"].append(module | {"activities": [reading]})
    course["completion"]["requires"] = [*(f"read-{t}" for t in required or texts), *([TASK] if task else [])]
    file.write_text(yaml.safe_dump(course, sort_keys=False, allow_unicode=True))
    for name, used in (("01-writing.md", task), (f"{TASK}.yaml", task)):
        if not used:
            (home / name).unlink()
    for old in home.glob("*.md"):
        if old.stem not in ("doing", *texts) and old.name != "01-writing.md":
            old.unlink()
    world.later(minutes=2)
    world.load_courses(folder)
