"""Rules of need: those in force, and those that an actor may see, with the words for them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor, Reach
from app.access.permissions import Permission
from app.capability.models import NeedRule, Requirement
from app.capability.need_rules import By, Conditions, DueFrom, Rule, Unit
from app.capability.queries.reaching import holders
from app.capability.queries.standings import matrix_tiers
from app.capability.rule_wording import rule_words
from app.curriculum.models import Tier
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.organisation.models import Directorate, Employment, Person, Team
from app.organisation.queries import people_condition
from app.organisation.rules import holds_on

_rule, _requirement, _tier = table(NeedRule), table(Requirement), table(Tier)
_directorate, _team, _person, _employment = table(Directorate), table(Team), table(Person), table(Employment)
_home, _maker, _ender = _directorate.alias("home"), _person.alias("maker"), _person.alias("ender")
_asked = _requirement.join(_employment, _employment.c.person_id == _requirement.c.person_id).join(
    _team, _team.c.id == _employment.c.team_id
)


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule as it was made, the names in it, and who ended it when."""

    id: int
    name: str
    tier: str
    tier_title: str
    directorate_id: int | None
    team_id: int | None
    directorate: str
    team: str
    conditions: Conditions
    by: By
    why: str
    starts_on: date
    ends_on: date | None
    follows_id: int | None
    made_by: str
    made_at: datetime
    ended_by: str
    ended_at: datetime | None
    closes_on: date | None
    """The first day on which the team or directorate is no more: from then on it asks nobody."""

    def holds_on(self, day: date) -> bool:
        return self.ended_at is None and holds_on(self.starts_on, self.ends_on, day)

    def is_over(self, day: date) -> bool:
        return self.ended_at is not None or (self.ends_on is not None and self.ends_on <= day)

    @property
    def said(self) -> str:
        return rule_words(self.name, self.directorate, self.team)


_ROWS = (
    sa.select(
        _rule,
        _tier.c.title.label("tier_title"),
        sa.func.coalesce(_directorate.c.name, _home.c.name, "").label("directorate"),
        sa.func.coalesce(_team.c.name, "").label("team"),
        _maker.c.name.label("made_by"),
        sa.func.coalesce(_ender.c.name, "").label("ended_by"),
        _team.c.directorate_id.label("home_id"),
        sa.func.coalesce(_team.c.ends_on, _home.c.ends_on, _directorate.c.ends_on).label("closes_on"),
    )
    .join(_tier, _tier.c.slug == _rule.c.tier)
    .join(_maker, _maker.c.id == _rule.c.made_by_id)
    .outerjoin(_ender, _ender.c.id == _rule.c.ended_by_id)
    .outerjoin(_directorate, _directorate.c.id == _rule.c.directorate_id)
    .outerjoin(_team, _team.c.id == _rule.c.team_id)
    .outerjoin(_home, _home.c.id == _team.c.directorate_id)
    .order_by(_rule.c.id.desc())
)


def _row(row: sa.Row[Any]) -> RuleRow:
    conditions = Conditions(
        tuple(row.staff_groups), tuple(row.job_roles), tuple(row.bands), row.band_from, row.manages, row.joined_within
    )
    return RuleRow(
        id=row.id,
        name=row.name,
        tier=row.tier,
        tier_title=row.tier_title,
        directorate_id=row.directorate_id,
        team_id=row.team_id,
        directorate=row.directorate,
        team=row.team,
        conditions=conditions,
        by=By(DueFrom(row.counted), row.due, row.many, Unit(row.unit)),
        why=row.why,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        follows_id=row.follows_id,
        made_by=row.made_by,
        made_at=row.made_at,
        ended_by=row.ended_by,
        ended_at=row.ended_at,
        closes_on=row.closes_on,
    )


def as_rules(rows: Iterable[RuleRow], every: Iterable[RuleRow]) -> tuple[Rule, ...]:
    """These as the pure rules know them. `every` are all there ever were: among them those that each followed."""
    before = {row.id: row.follows_id for row in every}
    return tuple(
        Rule(
            id=row.id,
            tier=row.tier,
            directorate_id=row.directorate_id,
            team_id=row.team_id,
            conditions=row.conditions,
            by=row.by,
            began_on=max(row.starts_on, london_date(row.made_at)),
            why=row.why,
            said=row.said,
            line=line_of(row.id, before),
        )
        for row in rows
    )


