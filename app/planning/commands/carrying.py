"""What hangs on a directorate goes with it into another: roles, rules of need, targets, cohorts and saved views."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

import sqlalchemy as sa

from app.access.actor import Actor, ScopeKind
from app.accounts.models import RoleGrant
from app.capability.models import NeedRule, SavedView
from app.cohorts.models import CohortDirectorate
from app.kernel import audit
from app.kernel.clock import london_date
from app.kernel.db import WriteSession, table
from app.planning.merging import view_after
from app.planning.models import Target
from app.planning.queries.carried import RoleMove
from app.planning.queries.merging import Merger, RuleMove

_grant, _rule, _for, _target = table(RoleGrant), table(NeedRule), table(CohortDirectorate), table(Target)
Teams = Mapping[int, int]
"""Each team that is closed, and the one that it becomes."""


def carry_roles(session: WriteSession, actor: Actor, moves: Sequence[RoleMove], teams: Teams, now: datetime) -> None:
    """A role in the directorate is one in each of the teams that it had, so that nobody's reach grows by a directorate.

    The role that they had stays, for the days before: there is nobody else in its place any more.
    """
    today = london_date(now)
    for move in moves:
        for team_id in _places(move.team_id, teams):
            if not _has(session, move, team_id, today):
                _grant_in(session, actor, move, team_id, max(today, move.starts_on), now)


def _places(team_id: int, teams: Teams) -> Iterator[int]:
    yield from [teams[team_id]] if team_id else dict.fromkeys(teams.values())


def _has(session: WriteSession, move: RoleMove, team_id: int, today: date) -> bool:
    g = _grant.c
    same = sa.select(g.id).where(
        g.person_id == move.person_id,
        g.role == move.role,
        g.scope_kind == ScopeKind.TEAM,
        g.scope_id == team_id,
        g.starts_on <= max(today, move.starts_on),
        sa.or_(g.ends_on.is_(None), sa.false() if move.ends_on is None else g.ends_on >= move.ends_on),
    )
    return session.execute(same.limit(1)).first() is not None


def _grant_in(
    session: WriteSession, actor: Actor, move: RoleMove, team_id: int, starts_on: date, now: datetime
) -> None:
    grant = RoleGrant(
        person_id=move.person_id,
        role=move.role,
        scope_kind=ScopeKind.TEAM,
        scope_id=team_id,
        starts_on=starts_on,
        ends_on=move.ends_on,
        granted_by_id=actor.person_id,
        granted_at=now,
    )
    session.add(grant)
    session.flush()
    given = ("role", "scope")
    audit.record(session, actor, "grant role", "role_grant", grant.id, now=now, subject_id=move.person_id, fields=given)


def carry_rules(session: WriteSession, actor: Actor, moves: Sequence[RuleMove], teams: Teams, now: datetime) -> None:
    """A rule of the directorate goes on in each of the teams that it had: it asks the same people, by the same days."""
    for move in moves:
        before = session.get(NeedRule, move.rule_id)
        assert before is not None
        before.ended_at, before.ended_by_id = now, actor.person_id
        audit.record(session, actor, "end need rule", "need_rule", before.id, now=now, fields=("ended_at",))
        for team_id in _places(move.team_id, teams):
            same = {name: getattr(before, name) for name in _SAME}
            starts_on = max(london_date(now), before.starts_on)
            after = NeedRule(
                **same,
                team_id=team_id,
                follows_id=before.id,
                starts_on=starts_on,
                made_by_id=actor.person_id,
                made_at=now,
            )
            session.add(after)
            session.flush()
            said = ("name", "tier", "why")
            audit.record(session, actor, "begin need rule", "need_rule", after.id, now=now, fields=said)


_SAME = (
    "name", "tier", "staff_groups", "job_roles", "bands", "band_from", "manages", "joined_within", "counted", "due",
    "many", "unit", "why", "ends_on",
)  # fmt: skip


def carry_targets(session: WriteSession, actor: Actor, shown: Merger, now: datetime) -> None:
    """One target in the place of two, for this year and those to come. The years before say what they said."""
    for move in shown.targets:
        session.execute(sa.update(_target).where(_target.c.id.in_(move.ends)).values(superseded_at=now))
        for target_id in move.ends:
            audit.record(session, actor, "end target", "target", target_id, now=now, fields=("value",))
        if move.after is None:
            continue
        kind, value = move.after
        made = Target(
            directorate_id=shown.into.id,
            tier=move.tier,
            year=move.year,
            kind=kind,
            value=value,
            staff_group=move.staff_group,
            reason=f"{shown.gone.name} became part of {shown.into.name}",
            set_by_id=actor.person_id,
            set_at=now,
        )
        session.add(made)
        session.flush()
        audit.record(session, actor, "set target", "target", made.id, now=now, fields=("kind", "value", "reason"))


def carry_cohorts(session: WriteSession, actor: Actor, shown: Merger, now: datetime) -> None:
    """Places that are kept for the one are kept for the other."""
    for move in shown.cohorts:
        kept = _for.c.cohort_id == move.cohort_id
        session.execute(sa.delete(_for).where(kept, _for.c.directorate_id.in_((shown.gone.id, shown.into.id))))
        session.add(CohortDirectorate(cohort_id=move.cohort_id, directorate_id=shown.into.id, places=move.places))
        audit.record(session, actor, "change cohort", "cohort", move.cohort_id, now=now, fields=("directorates",))


def carry_views(session: WriteSession, actor: Actor, shown: Merger, teams: Teams, now: datetime) -> None:
    """Whoever kept a view of the directorate or a team of it goes on seeing the same people."""
    for view_id in shown.views:
        view = session.get(SavedView, view_id)
        assert view is not None
        view.query = view_after(view.query, shown.gone.id, shown.into.id, teams)
        audit.record(session, actor, "save view", "saved_view", view_id, now=now, fields=("query",))
