"""People who learned: what the tests of evidence stand on, made through learning's own commands with past clocks."""

from datetime import UTC, date, datetime

import sqlalchemy as sa

from app.access.actor import Actor, Held, PersonKind, ScopeKind
from app.access.permissions import Role
from app.curriculum.queries import course_by_slug, latest_edition, latest_view
from app.evidence.commands import issue_certificate
from app.kernel.db import table
from app.learning.commands import Enrol, RecordOutcome, enrol, record_outcome
from app.learning.models import Enrolment
from app.learning.rules import OutcomeSource
from app.organisation.models import Person
from tests.world import World

LAST_SPRING = date(2026, 3, 3)


def at(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def acting(person: Person) -> Actor:
    """The person with nothing but what comes with their kind, on whatever day."""
    role = Role.PARTNER if person.kind is PersonKind.PARTNER else Role.STAFF
    return Actor(person.id, person.kind, person.name, (Held(role, ScopeKind.OWN),))


def learn(
    world: World,
    person: Person,
    slug: str = "induction",
    on: date = LAST_SPRING,
    *,
    first: int = 0,
    last: int | None = None,
    minutes: int = 6,
    participatory: int = 2,
    again: bool = False,
) -> int:
    """Do the required activities `first` to `last` of a course on one day; all of them complete it.

    Each counts `minutes`, of which `participatory`. Returns the enrolment's id.
    """
    now = at(on)
    with world.db.write() as session:
        course = course_by_slug(session, slug)
        view = latest_view(session, latest_edition(session, course.id).id)
        enrolled = sa.select(table(Enrolment).c.id).where(
            table(Enrolment).c.person_id == person.id, table(Enrolment).c.course_id == course.id
        )
        if again or session.scalar(enrolled) is None:
            enrol(session, acting(person), Enrol(course_id=course.id, again=again), now)
        for key in view.completion[first:last]:
            activity = view.activity(key)
            assert activity is not None
            command = RecordOutcome(
                person_id=person.id,
                activity_id=activity.id,
                occurred_on=on,
                minutes=minutes,
                participatory_minutes=participatory,
                source=OutcomeSource(activity.kind.value),
            )
            record_outcome(session, acting(person), command, now)
        newest = enrolled.order_by(table(Enrolment).c.episode.desc()).limit(1)
        return int(session.scalars(newest).one())


def certify(world: World, person: Person, enrolment_id: int) -> int:
    """The id of the certificate that the person takes for what they completed."""
    with world.db.write() as session:
        return issue_certificate(session, acting(person), enrolment_id, world.now).id
