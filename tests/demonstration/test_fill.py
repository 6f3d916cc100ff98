"""The demonstration is made by the rooms' own commands, the same each time, and marked as what it is."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.access.permissions import Permission
from app.accounts.models import Credential
from app.accounts.passwords import verify
from app.assessment.models import Adjustment
from app.demonstration.fill import YEARS, fill, is_empty
from app.demonstration.parts import PASSWORD, sign_ins
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.kernel.errors import RuleBrokenError
from app.kernel.migrate import migrate
from app.kernel.outbox import Mail
from app.learning.models import Award, Enrolment
from app.marking.models import PieceOfWork
from app.organisation.models import LongLeave, Person, Trust
from app.organisation.queries import people_in_reach
from tests.world import World

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FEW = 60
MONTHS = timedelta(days=210)


def courses_of_then(world: World) -> None:
    world.clock.at = NOW - YEARS
    world.load_courses()
    world.clock.at = NOW


def told(world: World, people: int = FEW) -> list[tuple[int, int]]:
    heard: list[tuple[int, int]] = []
    courses_of_then(world)
    fill(world.db, world.settings, NOW, lambda done, of: heard.append((done, of)), people=people, since=MONTHS)
    return heard


def names(world: World) -> list[str]:
    with world.db.read() as session:
        return list(session.scalars(sa.select(table(Person).c.name).order_by(table(Person).c.id)))


@pytest.mark.slow
def test_it_holds_history_of_every_kind_and_everybody_it_prints_can_sign_in(world: World) -> None:
    heard = told(world)
    assert heard[-1][0] == heard[-1][1] > 100
    known = names(world)
    assert {"Patrick O'Neill", "Sam"} <= set(known)
    with world.db.read() as session:
        staff = people_in_reach(session, SYSTEM, Permission.SEE_PEOPLE, NOW.date())
        assert "Sam" not in {p.name for p in staff}
        assert session.scalars(sa.select(sa.func.count()).select_from(table(Award))).one() > FEW / 2
        away = session.execute(sa.select(table(LongLeave).c.ends_on).order_by(table(LongLeave).c.starts_on)).all()
        assert [end is None for (end,) in away] == [False, True, False], "back, not known yet, and soon"
        completed = sa.select(sa.func.count()).where(table(Enrolment).c.completed_at.is_not(None))
        assert session.scalars(completed).one() > 5
        work = table(PieceOfWork)
        handed_in = session.scalars(sa.select(work.c.handed_in_at).where(work.c.handed_in_at.is_not(None))).all()
        assert len(handed_in) > FEW / 3
        assert len([at for at in handed_in if at > NOW - timedelta(days=21)]) >= 10
        assert len(session.scalars(sa.select(work.c.id).where(work.c.handed_in_at.is_(None))).all()) >= 3
        unsent = sa.select(sa.func.count()).where(table(Mail).c.sent_at.is_(None))
        assert session.scalar(unsent) == 0
        assert session.scalar(sa.select(table(Trust).c.demonstration)) is True
        adjusted = sa.select(table(Adjustment).c.ended_at).order_by(table(Adjustment).c.id)
        assert [ended is not None for ended in session.scalars(adjusted)] == [False, True]
        for one in sign_ins():
            row = session.execute(
                sa.select(table(Credential).c.password_hash).where(table(Credential).c.username_key == one.username)
            ).one()
            assert verify(PASSWORD, row.password_hash).right, one.username


@pytest.mark.slow
def test_the_same_people_come_out_each_time(world: World, tmp_path: Path) -> None:
    told(world)
    settings = world.settings.model_copy(update={"database_url": f"sqlite:///{tmp_path / 'second.db'}"})
    migrate(settings.database_url)
    second = World(settings)
    told(second)
    second.close()
    assert names(world) == names(second)


@pytest.mark.slow
def test_an_interrupted_fill_leaves_nothing(world: World) -> None:
    courses_of_then(world)

    def interrupt(done: int, _of: int) -> None:
        if done > 100:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill(world.db, world.settings, NOW, interrupt, people=FEW, since=MONTHS)
    assert is_empty(world.db)
    with world.db.read() as session:
        about_people = sa.select(sa.func.count()).where(table(AuditEvent).c.subject_id.is_not(None))
        assert session.scalar(about_people) == 0


def test_it_never_fills_a_trust_that_has_people(world: World) -> None:
    world.hire()
    with pytest.raises(RuleBrokenError, match="empty"):
        fill(world.db, world.settings, NOW, lambda _done, _of: None, people=FEW)
