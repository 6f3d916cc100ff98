"""Somebody who completed a course and began it again, with a note of theirs that they shared: for the house tests."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from app.kernel.db import table
from app.learning.commands import SaveNote, save_note
from app.learning.models import Enrolment, Note
from tests.house.stage import HOSTILE, Cast
from tests.learning.learner import INDUCTION, PARTNERS, Learner
from tests.marking.work_course import write_course
from tests.world import World

OLDER = "masterclasses"


def furnish(world: World, cast: Cast) -> None:
    world.load_courses()
    for person_id in (*cast.crowd, cast.sam):
        learner = Learner(world, person_id, INDUCTION)
        learner.complete(ago=timedelta(days=10))
        learner.enrol(again=True)
        _share(learner, "my-idea")
    for person_id in (*cast.partner_crowd, cast.rosie):
        learner = Learner(world, person_id, PARTNERS)
        learner.complete(ago=timedelta(days=10))
        _share(learner, "what-i-would-change")
    _name_things(world, cast)
    _come_with_another_edition(world, cast)


def _come_with_another_edition(world: World, cast: Cast) -> None:
    """A small course of which people are still on the older edition."""
    with TemporaryDirectory() as folder:
        world.load_courses(write_course(Path(folder), slug=OLDER))
        for person_id in (*cast.crowd, cast.sam):
            Learner(world, person_id, OLDER).enrol()
        world.load_courses(write_course(Path(folder), slug=OLDER, edition=2, pass_mark=1))
    for route in ("learning:editions", "learning:move_page", "learning:move"):
        cast.put("slug", OLDER, "staff", route)
        cast.put("number", 1, "staff", route)


def _share(learner: Learner, activity: str) -> None:
    command = SaveNote(course=learner.slug, activity=activity, version=0, text=f"Tea {HOSTILE}", share=True)
    with learner.world.db.write() as session:
        save_note(session, learner.actor, command, learner.world.now)


def _name_things(world: World, cast: Cast) -> None:
    for whose, person_id, slug, module, activity in (
        ("staff", cast.sam, INDUCTION, "first-small-step", "my-idea"),
        ("partner", cast.rosie, PARTNERS, "choosing-together", "what-i-would-change"),
    ):
        cast.put("slug", slug, whose)
        cast.put("module", module, whose)
        cast.put("activity", activity, whose)
        with world.db.read() as session:
            note, enrolment = table(Note), table(Enrolment)
            cast.put("note_id", session.scalar(sa.select(note.c.id).where(note.c.person_id == person_id)), whose)
            done = sa.select(enrolment.c.id).where(
                enrolment.c.person_id == person_id, enrolment.c.completed_at.is_not(None)
            )
            cast.put("enrolment_id", session.scalar(done), whose, "learning:completed")
    for route in ("session", "handout", "teach_course", "plan", "slides"):
        cast.put("course", "pocket-qi", "", f"learning:{route}")
        cast.put("session", "half-day-a", "", f"learning:{route}")
    cast.put("handout", "pareto", "", "learning:handout")
    cast.put("module", "who-helps", "staff", "learning:save_steps")
    cast.put("activity", "find-my-helpers", "staff", "learning:save_steps")
    cast.put("module", "what-improving-care-means", "partner", "learning:rate_confidence")
    cast.put("activity", "how-sure", "partner", "learning:rate_confidence")
