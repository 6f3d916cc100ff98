"""Whom rules reach, and what they change: everything that a run must know of some people, in six statements."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.access.actor import PersonKind
from app.capability.models import Requirement
from app.capability.need_rules import Effect, Open, Post, Rule, due_on, effect, joined, touches
from app.capability.queries.begun import People
from app.capability.rules import Need, NeedSource
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, table
from app.learning.models import Award
from app.learning.queries import holdings
from app.organisation.models import Employment, Person, Team
from app.organisation.queries import Leaves, leaves_of, open_on
from app.organisation.rules import away_on

_person, _employment, _team = table(Person), table(Employment), table(Team)
_requirement, _award = table(Requirement), table(Award)

Key = tuple[int, str]


def posts(session: ReadSession, people: People, today: date) -> dict[int, Post]:
    """Where each of these people works today; whoever has no main post today is left out. Two statements."""
    managers = set(
        session.scalars(
            sa.select(_employment.c.manager_id)
            .where(_employment.c.manager_id.in_(people), open_on(_employment, today))
            .distinct()
        )
    )
    e = _employment.c
    rows = session.execute(
        sa.select(
            e.person_id, e.starts_on, e.ends_on, _team.c.directorate_id, e.team_id, e.staff_group, e.job_role, e.band
        )
        .join(_team, _team.c.id == e.team_id)
        .where(e.person_id.in_(people), e.is_primary, e.starts_on <= today)
        .order_by(e.person_id, e.starts_on)
    )
    spells: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    last: dict[int, tuple[int, int, str, str, str]] = {}
    for person_id, starts_on, ends_on, *where in rows:
        spells[person_id].append((starts_on, ends_on))
        if ends_on is None or ends_on > today:
            last[person_id] = tuple(where)
    return {
        person_id: Post(person_id, *where, joined(spells[person_id], today), person_id in managers)
        for person_id, where in last.items()
    }


@dataclass(frozen=True, slots=True)
class Known:
    """What holds for some people, what they hold, and when each rule first reached them."""

    open: Mapping[int, Mapping[str, Open]]
    reached: Mapping[tuple[int, int], date]
    held: frozenset[Key]
    away: frozenset[int]


def known(session: ReadSession, people: People, tiers: Collection[str], today: date, *, only: bool = False) -> Known:
    """Of these levels, and (not `only`) of whatever else a rule asked or somebody waived. Five statements."""
    leaves = leaves_of(session, people, today)
    return Known(
        open=_open(session, people, tiers, only=only),
        reached=_reached(session, people),
        held=_held(session, people, tiers if only else None, today, leaves),
        away=frozenset(person_id for person_id, spells in leaves.items() if away_on(spells, today)),
    )


def _open(
    session: ReadSession, people: People, tiers: Collection[str], *, only: bool
) -> Mapping[int, Mapping[str, Open]]:
    r = _requirement.c
    concerned: sa.ColumnElement[bool] = r.tier.in_(tiers)
    if not only:
        concerned = sa.or_(concerned, r.source == NeedSource.RULE, r.need == Need.WAIVED)
    rows = session.execute(
        sa.select(r.person_id, r.tier, r.id, r.need, r.due, r.source, r.rule_id).where(
            r.person_id.in_(people), r.superseded_at.is_(None), concerned
        )
    )
    found: dict[int, dict[str, Open]] = defaultdict(dict)
    for person_id, tier, *what in rows:
        found[person_id][tier] = Open(*what)
    return found


def _reached(session: ReadSession, people: People) -> dict[tuple[int, int], date]:
    """By person and rule."""
    r = _requirement.c
    rows = session.execute(
        sa.select(r.person_id, r.rule_id, sa.func.min(r.decided_at))
        .where(r.person_id.in_(people), r.rule_id.is_not(None))
        .group_by(r.person_id, r.rule_id)
    )
    return {(person_id, rule_id): london_date(at) for person_id, rule_id, at in rows}


def _held(
    session: ReadSession, people: People, tiers: Collection[str] | None, today: date, leaves: Leaves
) -> frozenset[Key]:
    awarded = sa.select(_award.c.person_id).where(_award.c.person_id.in_(people))
    if tiers is not None:
        awarded = awarded.where(_award.c.tier.in_(tiers))
    return frozenset(
        (person_id, tier)
        for person_id, levels in holdings(session, awarded, today, leaves).items()
        for tier, holding in levels.items()
        if not holding.withdrawn and (holding.valid_until is None or holding.valid_until >= today)
    )


def holders(session: ReadSession, people: People, today: date) -> frozenset[Key]:
    """Who of these people holds which level today: no rule asks them for it. Three statements."""
    return _held(session, people, None, today, leaves_of(session, people, today))


def effects(
    at: Mapping[int, Post], found: Known, rules: Sequence[Rule], people: Collection[int], today: date
) -> list[Effect]:
    """What must change for these people so that what holds is what the rules say, by person and level."""
    by_tier: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        by_tier[rule.tier].append(rule)
    changes: list[Effect] = []
    for person_id in people:
        post, holds = at.get(person_id), found.open.get(person_id, {})
        for tier in sorted(by_tier.keys() | holds.keys()):
            asking = [
                (due_on(rule, post.joined_on, first_reached(found, person_id, rule, today) if asked else today), rule)
                for rule in by_tier.get(tier, ())
                if post
                for asked in (_asked(found, post, rule, holds.get(tier)),)
                if touches(rule, post, today, asked=asked)
            ]
            held = (person_id, tier) in found.held
            if change := effect(person_id, tier, holds.get(tier), asking, today, held=held):
                changes.append(change)
    return changes


def _asked(found: Known, post: Post, rule: Rule, holds: Open | None) -> bool:
    """Whether this rule, or one in whose place it came, asks already, or did before a waiver or a sooner rule."""
    if holds is None:
        return False
    reached = [d for i in rule.line if (d := found.reached.get((post.person_id, i)))]
    waived = holds.need is Need.WAIVED and bool(reached)
    by_another = holds.source is NeedSource.RULE and any(d >= post.joined_on for d in reached)
    return holds.rule_id in rule.line or waived or by_another


def first_reached(found: Known, person_id: int, rule: Rule, today: date) -> date:
    """The day on which the rule, or one in whose place it came, first asked something of somebody; else today."""
    return min((d for i in rule.line if (d := found.reached.get((person_id, i)))), default=today)


def worked_out(session: ReadSession, people: People, rules: Sequence[Rule], today: date) -> list[Effect]:
    """The same for whomever a statement selects."""
    tiers = {rule.tier for rule in rules}
    at, found = posts(session, people, today), known(session, people, tiers, today)
    return effects(at, found, rules, sorted(at.keys() | found.open.keys()), today)


def staff_between(after: int, until: int) -> People:
    """Members of staff by their ids, in (after, until]."""
    return sa.select(_person.c.id).where(
        _person.c.kind == PersonKind.STAFF, _person.c.id > after, _person.c.id <= until
    )


def these(people: Collection[int]) -> People:
    return sa.select(_person.c.id).where(_person.c.id.in_(people))
