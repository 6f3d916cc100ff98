"""What was said about somebody goes, rows and all, when they have been away for as long as the trust set."""

import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.organisation.commands import Rejoin, rejoin
from app.organisation.rules import Basis
from app.ratings.commands import forget_leavers
from app.ratings.models import Rating, RatingNote, RatingShare
from app.ratings.rules import Said
from app.worker import do_calendar
from tests.ratings.scene import Scene
from tests.world import POST_DEFAULTS


def _rows(scene: Scene) -> dict[int, int]:
    found: dict[int, int] = {}
    with scene.world.db.read() as session:
        for model in (Rating, RatingNote, RatingShare):
            for person_id in session.scalars(sa.select(table(model).c.person_id)):
                found[person_id] = found.get(person_id, 0) + 1
    return found


def _said_of_all(scene: Scene) -> None:
    for person in (scene.ann, scene.ben):
        scene.says(person, Said.LEADS, "what I think")
        scene.shares(person)
        scene.writes(person, scene.lead, "how I see it")
    scene.judges(scene.lead, {scene.ann.id: Said.NEW, scene.ben.id: Said.NEW})


def test_everything_about_a_leaver_is_erased_once_and_nothing_about_anybody_else(scene: Scene) -> None:
    _said_of_all(scene)
    before = _rows(scene)
    assert before[scene.ann.id] == before[scene.ben.id] == 4
    scene.world.leave(scene.ann)
    scene.world.later(days=scene.world.settings.ratings_kept_days - 1)
    do_calendar(scene.world.db, scene.world.settings, scene.world.now)
    assert _rows(scene) == before
    scene.world.later(days=1)
    do_calendar(scene.world.db, scene.world.settings, scene.world.now)
    assert _rows(scene) == {scene.ben.id: 4}
    with scene.world.db.write() as session:
        assert forget_leavers(session, scene.world.settings, SYSTEM, scene.world.now) == 0
    event = table(AuditEvent)
    with scene.world.db.read() as session:
        [erased] = session.execute(sa.select(event).where(event.c.action == "erase ratings")).all()
    assert (erased.subject_id, erased.rows) == (scene.ann.id, 4)


def test_who_comes_back_in_time_keeps_what_was_said(scene: Scene) -> None:
    _said_of_all(scene)
    scene.world.leave(scene.ann)
    scene.world.later(days=100)
    post = POST_DEFAULTS | {"basis": Basis.EMPLOYED, "starts_on": scene.world.today, "team_id": scene.team.id}
    command = Rejoin(person_id=scene.ann.id, employee_number="29990001", **post)
    with scene.world.db.write() as session:
        rejoin(session, SYSTEM, command, scene.world.now)
    later = scene.world.later(days=400)
    with scene.world.db.write() as session:
        assert forget_leavers(session, scene.world.settings, SYSTEM, later) == 0


def test_what_a_lead_said_of_others_stays_when_the_lead_has_left(scene: Scene) -> None:
    _said_of_all(scene)
    scene.world.leave(scene.lead)
    later = scene.world.later(days=500)
    with scene.world.db.write() as session:
        forget_leavers(session, scene.world.settings, SYSTEM, later)
    assert _rows(scene) == {scene.ann.id: 4, scene.ben.id: 4}
