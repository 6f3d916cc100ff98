"""What is loaded stays as it was; what is new is added, with one audit event; what would change a mark is refused."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa

from app.curriculum.loading import CoursesRefusedError, load_courses
from app.curriculum.models import (
    Activity,
    Competency,
    CompetencyLevel,
    Course,
    Edition,
    Judgement,
    ModuleText,
    Question,
    Revision,
    Tier,
)
from app.curriculum.queries import all_courses, course_by_slug, latest_edition, latest_view, module_html, questions
from app.curriculum.rules import Audience
from app.kernel.audit import AuditEvent
from app.kernel.db import Database, table
from app.learning.commands import Enrol, enrol
from app.learning.models import Enrolment
from tests.curriculum.guide import HOME, Folder
from tests.world import World

COURSE, TEXT, QUIZ = f"{HOME}/course.yaml", f"{HOME}/01-cold-tea.md", f"{HOME}/check.yaml"
LOADED = (Tier, Competency, CompetencyLevel, Judgement, Course, Edition, Revision, Activity, ModuleText, Question)
SHARED = ("Tier", "Competency", "CompetencyLevel", "Judgement")
"""What the framework gives all courses: each row with an audit event of its own."""


def _rows(world: World) -> dict[str, list[Any]]:
    with world.db.read() as session:
        return {
            model.__name__: [tuple(map(str, row)) for row in session.execute(sa.select(table(model)))]
            for model in (*LOADED, AuditEvent)
        }


def _load(world: World, folder: Folder) -> str:
    world.later(hours=1)
    report = world.load_courses(folder.path)
    return str(report.courses[0])


def _newest(world: World) -> Any:
    with world.db.read() as session:
        course = course_by_slug(session, HOME)
        return latest_view(session, latest_edition(session, course.id).id)


def test_loading_twice_changes_nothing(world: World, folder: Folder) -> None:
    world.load_courses(folder.path)
    before = _rows(world)
    assert _load(world, folder).endswith("(unchanged)")
    assert _rows(world) == before


def test_two_that_load_at_once_add_everything_once(world: World, folder: Folder) -> None:
    databases = [Database(world.settings.database_url) for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        reports = list(pool.map(lambda db: load_courses(db, folder.path, world.kinds, world.now), databases))
    for db in databases:
        db.close()
    assert sorted(str(r.courses[0].what) for r in reports) == ["new edition", "unchanged", "unchanged"]
    rows = _rows(world)
    assert [len(rows[name]) for name in ("Edition", "Revision", "Question")] == [1, 1, 2]
    assert len(rows["AuditEvent"]) == sum(len(rows[name]) for name in SHARED) + 1


def test_every_entry_of_the_framework_and_edition_has_one_audit_event(world: World, folder: Folder) -> None:
    world.load_courses(folder.path)
    with world.db.read() as session:
        events = session.execute(sa.select(table(AuditEvent).c.action, table(AuditEvent).c.entity)).all()
    rows, framework = _rows(world), []
    for model, name in zip(SHARED, ("tier", "competency", "competency level", "judgement"), strict=True):
        framework += [(f"add {name}", name.replace(" ", "_"))] * len(rows[model])
    assert sorted(events) == sorted([*framework, ("load edition", "edition")])


WORDS = [
    (TEXT, "Nobody knew", "Nobody could say"),
    (COURSE, "title: Why is the tea cold?", "title: Why the tea is cold"),
    (COURSE, "minutes: 3,", "minutes: 4,"),
    (COURSE, "owner: QI team", "owner: The tea team"),
    (QUIZ, "A name explains no number.", "No name explains a number."),
    (QUIZ, "Those are the hot ones.", "These are the hot ones."),
    (QUIZ, "difficulty: easy", "difficulty: medium"),
    (f"{HOME}/figures/cups.svg", ">Mon<", ">M<"),
    ("glossary.yaml", "How things were before any change", "How it was before any change"),
]


@pytest.mark.parametrize(("file", "old", "new"), WORDS)
def test_other_words_are_a_new_revision_of_the_same_edition(
    world: World, folder: Folder, file: str, old: str, new: str
) -> None:
    world.load_courses(folder.path)
    before = _rows(world)
    folder.swap(file, old, new)
    assert _load(world, folder) == "tea-round: edition 1, revision 2 (new words)"
    after = _rows(world)
    for name, rows in before.items():
        assert after[name][: len(rows)] == rows, f"a row of {name} was changed"
    assert len(after["Revision"]) == 2
    assert (after["Edition"], after["Activity"]) == (before["Edition"], before["Activity"])
    assert [row[3:5] for row in after["AuditEvent"][len(before["AuditEvent"]) :]] == [("load revision", "revision")]


RULES = [
    (COURSE, "attempts: unlimited", "attempts: 3"),
    (COURSE, "[read-cold-tea, check]", "[check]"),
    (COURSE, "awards: null", "awards: pocket-qi"),
    (COURSE, "certificate: completion", "certificate: taking-part"),
    (COURSE, "validity: null", "validity: {months: 12, refresh: Drink more tea.}"),
    (QUIZ, "answer: 25", "answer: 26"),
    (QUIZ, "answer: 25", "answer: 25\n    tolerance: 1"),
    (QUIZ, "id: how-cold", "id: how-warm"),
]


@pytest.mark.parametrize(("file", "old", "new"), RULES)
def test_other_marking_or_completion_asks_for_a_new_edition(
    world: World, folder: Folder, file: str, old: str, new: str
) -> None:
    world.load_courses(folder.path)
    before = _rows(world)
    folder.swap(file, old, new)
    with pytest.raises(CoursesRefusedError) as refused:
        world.load_courses(folder.path)
    (problem,) = refused.value.problems
    assert (problem.file, problem.line) == (f"courses/{COURSE}", 3)
    assert problem.message == "the marking or the completion rule has changed since edition 1 was loaded"
    assert problem.remedy.startswith("Write edition: 2.")
    assert _rows(world) == before
    folder.swap(COURSE, "edition: 1", "edition: 2")
    assert _load(world, folder) == "tea-round: edition 2, revision 1 (new edition)"


def test_the_right_answer_is_a_rule_and_its_place_in_the_list_is_not(world: World, folder: Folder) -> None:
    world.load_courses(folder.path)
    lines = (folder / QUIZ).read_text().split("\n")
    first = next(n for n, line in enumerate(lines) if "{id: who" in line)
    lines[first], lines[first + 1] = lines[first + 1], lines[first]
    folder.write(QUIZ, "\n".join(lines))
    assert _load(world, folder).endswith("revision 2 (new words)")
    folder.swap(QUIZ, ", correct: true", "")
    folder.swap(QUIZ, 'on duty with him today"', 'on duty with him today", correct: true')
    with pytest.raises(CoursesRefusedError, match="the marking or the completion rule"):
        world.load_courses(folder.path)


def test_a_practice_may_be_put_right_without_a_new_edition(world: World, folder: Folder) -> None:
    folder.swap(COURSE, "kind: assessment", "kind: practice")
    folder.swap(COURSE, ", draw: 1, pass_mark: 1, attempts: unlimited", "")
    world.load_courses(folder.path)
    folder.swap(QUIZ, "answer: 25", "answer: 26")
    assert _load(world, folder).endswith("edition 1, revision 2 (new words)")


def test_publishing_never_moves_anybody(world: World, folder: Folder) -> None:
    world.load_courses(folder.path)
    person = world.hire("Ann", "Lee")
    with world.db.write() as session:
        course = course_by_slug(session, HOME)
        enrol(session, world.actor(person), Enrol(course_id=course.id), world.now)
    first = _newest(world)
    folder.swap(COURSE, "pass_mark: 1, attempts: unlimited", "pass_mark: 1, attempts: 2")
    folder.swap(COURSE, "edition: 1", "edition: 2")
    folder.swap(TEXT, "Nobody knew", "Nobody could say")
    _load(world, folder)
    second = _newest(world)
    with world.db.read() as session:
        enrolled = session.scalars(sa.select(table(Enrolment).c.edition_id)).all()
        assert enrolled == [first.edition_id]
        assert "Nobody knew" in module_html(session, first.revision_id, "cold-tea")
        assert "Nobody could say" in module_html(session, second.revision_id, "cold-tea")
        assert latest_view(session, first.edition_id) == first
    assert first.activity("check").attempts is None
    assert second.activity("check").attempts == 2
    assert first.activity("check").id == second.activity("check").id


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("edition: 3", "edition: 2", "edition 3 is loaded already"),
        ("tier: induction", "tier: pocket-qi", "was loaded for the tier 'induction'"),
        (
            "{id: read-cold-tea, kind: read,",
            "{id: read-cold-tea, kind: steps, title: x, items: [y],",
            "was of the kind",
        ),
    ],
)
def test_what_was_loaded_cannot_be_turned_into_something_else(
    world: World, folder: Folder, old: str, new: str, message: str
) -> None:
    folder.swap(COURSE, "edition: 1", "edition: 3")
    world.load_courses(folder.path)
    before = _rows(world)
    folder.swap(COURSE, old, new)
    with pytest.raises(CoursesRefusedError) as refused:
        world.load_courses(folder.path)
    assert any(message in p.message and p.line and p.remedy for p in refused.value.problems)
    assert _rows(world) == before


def test_with_one_slip_nothing_is_loaded(world: World, folder: Folder) -> None:
    folder.swap(TEXT, "[[baseline]]", "[[base line]]")
    with pytest.raises(CoursesRefusedError, match="unknown term"):
        world.load_courses(folder.path)
    assert set(map(len, _rows(world).values())) == {0}


def test_a_course_whose_folder_is_gone_stays(world: World, folder: Folder) -> None:
    world.load_courses(folder.path)
    before = _rows(world)
    for file in sorted((folder / HOME).rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    (folder / HOME).rmdir()
    assert world.load_courses(folder.path).courses == ()
    assert _rows(world) == before


def test_tiers_are_added_and_renamed_and_never_deleted(world: World, folder: Folder) -> None:
    world.load_courses(folder.path)
    folder.swap("framework.yaml", "short: Pocket QI", "short: Pocket")
    folder.swap("framework.yaml", "slug: improvement-advisor", "slug: improvement-guru")
    folder.swap("framework.yaml", "leads_to: [improvement-advisor,", "leads_to: [improvement-guru,")
    report = world.load_courses(folder.path)
    assert report.tiers_changed == 3
    with world.db.read() as session:
        tiers = {t.slug: t.short for t in session.scalars(sa.select(Tier))}
        events = session.execute(
            sa.select(table(AuditEvent).c.action, table(AuditEvent).c.fields).order_by(table(AuditEvent).c.id.desc())
        ).fetchmany(3)
    assert tiers["pocket-qi"] == "Pocket"
    assert {"improvement-advisor", "improvement-guru"} <= set(tiers)
    assert events[2] == ("change tier", "short")
    assert [action for action, _ in events[:2]] == ["add tier", "change tier"]


def test_no_answer_leaves_with_the_course_or_what_is_shown(world: World, folder: Folder) -> None:
    world.load_courses(folder.path)
    with world.db.read() as session:
        (view,) = all_courses(session, Audience.STAFF)
        first, second = questions(session, view.revision_id, "check")
        stored = str(session.scalar(sa.select(table(Revision).c.course)))
    assert "correct" not in str(first.shown)
    assert "explains no number" not in str(first.shown)
    assert first.marking["right"] == ["of"]
    assert "25" not in str(second.shown)
    assert second.shown["stem_html"].startswith("<p>Of 40 cups")
    for secret in ("explains no number", "How many beds", "quarter"):
        assert secret not in stored
