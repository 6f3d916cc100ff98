"""The audit log as its reader may see it: every deed, but personal values only for those who look after the person."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor, PersonKind
from app.access.permissions import Permission
from app.kernel.audit import AuditEvent, AuditValue
from app.kernel.clock import LONDON
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.kernel.names import folded
from app.organisation.models import Directorate, Person, Team

PAGE = 50
NAMED = {"team_id": table(Team), "directorate_id": table(Directorate)}

_event = table(AuditEvent)
_value = table(AuditValue)
_person = table(Person)
_subject = _person.alias("subject")


@dataclass(frozen=True, slots=True)
class Trail:
    """What to look for; empty means everything. Days are London days, both included."""

    person: str = ""
    person_id: int | None = None
    action: str = ""
    first: date | None = None
    last: date | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class ValueRow:
    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class AuditRow:
    """`values` is None where the reader may know that something changed, but not what it says."""

    id: int
    at: datetime
    actor: str
    action: str
    entity: str
    entity_id: int
    subject_id: int | None
    subject: str | None
    subject_kind: PersonKind | None
    fields: tuple[str, ...]
    rows: int | None
    values: tuple[ValueRow, ...] | None


def trail(session: ReadSession, actor: Actor, wanted: Trail) -> tuple[list[AuditRow], int]:
    """One page of deeds, newest first, and how many there are in all."""
    if not actor.reach(Permission.SEE_AUDIT).trust:
        raise NotFoundError("audit log")
    conditions = _conditions(actor, wanted)
    base = (
        sa.select(
            _event.c.id, _event.c.at, _person.c.name.label("actor"), _event.c.action, _event.c.entity,
            _event.c.entity_id, _event.c.subject_id, _subject.c.name.label("subject"),
            _subject.c.kind.label("subject_kind"), _event.c.fields, _event.c.rows,
        )
        .select_from(_event)
        .join(_person, _person.c.id == _event.c.actor_id)
        .outerjoin(_subject, _subject.c.id == _event.c.subject_id)
        .where(*conditions)
    )  # fmt: skip
    total = session.scalar(sa.select(sa.func.count()).select_from(base.with_only_columns(_event.c.id).subquery()))
    offset = (max(1, wanted.page) - 1) * PAGE
    rows = session.execute(base.order_by(_event.c.id.desc()).limit(PAGE).offset(offset)).all()
    values = _values(session, [row.id for row in rows])
    return [_row(actor, row, values[row.id]) for row in rows], total or 0


def actions(session: ReadSession) -> list[str]:
    """The kinds of deed that were ever done, for the filter."""
    return list(session.scalars(sa.select(_event.c.action).distinct().order_by(_event.c.action)))


def _conditions(actor: Actor, wanted: Trail) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if not actor.may(Permission.MANAGE_PARTNERS):
        found.append(sa.or_(_subject.c.kind.is_(None), _subject.c.kind != PersonKind.PARTNER))
    found += [
        sa.or_(_person.c.sort_key.contains(word, autoescape=True), _subject.c.sort_key.contains(word, autoescape=True))
        for word in folded(wanted.person).split()
    ]
    if wanted.person_id is not None:
        found.append(_event.c.subject_id.in_(_records_of(wanted.person_id)))
    if wanted.action:
        found.append(_event.c.action == wanted.action)
    if wanted.first:
        found.append(_event.c.at >= _midnight(wanted.first))
    if wanted.last:
        found.append(_event.c.at < _midnight(wanted.last + timedelta(days=1)))
    return found


def _records_of(person_id: int) -> sa.Select[tuple[int]]:
    """A person under every record of theirs that was merged into this one."""
    led = sa.select(_person.c.id).where(_person.c.id == person_id).cte("led", recursive=True)
    led = led.union_all(sa.select(_subject.c.id).join(led, _subject.c.merged_into_id == led.c.id))
    return sa.select(led.c.id)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)


def _values(session: ReadSession, event_ids: list[int]) -> dict[int, list[ValueRow]]:
    found: dict[int, list[ValueRow]] = defaultdict(list)
    wanted = sa.select(_value.c.event_id, _value.c.field, _value.c.before, _value.c.after)
    for row in session.execute(wanted.where(_value.c.event_id.in_(event_ids)).order_by(_value.c.id)):
        found[row.event_id].append(ValueRow(row.field, row.before, row.after))
    return _with_names(session, found)


def _with_names(session: ReadSession, found: dict[int, list[ValueRow]]) -> dict[int, list[ValueRow]]:
    """Teams and directorates by name instead of by number: one statement, whatever the page speaks of."""
    asked = []
    for field, named in NAMED.items():
        said = [v for values in found.values() for v in values if v.field == field]
        wanted = {int(number) for v in said for number in (v.before, v.after) if number and number.isdigit()}
        asked.append(sa.select(sa.literal(field), named.c.id, named.c.name).where(named.c.id.in_(wanted)))
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for field, number, name in session.execute(sa.union_all(*asked)):
        names[field][str(number)] = name
    for values in found.values():
        values[:] = [_named(v, names[v.field]) for v in values]
    return found


def _named(value: ValueRow, names: dict[str, str]) -> ValueRow:
    return ValueRow(value.field, names.get(value.before or "", value.before), names.get(value.after or "", value.after))


def _row(actor: Actor, row: Any, values: list[ValueRow]) -> AuditRow:
    needed = Permission.MANAGE_PARTNERS if row.subject_kind == PersonKind.PARTNER else Permission.MANAGE_PEOPLE
    return AuditRow(
        id=row.id,
        at=row.at,
        actor=row.actor,
        action=row.action,
        entity=row.entity,
        entity_id=row.entity_id,
        subject_id=row.subject_id,
        subject=row.subject,
        subject_kind=row.subject_kind,
        fields=tuple(f for f in row.fields.split(",") if f),
        rows=row.rows,
        values=tuple(values) if actor.reach(needed).trust else None,
    )
