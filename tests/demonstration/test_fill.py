"""The demonstration is made by the rooms' own commands, the same each time, and marked as what it is."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.access.permissions import Permission
from app.accounts.models import Credential
from app.accounts.passwords import verify
from app.assessment.models import Adjustment
from app.demonstration.fill import YEARS, fill, is_empty
from app.demonstration.parts import PASSWORD, sign_ins
from app.intake.queries.doubles import doubles
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.kernel.errors import RuleBrokenError
from app.kernel.outbox import Mail
from app.learning.models import Award, Enrolment
from app.marking.models import PieceOfWork
from app.organisation.models import LongLeave, Person, Trust
from app.organisation.queries import people_in_reach
from app.signing.models import SignOff, SignOffEvent
from app.signing.rules import SignOffDeed, SignOffState
from tests.demonstration.conftest import FEW, MONTHS, Filled
from tests.world import NOW, World

# One worker's, so that the trust that all of them look at is filled once.
pytestmark = pytest.mark.xdist_group("demonstration")


def names(filled: Filled) -> list[str]:
    with filled.world.db.read() as session:
        return list(session.scalars(sa.select(table(Person).c.name).order_by(table(Person).c.id)))


@pytest.mark.slow
def test_it_holds_history_of_every_kind_and_everybody_it_prints_can_sign_in(filled: Filled) -> None:
    assert filled.heard[-1][0] == filled.heard[-1][1] > 100
    known = names(filled)
    assert {"Patrick O'Neill", "Sam"} <= set(known)
    with filled.world.db.read() as session:
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
        pairs, _ = doubles(session, SYSTEM, "", 1)
        assert [pair for pair in pairs if pair.one.main[-1].what == pair.other.main[-1].what], (
            "nobody was entered twice"
        )
        for one in sign_ins():
            row = session.execute(
                sa.select(table(Credential).c.password_hash).where(table(Credential).c.username_key == one.username)
            ).one()
            assert verify(PASSWORD, row.password_hash).right, one.username


@pytest.mark.slow
def test_the_same_people_come_out_each_time_on_either_database(filled: Filled, filled_again: Filled) -> None:
    assert filled.world is not filled_again.world
    assert names(filled) == names(filled_again)


@pytest.mark.slow
def test_where_a_course_has_a_sign_off_it_was_asked_rejected_asked_again_and_moved(filled: Filled) -> None:
    """The administrator has tried it in the course for authors, and a coach left meanwhile."""
    with filled.world.db.read() as session:
        states = session.scalars(sa.select(table(SignOff).c.state).order_by(table(SignOff).c.id)).all()
        deeds = session.scalars(sa.select(table(SignOffEvent).c.deed).order_by(table(SignOffEvent).c.id)).all()
    assert states == [SignOffState.REJECTED, SignOffState.REQUESTED]
    asked = SignOffDeed.REQUESTED
    assert deeds == [asked, SignOffDeed.REJECTED, asked, SignOffDeed.MOVED]


@pytest.mark.slow
def test_an_interrupted_fill_leaves_nothing(world: World) -> None:
    world.clock.at = NOW - YEARS
    world.load_courses()

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
