"""Somebody who was entered twice, so that there is a pair of records to look at, merge and take apart."""

from datetime import datetime, timedelta

from app.access.actor import SYSTEM
from app.capability.commands import welcome_starter
from app.demonstration.trust import Cast, Member, Staffing
from app.kernel.db import ReadSession, WriteSession
from app.organisation.models import Person

ENTERED_AGAIN = timedelta(days=12)


def enter_twice(session: WriteSession, staffing: Staffing, cast: Cast, now: datetime) -> None:
    """The first ordinary member of staff who is still here gets a second record, under another number and address."""
    member = next((m for m in cast.ordinary() if m.left is None and m.began < now.date() - ENTERED_AGAIN), None)
    if member is None:
        return
    began = now.date() - ENTERED_AGAIN
    again = staffing.take_on(session, now, member.team, member.post, began, name=_name(session, member))
    welcome_starter(session, SYSTEM, again.person_id, now)


def _name(session: ReadSession, member: Member) -> tuple[str, str]:
    person = session.get(Person, member.person_id)
    assert person is not None
    family, _, given = person.list_name.partition(", ")
    return given, family
