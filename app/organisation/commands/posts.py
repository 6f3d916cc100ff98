"""One post: what must be true of it before it is written."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.access.actor import Actor, PersonKind
from app.access.permissions import Permission
from app.kernel.db import ReadSession, WriteSession, table
from app.kernel.errors import BadInputError, NotFoundError, RuleBrokenError
from app.kernel.names import tidy
from app.organisation.models import Employment, Person, Trust
from app.organisation.queries import in_post, team_in_reach
from app.organisation.rules import BASIS_NAMES, Basis, holds_on, needs_sponsor, overlap

_person = table(Person)
_employment = table(Employment)
_trust = table(Trust)

FOREVER = date.max


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What a person does here over [starts_on, ends_on)."""

    basis: Basis = Basis.EMPLOYED
    employee_number: str | None = None
    assignment_number: str | None = None
    team_id: int
    manager_id: int | None = None
    sponsor_id: int | None = None
    staff_group: str
    job_role: str
    band: str = ""
    pattern: str = ""
    starts_on: date
    ends_on: date | None = None


def check_post(session: ReadSession, actor: Actor, post: Post, person_id: int | None = None) -> None:
    """Raise BadInputError with every field that cannot be, or RuleBrokenError for a second primary post."""
    errors = _wrong_dates(post) | _wrong_footing(post)
    errors |= _wrong_team(session, actor, post) | _wrong_people(session, post, person_id)
    if post.employee_number and _number_taken(session, post, person_id):
        errors["employee_number"] = "Somebody else has this employee number. Check it"
    for field, label in (("staff_group", "a staff group"), ("job_role", "a job role")):
        if not getattr(post, field).strip():
            errors[field] = f"Enter {label}"
    if errors:
        raise BadInputError(errors)
    if person_id is not None:
        _refuse_second_primary(session, person_id, post.starts_on, post.ends_on)


def place(session: WriteSession, person_id: int, post: Post) -> Employment:
    """Write the post. Check it first."""
    employment = Employment(
        person_id=person_id,
        basis=post.basis,
        employee_number=_text_or_none(post.employee_number),
        assignment_number=_text_or_none(post.assignment_number),
        team_id=post.team_id,
        manager_id=post.manager_id,
        sponsor_id=post.sponsor_id,
        staff_group=tidy(post.staff_group),
        job_role=tidy(post.job_role),
        band=tidy(post.band),
        pattern=tidy(post.pattern),
        is_primary=True,
        starts_on=post.starts_on,
        ends_on=post.ends_on,
    )
    session.add(employment)
    session.flush()
    return employment


def staff_data_changed(session: WriteSession, now: datetime, source: str = "Entered on this site") -> None:
    """Note when staff data last changed, which HR's first screen says."""
    older = sa.or_(_trust.c.staff_data_at.is_(None), _trust.c.staff_data_at < now)
    session.execute(sa.update(_trust).where(older).values(staff_data_at=now, staff_data_source=source))


def _text_or_none(text: str | None) -> str | None:
    return tidy(text) or None if text else None


def _wrong_dates(post: Post) -> dict[str, str]:
    if post.ends_on is not None and post.ends_on <= post.starts_on:
        return {"ends_on": "The last day must not be before the first day"}
    return {}


def _wrong_footing(post: Post) -> dict[str, str]:
    errors = {}
    what = BASIS_NAMES[post.basis].lower()
    if not needs_sponsor(post.basis):
        return {} if _text_or_none(post.employee_number) else {"employee_number": "Enter an employee number"}
    if post.sponsor_id is None:
        errors["sponsor_id"] = f"Choose a sponsor: somebody who works here and answers for this {what} post"
    if post.ends_on is None:
        errors["ends_on"] = f"Enter a last day: a {what} post has an end"
    return errors


def _wrong_team(session: ReadSession, actor: Actor, post: Post) -> dict[str, str]:
    try:
        team = team_in_reach(session, actor, Permission.MANAGE_PEOPLE, post.team_id)
    except NotFoundError:
        return {"team_id": "Choose a team"}
    if holds_on(team.starts_on, team.ends_on, post.starts_on):
        return {}
    return {"team_id": f"{team.name} is not open on the first day. Choose another team or day"}


def _wrong_people(session: ReadSession, post: Post, person_id: int | None) -> dict[str, str]:
    errors = {}
    if post.sponsor_id is not None and (
        post.sponsor_id == person_id or not in_post(session, post.sponsor_id, post.starts_on)
    ):
        errors["sponsor_id"] = "Choose a sponsor who works here on the first day"
    if post.manager_id is not None and not is_staff_beside(session, post.manager_id, person_id):
        errors["manager_id"] = "Choose another member of staff as the manager"
    return errors


def is_staff_beside(session: ReadSession, other_id: int, person_id: int | None) -> bool:
    """Whether the other is a member of staff, and not the person themselves."""
    kind = session.scalar(sa.select(_person.c.kind).where(_person.c.id == other_id))
    return kind is PersonKind.STAFF and other_id != person_id


def _number_taken(session: ReadSession, post: Post, person_id: int | None) -> bool:
    same = sa.select(_employment.c.id).where(
        _employment.c.employee_number == _text_or_none(post.employee_number),
        _employment.c.person_id != (person_id or 0),
        _employment.c.starts_on < (post.ends_on or FOREVER),
        sa.or_(_employment.c.ends_on.is_(None), _employment.c.ends_on > post.starts_on),
    )
    return session.execute(same).first() is not None


def _refuse_second_primary(session: ReadSession, person_id: int, starts_on: date, ends_on: date | None) -> None:
    held = session.execute(
        sa.select(_employment.c.starts_on, _employment.c.ends_on).where(
            _employment.c.person_id == person_id, _employment.c.is_primary
        )
    )
    for post in held:
        if overlap((post.starts_on, post.ends_on), (starts_on, ends_on)):
            raise RuleBrokenError(
                f"They already have a main post that began on {post.starts_on:%-d %B %Y}. End it or move them instead."
            )
