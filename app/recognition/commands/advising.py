"""The QI team keeps the record of an improvement advisor's external programme."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.kernel import audit, outbox
from app.kernel.clock import london_date
from app.kernel.config import Settings
from app.kernel.db import ReadSession, WriteSession, table
from app.kernel.errors import BadInputError, NotAllowedError, RuleBrokenError, StaleError
from app.learning.commands.reach import one_at_a_time
from app.organisation.queries import in_post, one_person
from app.recognition.commands.programmes import Programme, values_of, wrong_programme
from app.recognition.models import AdvisorRecord
from app.recognition.queries.advisors import Advising, advising, advising_for
from app.recognition.queries.desk import may_assess
from app.recognition.rules import AdvisorResult
from app.recognition.wording import sponsor_line

_record = table(AdvisorRecord)
MOST_HALF_DAYS = 10
MOST_COACHES = 99
OWN = "Nobody keeps or decides about the record of their own programme. Another QI team administrator does."
CHANGED = "Somebody changed this record since you opened it."
SETTLED = "The level was granted by this record: only the duties and the review can still be changed."


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepAdvisor:
    """`person` are the words that name a member of staff: a name, an address or a number."""

    person: str
    programme: Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAdvisor:
    """`seen` is the version that the writer had before them."""

    record_id: int
    seen: int
    programme: Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDuties:
    """What was agreed for the time after: half-days of a week, and how many coaches they support."""

    record_id: int
    half_days: int
    coaches: int


def keep_advisor(session: WriteSession, settings: Settings, actor: Actor, command: KeepAdvisor, now: datetime) -> int:
    """Begin a record. Returns its id. Raises BadInputError by field, NotAllowedError for oneself."""
    may_assess(actor)
    today = london_date(now)
    errors = wrong_programme(command.programme, today)
    person_id = _find(session, actor, "person", command.person, today, errors)
    if person_id is None:
        errors.setdefault("person", "Enter whose programme it is: a name, an e-mail address or an employee number")
    if person_id == actor.person_id:
        raise NotAllowedError(OWN)
    sponsor_id = _sponsor(session, actor, command.programme, person_id or 0, today, errors)
    if errors or person_id is None:
        raise BadInputError(errors)
    one_at_a_time(session, person_id)
    _refuse_twice(session, person_id, command.programme)
    record = AdvisorRecord(
        person_id=person_id, made_at=now, made_by_id=actor.person_id, **values_of(command.programme, sponsor_id)
    )
    session.add(record)
    session.flush()
    filled = tuple(name for name, value in values_of(command.programme, sponsor_id).items() if value)
    write_down(session, actor, "keep advisor record", record.id, person_id, filled, now)
    ask_sponsor(session, settings, record.id, now)
    return record.id


def change_advisor(
    session: WriteSession, settings: Settings, actor: Actor, command: ChangeAdvisor, now: datetime
) -> None:
    """Raises StaleError when it was changed since it was seen, RuleBrokenError once the level was granted."""
    today = london_date(now)
    found = theirs(session, actor, command.record_id, now)
    if found.record.granted_at is not None:
        raise RuleBrokenError(SETTLED)
    if found.record.version != command.seen:
        raise StaleError(CHANGED)
    errors = wrong_programme(command.programme, today)
    sponsor_id = _sponsor(session, actor, command.programme, found.record.person_id, today, errors)
    if errors:
        raise BadInputError(errors)
    _refuse_twice(session, found.record.person_id, command.programme, but=command.record_id)
    values = values_of(command.programme, sponsor_id)
    changed = tuple(name for name, value in values.items() if getattr(found.record, name) != value)
    if not changed:
        return
    set_values(session, command.record_id, values)
    write_down(session, actor, "change advisor record", command.record_id, found.record.person_id, changed, now)
    ask_sponsor(session, settings, command.record_id, now)


def set_duties(session: WriteSession, actor: Actor, command: SetDuties, now: datetime) -> None:
    """At any time, also once the level was granted. Raises BadInputError by field."""
    found = theirs(session, actor, command.record_id, now)
    errors = {}
    if not 0 <= command.half_days <= MOST_HALF_DAYS:
        errors["days"] = "Enter a number of days from 0 to 5, in halves, such as 2.5"
    if not 0 <= command.coaches <= MOST_COACHES:
        errors["coaches"] = f"Enter a number of coaches from 0 to {MOST_COACHES}"
    if errors:
        raise BadInputError(errors)
    values = {"half_days": command.half_days, "coaches": command.coaches}
    changed = tuple(name for name, value in values.items() if getattr(found.record, name) != value)
    if changed:
        set_values(session, command.record_id, values)
        write_down(session, actor, "set advisor duties", command.record_id, found.record.person_id, changed, now)


def theirs(session: WriteSession, actor: Actor, record_id: int, now: datetime) -> Advising:
    """A record, once nobody else is changing anything about its person.

    Raises NotFoundError out of reach and NotAllowedError for one's own.
    """
    one_at_a_time(session, advising(session, record_id).record.person_id)
    found, _person = advising_for(session, actor, record_id, london_date(now))
    if found.record.person_id == actor.person_id:
        raise NotAllowedError(OWN)
    return found


def set_values(session: WriteSession, record_id: int, values: Mapping[str, object]) -> None:
    session.execute(sa.update(_record).where(_record.c.id == record_id).values(**values, version=_record.c.version + 1))


def write_down(
    session: WriteSession,
    actor: Actor,
    action: str,
    record_id: int,
    person_id: int,
    fields: tuple[str, ...],
    now: datetime,
) -> None:
    """One event for each change. What was written stays in the record and is not copied."""
    audit.record(session, actor, action, "advisor_record", record_id, now=now, subject_id=person_id, fields=fields)


def ask_sponsor(session: WriteSession, settings: Settings, record_id: int, now: datetime) -> None:
    """Tell a sponsor, once when they are named and once when the person has passed and their sign-off is wanted."""
    record = advising(session, record_id).record
    if record.sponsor_id is None or record.signed_at is not None:
        return
    wanted = record.result is AdvisorResult.PASSED and record.ends_on <= london_date(now)
    outbox.tell(
        session,
        key=f"advisor-{'sign' if wanted else 'named'}:{record_id}:{record.sponsor_id}",
        person_id=record.sponsor_id,
        kind="advisor-sponsor",
        line=sponsor_line(settings, record, wanted=wanted),
        now=now,
    )


def _find(
    session: ReadSession, actor: Actor, field: str, words: str, today: date, errors: dict[str, str]
) -> int | None:
    try:
        return one_person(session, actor, Permission.RECOGNISE, words, today, field)
    except BadInputError as wrong:
        errors |= wrong.errors
        return None


def _sponsor(
    session: ReadSession, actor: Actor, given: Programme, person_id: int, today: date, errors: dict[str, str]
) -> int | None:
    sponsor_id = _find(session, actor, "sponsor", given.sponsor, today, errors)
    if sponsor_id is not None and sponsor_id == person_id:
        errors["sponsor"] = "Choose somebody else as the sponsor: nobody signs off their own work"
    elif sponsor_id is not None and not in_post(session, sponsor_id, today):
        errors["sponsor"] = "Choose a sponsor who works here today"
    return sponsor_id


def _refuse_twice(session: ReadSession, person_id: int, given: Programme, but: int = 0) -> None:
    same = sa.and_(
        _record.c.person_id == person_id,
        _record.c.programme == given.programme,
        _record.c.starts_on == given.starts_on,
        _record.c.id != but,
    )
    if session.scalar(sa.select(_record.c.id).where(same)) is not None:
        raise BadInputError({"programme": "They have a record of this programme with the same first day already"})
