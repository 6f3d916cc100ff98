"""Two records that look like one person and are two."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.intake.models import TwoPeople
from app.intake.queries.obstacles import staff_named, whole_trust
from app.kernel import audit
from app.kernel.db import WriteSession, table
from app.learning.commands.reach import one_at_a_time

_two = table(TwoPeople)


@dataclass(frozen=True, slots=True)
class JudgeTwo:
    one_id: int
    other_id: int

    @property
    def in_order(self) -> tuple[int, int]:
        first, second = sorted((self.one_id, self.other_id))
        return first, second


def judge_two(session: WriteSession, actor: Actor, command: JudgeTwo, now: datetime) -> None:
    """The pair is not listed again. Judged so before, nothing changes."""
    whole_trust(actor)
    first, second = command.in_order
    staff_named(session, (first, second))
    one_at_a_time(session, first)
    if _found(session, command) is not None:
        return
    judged = TwoPeople(first_id=first, second_id=second, judged_at=now, judged_by_id=actor.person_id)
    session.add(judged)
    session.flush()
    audit.record(session, actor, "judge two people", "two_people", judged.id, now=now, subject_id=first)


def take_back_judgement(session: WriteSession, actor: Actor, command: JudgeTwo, now: datetime) -> None:
    """The pair is looked at again. Taken back before, nothing changes."""
    whole_trust(actor)
    staff_named(session, command.in_order)
    one_at_a_time(session, command.in_order[0])
    found = _found(session, command)
    if found is None:
        return
    session.delete(found)
    subject = command.in_order[0]
    audit.record(session, actor, "take back judgement", "two_people", found.id, now=now, subject_id=subject)


def _found(session: WriteSession, command: JudgeTwo) -> TwoPeople | None:
    first, second = command.in_order
    return session.scalar(sa.select(TwoPeople).where(_two.c.first_id == first, _two.c.second_id == second))
