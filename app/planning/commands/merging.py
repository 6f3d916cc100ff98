"""A directorate becomes part of another: its teams, people, roles, rules, targets and cohorts go there as one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.capability.commands import run_rules
from app.capability.models import NeedRule
from app.kernel import audit
from app.kernel.audit import AuditEvent
from app.kernel.bulk import hold, new_ids, write_many
from app.kernel.clock import london_date
from app.kernel.db import WriteSession, table
from app.kernel.errors import StaleError
from app.organisation.commands.posts import staff_data_changed
from app.organisation.models import Directorate, Employment, Team
from app.organisation.queries import open_on
from app.planning.commands.carrying import carry_cohorts, carry_roles, carry_rules, carry_targets, carry_views
from app.planning.queries.merging import Merger, merger

_employment, _team, _directorate = table(Employment), table(Team), table(Directorate)
AT_ONCE = 500
"""So many people are asked anew by the rules while whoever merges waits; more are left to the worker's next round."""
_POST = tuple(_employment.c.keys())
_EVENT = ("at", "actor_id", "action", "entity", "entity_id", "subject_id", "fields")
STALE = "Something has changed since this preview: look at it again, and then merge."


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeDirectorates:
    """From `on` the directorate is no more, and its people work in the other. `mark` is that of the preview."""

    directorate_id: int
    into_id: int
    on: date
    mark: str = ""


def merge_directorates(session: WriteSession, actor: Actor, command: MergeDirectorates, now: datetime) -> Merger:
    """Do what the preview showed. What was done before stays where it then was.

    Raises NotFoundError and BadInputError as the preview does, and StaleError when it would be another by now.
    """
    hold(session, Team, Employment, NeedRule)
    today = london_date(now)
    shown = merger(session, actor, command.directorate_id, command.into_id, command.on, today)
    if shown.mark != command.mark:
        raise StaleError(STALE)
    teams = _move_teams(session, actor, shown, now)
    people = _move_people(session, actor, shown.on, teams, now)
    _close(session, actor, shown, now)
    carry_roles(session, actor, shown.roles, teams, now)
    carry_rules(session, actor, shown.rules, teams, now)
    carry_targets(session, actor, shown, now)
    carry_cohorts(session, actor, shown, now)
    carry_views(session, actor, shown, teams, now)
    staff_data_changed(session, now)
    session.flush()
    if len(people) <= AT_ONCE:
        run_rules(session, actor, people, now)
    return shown


def _move_teams(session: WriteSession, actor: Actor, shown: Merger, now: datetime) -> dict[int, int]:
    """Close each team into the one that it becomes, opened where there is none of its name. Old id → new id."""
    became: dict[int, int] = {}
    for move in shown.teams:
        into_id = move.into_id
        if not into_id:
            opened = Team(directorate_id=shown.into.id, name=move.into_name, starts_on=shown.on, site=move.site)
            session.add(opened)
            session.flush()
            into_id = opened.id
            named: dict[str, tuple[str | None, str | None]] = {"name": (None, move.into_name)}
            audit.record(session, actor, "open team", "team", into_id, now=now, changed=named)
        session.execute(
            sa.update(_team).where(_team.c.id == move.team_id).values(ends_on=shown.on, successor_id=into_id)
        )
        ended: dict[str, tuple[str | None, str | None]] = {"ends_on": (None, shown.on.isoformat())}
        audit.record(
            session, actor, "close team", "team", move.team_id, now=now, changed=ended, fields=("successor_id",)
        )
        became[move.team_id] = into_id
    return became


def _move_people(session: WriteSession, actor: Actor, on: date, teams: Mapping[int, int], now: datetime) -> set[int]:
    """Each post that is held there ends, and goes on in the other team as it was, with its manager.

    A post that begins on the day or later begins in the other team.
    """
    e = _employment.c
    held = session.execute(
        sa.select(*(e[name] for name in _POST))
        .where(e.team_id.in_(teams), open_on(_employment, on), e.starts_on < on)
        .order_by(e.id)
    ).all()
    write_many(session, Employment, ("id", "ends_on"), [(post.id, on) for post in held], "id")
    ids = new_ids(session, Employment, len(held))
    begun = [
        tuple(
            (dict(zip(_POST, post, strict=True)) | {"id": at, "team_id": teams[post.team_id], "starts_on": on}).values()
        )
        for at, post in zip(ids, held, strict=True)
    ]
    write_many(session, Employment, _POST, begun)
    events = [
        (now, actor.person_id, "move", "employment", at, post.person_id, "team_id,starts_on")
        for at, post in zip(ids, held, strict=True)
    ]
    write_many(session, AuditEvent, _EVENT, events)
    later = session.execute(
        sa.select(e.id, e.person_id, e.team_id).where(e.team_id.in_(teams), e.starts_on >= on)
    ).all()
    write_many(session, Employment, ("id", "team_id"), [(post.id, teams[post.team_id]) for post in later], "id")
    put = [(now, actor.person_id, "move", "employment", post.id, post.person_id, "team_id") for post in later]
    write_many(session, AuditEvent, _EVENT, put)
    return {post.person_id for post in (*held, *later)}


def _close(session: WriteSession, actor: Actor, shown: Merger, now: datetime) -> None:
    gone = shown.gone
    session.execute(
        sa.update(_directorate).where(_directorate.c.id == gone.id).values(ends_on=shown.on, successor_id=shown.into.id)
    )
    changed: dict[str, tuple[str | None, str | None]] = {
        "ends_on": (None, shown.on.isoformat()),
        "successor_id": (None, shown.into.name),
    }
    audit.record(session, actor, "merge directorate", "directorate", gone.id, now=now, changed=changed)