def line_of(rule_id: int, before: dict[int, int | None]) -> frozenset[int]:
    """A rule and all those in whose place it came, one after the other."""
    line: set[int] = set()
    follows: int | None = rule_id
    while follows is not None and follows not in line:
        line.add(follows)
        follows = before.get(follows)
    return frozenset(line)


def every_rule(session: ReadSession) -> list[RuleRow]:
    """All there ever were, newest first. One statement."""
    return [_row(row) for row in session.execute(_ROWS)]


def rules_in_force(session: ReadSession, today: date) -> tuple[Rule, ...]:
    """What is asked of whom today, of the levels that the grid shows."""
    every = every_rule(session)
    if not every:
        return ()
    shown = {t.slug for t in matrix_tiers(session)}
    return as_rules([r for r in every if r.holds_on(today) and r.tier in shown], every)


def rules_seen(session: ReadSession, actor: Actor) -> list[RuleRow]:
    """The rules that ask something in the actor's reach: of their teams, of the directorates of these, of the trust."""
    reach = actor.reach(Permission.SEE_CAPABILITY)
    return [_row(row) for row in session.execute(_ROWS.where(_asks_within(reach)))]


def _asks_within(reach: Reach) -> sa.ColumnElement[bool]:
    if reach.trust:
        return sa.true()
    homes = sa.select(_team.c.directorate_id).where(_team.c.id.in_(reach.teams)).scalar_subquery()
    mine = sa.or_(_rule.c.directorate_id.in_(reach.directorates), _team.c.directorate_id.in_(reach.directorates))
    trusts = sa.and_(_rule.c.directorate_id.is_(None), _rule.c.team_id.is_(None))
    return sa.or_(trusts, mine, _rule.c.team_id.in_(reach.teams), _rule.c.directorate_id.in_(homes))


def rule_seen(session: ReadSession, actor: Actor, rule_id: int) -> RuleRow:
    """One of them. Raises NotFoundError for one that is missing or asks nothing there."""
    reach = actor.reach(Permission.SEE_CAPABILITY)
    row = session.execute(_ROWS.where(_rule.c.id == rule_id, _asks_within(reach))).first()
    if row is None:
        raise NotFoundError("rule")
    return _row(row)


@dataclass(frozen=True, slots=True)
class AskedRow:
    """Somebody of whom a rule asks its level today, in reach."""

    person_id: int
    list_name: str
    team: str
    due: date | None
    since: datetime


def asked_by(session: ReadSession, actor: Actor, rule: RuleRow, today: date) -> list[AskedRow]:
    """Whom a rule asks for its level now, by team and name, in the actor's reach: nobody once it is over."""
    if rule.is_over(today):
        return []
    r = _requirement.c
    rows = session.execute(
        sa.select(_person.c.id, _person.c.list_name, _team.c.name, r.due, r.decided_at)
        .select_from(_asked.join(_person, _person.c.id == r.person_id))
        .where(
            r.rule_id == rule.id, r.superseded_at.is_(None), people_condition(actor, Permission.SEE_CAPABILITY, today)
        )
        .order_by(_team.c.name, _person.c.sort_key, _person.c.id)
    )
    asked = sa.select(r.person_id).where(r.rule_id == rule.id, r.superseded_at.is_(None))
    held = holders(session, asked, today)
    return [AskedRow(*row) for row in rows if (row[0], rule.tier) not in held]


def counts_by_rule(session: ReadSession, actor: Actor, today: date) -> Counter[int]:
    """Of how many people each rule asks something now, in the actor's reach: not of those who hold the level."""
    r = _requirement.c
    ruled = sa.and_(r.rule_id.is_not(None), r.superseded_at.is_(None))
    rows = session.execute(
        sa.select(r.rule_id, r.person_id, r.tier)
        .select_from(_asked)
        .where(ruled, people_condition(actor, Permission.SEE_CAPABILITY, today))
    )
    held = holders(session, sa.select(r.person_id).where(ruled), today)
    return Counter(rule_id for rule_id, *key in rows if tuple(key) not in held)
