"""A mail to HR about each import: counts and where to look, never names."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import ScopeKind
from app.access.permissions import Role
from app.accounts.models import RoleGrant
from app.intake.models import StaffImport
from app.intake.rules.lines import DONE
from app.kernel import outbox
from app.kernel.clock import london_date
from app.kernel.config import Settings
from app.kernel.db import ReadSession, WriteSession, table
from app.organisation.models import Person

_import, _grant, _person = table(StaffImport), table(RoleGrant), table(Person)
ADDRESS = "/staff-record/imports/{}"


def tell_hr(session: WriteSession, settings: Settings, now: datetime) -> int:
    """Send HR of the whole trust, and whoever applied it, a mail about each import of which they were not told yet."""
    told = session.scalars(sa.select(StaffImport).where(~_import.c.told).order_by(_import.c.id)).all()
    for record in told:
        for person_id, address in _readers(session, record.applied_by_id, now):
            outbox.post(
                session,
                key=f"staff-import:{record.id}:{person_id}",
                person_id=person_id,
                to_address=address,
                subject=f"The staff record was brought in: {record.file_name}",
                body=_body(settings, record),
                now=now,
            )
        record.told = True
    return len(told)


def _readers(session: ReadSession, applied_by_id: int, now: datetime) -> list[tuple[int, str]]:
    today = london_date(now)
    hr = sa.select(_grant.c.person_id).where(
        _grant.c.role == Role.HR,
        _grant.c.scope_kind == ScopeKind.TRUST,
        _grant.c.starts_on <= today,
        sa.or_(_grant.c.ends_on.is_(None), _grant.c.ends_on > today),
    )
    wanted = sa.select(_person.c.id, _person.c.email).where(
        sa.or_(_person.c.id.in_(hr), _person.c.id == applied_by_id), _person.c.email.is_not(None)
    )
    return [(row.id, row.email) for row in session.execute(wanted.order_by(_person.c.id))]


def _body(settings: Settings, record: StaffImport) -> str:
    counts: Mapping[str, int] = record.counts
    lines = [f"{count:,} {words[count != 1]}" for kind, words in DONE.items() if (count := counts.get(kind, 0))]
    lines.append(f"{counts.get('unchanged', 0):,} stayed as they were")
    if errors := counts.get("errors", 0):
        lines.append(
            "1 error: that row was not taken" if errors == 1 else f"{errors:,} errors: what they say was not taken"
        )
    listed = "\n".join(f"- {line}" for line in lines)
    where = settings.origin + ADDRESS.format(record.id)
    return (
        f"The staff file {record.file_name} was applied on {london_date(record.applied_at):%-d %B %Y}.\n\n{listed}\n\n"
        f"What happened to whom, and which rows were not taken: {where}\n"
    )
