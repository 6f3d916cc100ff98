"""Taught sessions: learners see what happens and get the handouts; plans, slides and notes are for those who teach."""

import pytest

from app.access.permissions import Role
from app.curriculum.queries import all_courses, module_html, pack_pages
from app.curriculum.rules import Audience, PackPart
from tests.curriculum.guide import HOME, Folder, guide_course
from tests.world import World

SESSIONS = """sessions:
  - id: class
    title: Counting tea
    kind: class
    minutes: 60
    participatory_minutes: 50
    about: You count cups together.
    objectives: [count-first]
    plan: class-plan.md
    slides: class-slides.md
    handouts: [{id: tally, title: A tally, file: class-tally.md}]
completion:
"""
PLAN = "Secret of the plan.\n\n| What | Minutes |\n| --- | --: |\n| Count | 40 |\n| Compare | 20 |\n"
SLIDES = "## Cups\n\nHow many?\n\n::: facilitator\nSecret of the slide.\n:::\n\n## Again\n\nOf how many?\n"
TALLY = "Put a stroke for each cup.\n\n::: facilitator\nSecret of the handout.\n:::\n"
NOTE = "\n::: facilitator\nSecret of the module.\n:::\n"
COURSE = f"{HOME}/course.yaml"


@pytest.fixture
def taught(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    folder = guide_course(tmp_path_factory.mktemp("taught") / "courses")
    folder.swap(COURSE, "completion:\n", SESSIONS)
    for name, text in (("plan", PLAN), ("slides", SLIDES), ("tally", TALLY)):
        folder.write(f"{HOME}/packs/class-{name}.md", text)
    folder.swap(f"{HOME}/01-cold-tea.md", "\n## A week of cups", NOTE + "\n## A week of cups")
    return folder


def test_whoever_teaches_finds_plan_slides_and_notes_and_nobody_else_does(world: World, taught: Folder) -> None:
    world.load_courses(taught.path)
    teacher, learner = world.client(world.with_role(Role.FACILITATOR)), world.client(world.hire())
    for path, said in (
        (f"/teach/{HOME}/class/plan", "Secret of the plan"),
        (f"/teach/{HOME}/class/slides?notes=1", "Secret of the slide"),
        (f"/teach/{HOME}", "Secret of the module"),
        ("/teach", "Hot tea for everybody"),
    ):
        assert said in teacher.get(path).text
        assert learner.get(path).status_code == 403
    for path in (f"/sessions/{HOME}/class", f"/sessions/{HOME}/class/handouts/tally", f"/courses/{HOME}/cold-tea"):
        assert "Secret" not in learner.get(path).text
        assert "Secret" not in teacher.get(path).text
    assert "Put a stroke for each cup" in learner.get(f"/sessions/{HOME}/class/handouts/tally").text


def test_slides_are_shown_one_at_a_time_without_what_is_said(world: World, taught: Folder) -> None:
    world.load_courses(taught.path)
    teacher = world.client(world.with_role(Role.FACILITATOR))
    shown = teacher.get(f"/teach/{HOME}/class/slides?present=1&notes=1").text
    assert "app-presents" in shown
    assert "Secret" not in shown


def test_what_is_for_facilitators_is_in_no_text_that_learners_get(world: World, taught: Folder) -> None:
    world.load_courses(taught.path)
    with world.db.read() as session:
        (view,) = all_courses(session, Audience.STAFF)
        assert "Secret" not in module_html(session, view.revision_id, "cold-tea")
        (notes,) = pack_pages(session, view.revision_id, PackPart.NOTES)
        assert "Secret of the module" in notes.notes


@pytest.mark.parametrize("missing", ["/sessions/{}/nothing", "/sessions/{}/class/handouts/nothing"])
def test_what_is_not_there_is_not_found(world: World, taught: Folder, missing: str) -> None:
    world.load_courses(taught.path)
    teacher = world.client(world.with_role(Role.FACILITATOR))
    assert teacher.get(missing.format(HOME)).status_code == 404
    assert teacher.get(f"/teach/{HOME}/nothing/plan").status_code == 404


SLIPS = [
    ("course.yaml", "[count-first]\n    plan", "[count]\n    plan", "unknown objective 'count'"),
    ("course.yaml", "minutes: 50\n    about", "minutes: 70\n    about", "more participatory minutes"),
    ("course.yaml", "class-plan.md", "class-plans.md", "the file 'packs/class-plans.md' does not exist"),
    ("packs/class-plan.md", "| 40 |", "| 30 |", "the plan takes 50 minutes, and course.yaml says 60"),
    ("packs/class-plan.md", "| 40 |", "| long |", "this row says no minutes"),
    ("packs/class-plan.md", "| Minutes |", "| Time |", "has no table of what happens when"),
    ("packs/class-slides.md", "## Cups", "Cups", "does not begin with a slide"),
    ("packs/class-slides.md", "How many?", "word " * 41, "the slide 'Cups' has 41 words"),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), SLIPS, ids=[said for *_, said in SLIPS])
def test_slips_in_a_pack_are_told(taught: Folder, file: str, old: str, new: str, said: str) -> None:
    taught.swap(f"{HOME}/{file}", old, new)
    assert any(said in problem.message for problem in taught.problems())


def test_a_pack_in_order_says_nothing(taught: Folder) -> None:
    assert taught.problems() == []
