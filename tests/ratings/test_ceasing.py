"""What two had between them ends with what they were to each other: it does not come back when they do."""

import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.ratings.commands import end_what_ceased
from app.ratings.models import RatingDelegation, RatingShare
from app.worker import do_calendar
from tests.client import document
from tests.ratings.scene import Scene


def _open(scene: Scene, model: type[RatingShare | RatingDelegation]) -> int:
    row = table(model)
    with scene.world.db.read() as session:
        return len(session.scalars(sa.select(row.c.id).where(row.c.ended_at.is_(None))).all())


def _calendar(scene: Scene) -> None:
    do_calendar(scene.world.db, scene.world.settings, scene.world.now)


def _ended(scene: Scene) -> list[str]:
    event = table(AuditEvent)
    wanted = sa.select(event.c.action).where(event.c.entity.in_(["rating_share", "rating_delegation"]))
    with scene.world.db.read() as session:
        return [a for a in session.scalars(wanted.order_by(event.c.id)) if a.startswith(("stop", "take"))]


def test_sharing_ends_when_a_person_moves_away_and_stays_so_when_they_come_back(scene: Scene) -> None:
    scene.shares(scene.ann)
    scene.shares(scene.ben)
    _calendar(scene)
    assert _open(scene, RatingShare) == 2, "they all still stand to each other"
    scene.world.move(scene.ann, scene.world.team("Theatre", "Surgery"))
    page = scene.world.client(scene.ann).get("/ratings/mine")
    assert "Teresa Hollis, who no longer leads you, since 23 November 2026" in document(page).text
    _calendar(scene)
    _calendar(scene)
    assert _ended(scene) == ["stop sharing own view"]
    assert "Teresa Hollis" not in scene.world.client(scene.ann).get("/ratings/mine").text
    scene.world.later(days=1)
    scene.world.move(scene.ann, scene.team)
    assert "Not Teresa Hollis." in document(scene.world.client(scene.ann).get("/ratings/mine")).text
    assert _open(scene, RatingShare) == 1


def test_sharing_with_who_no_longer_rates_can_be_stopped_by_hand(scene: Scene) -> None:
    scene.shares(scene.ann)
    scene.world.move(scene.ann, scene.world.team("Theatre", "Surgery"))
    ann = scene.world.client(scene.ann)
    stopped = ann.follow(ann.submit(ann.get("/ratings/mine"), f"keep/{scene.lead.id}"))
    assert "What you say from now on is not shared." in stopped.text
    assert _open(scene, RatingShare) == 0


def test_sharing_with_who_was_asked_ends_when_the_team_is_taken_back(scene: Scene) -> None:
    scene.asks(scene.manager)
    scene.shares(scene.ann, scene.manager)
    _calendar(scene)
    assert _open(scene, RatingShare) == 1
    scene.takes_back()
    _calendar(scene)
    assert _open(scene, RatingShare) == 0


def test_sharing_ends_when_a_person_leaves_even_with_whoever_leads_the_whole_trust(scene: Scene) -> None:
    chief = scene.world.hire("Cora", "Chief", team=scene.world.team("Board", "Corporate"))
    scene.world.grant(chief, "lead")
    scene.shares(scene.ann, chief)
    _calendar(scene)
    assert _open(scene, RatingShare) == 1
    scene.world.leave(scene.ann)
    _calendar(scene)
    assert _open(scene, RatingShare) == 0


def test_sharing_with_a_judge_ends_when_the_person_comes_to_manage_them(scene: Scene) -> None:
    scene.asks(scene.manager)
    scene.shares(scene.ann, scene.manager)
    scene.manages(scene.ann, scene.manager)
    _calendar(scene)
    assert _open(scene, RatingShare) == 0


def test_judging_for_a_lead_ends_when_who_was_asked_manages_nobody_there_or_the_lead_leaves(scene: Scene) -> None:
    matron = scene.matron()
    scene.asks(matron)
    _calendar(scene)
    assert _open(scene, RatingDelegation) == 1
    scene.manages(scene.manager, scene.ben)
    _calendar(scene)
    assert _open(scene, RatingDelegation) == 0
    scene.asks(scene.manager)
    scene.world.leave(scene.lead)
    with scene.world.db.write() as session:
        assert end_what_ceased(session, SYSTEM, scene.world.now) == 1
    with scene.world.db.write() as session:
        assert end_what_ceased(session, SYSTEM, scene.world.now) == 0
    assert _ended(scene) == ["take team back"] * 2
