"""A person moves: one post ends, another begins on the same day, and the past counts where it was."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.kernel import audit
from app.kernel.clock import london_date
from app.kernel.db import WriteSession, table
from app.kernel.errors import BadInputError, NotFoundError, RuleBrokenError
from app.organisation.commands.posts import Post, is_staff_beside, place, staff_data_changed
from app.organisation.models import Employment
from app.organisation.queries import TeamRow, open_on, person_record, team_in_reach
from app.organisation.rules import holds_on

_employment = table(Employment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """From `on` a person works in another team, or in another job. What is None stays as it was.

    A manager is kept only within the same team: a new team's manager is not guessed.
    """

    person_id: int
    team_id: int
    on: date
    job_role: str | None = None
    band: str | None = None
    staff_group: str | None = None
    manager_id: int | None = None


def move(session: WriteSession, actor: Actor, command: Move, now: datetime) -> Employment:
    """Raises NotFoundError unless the actor manages the person today, and BadInputError by field."""
    person_record(session, actor, Permission.MANAGE_PEOPLE, command.person_id, london_date(now))
    current = session.scalar(
        sa.select(Employment).where(
            _employment.c.person_id == command.person_id, _employment.c.is_primary, open_on(_employment, command.on)
        )
    )
    if current is None or current.starts_on == command.on:
        raise RuleBrokenError("They hold no post on the day before. Choose a day within their present post.")
    return _move(session, actor, current, command, _target(session, actor, command), now)


def carry_over(
    session: WriteSession, actor: Actor, current: Employment, into: TeamRow, on: date, now: datetime
) -> None:
    """Move one person of a team that closes into the team that succeeds it."""
    _move(session, actor, current, Move(person_id=current.person_id, team_id=into.id, on=on), into, now)


def _target(session: WriteSession, actor: Actor, command: Move) -> TeamRow:
    try:
        team = team_in_reach(session, actor, Permission.MANAGE_PEOPLE, command.team_id)
    except NotFoundError:
        raise BadInputError({"team_id": "Choose a team"}) from None
    if not holds_on(team.starts_on, team.ends_on, command.on):
        raise BadInputError({"team_id": f"{team.name} is not open on that day. Choose another team or day"})
    if command.manager_id is not None and not is_staff_beside(session, command.manager_id, command.person_id):
        raise BadInputError({"manager_id": "Choose another member of staff as the manager"})
    return team


def _move(
    session: WriteSession, actor: Actor, current: Employment, command: Move, team: TeamRow, now: datetime
) -> Employment:
    before = current.team_id
    post = Post(
        basis=current.basis,
        employee_number=current.employee_number,
        assignment_number=current.assignment_number,
        team_id=team.id,
        manager_id=command.manager_id or (current.manager_id if team.id == before else None),
        sponsor_id=current.sponsor_id,
        staff_group=command.staff_group or current.staff_group,
        job_role=command.job_role or current.job_role,
        band=current.band if command.band is None else command.band,
        pattern=current.pattern,
        starts_on=command.on,
        ends_on=current.ends_on,
    )
    current.ends_on = command.on
    session.flush()
    begun = place(session, command.person_id, post)
    changed = {"team_id": (str(before), str(team.id)), "starts_on": (None, command.on.isoformat())}
    if begun.job_role != current.job_role:
        changed["job_role"] = (current.job_role, begun.job_role)
    audit.record(session, actor, "move", "employment", begun.id, now=now, subject_id=command.person_id, changed=changed)
    staff_data_changed(session, now)
    return begun
