"""A lead begins a rule of need, in another's place or anew, and ends one. What is saved is what the preview showed."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.capability.commands.deciding import hold_still
from app.capability.commands.enrolling import place
from app.capability.commands.rule_checks import BeginRule, checked, ending
from app.capability.commands.running import apply_effects, hold_rules
from app.capability.models import NeedRule
from app.capability.need_rules import MOST_AT_ONCE, DueFrom, Rule
from app.capability.queries.enrolling import asked_after, placing
from app.capability.queries.reaching import these, worked_out
from app.capability.queries.ruling import RuleRow, every_rule, line_of, rules_in_force
from app.capability.queries.touched import Place, Preview, preview
from app.capability.rule_wording import rule_words
from app.kernel import audit
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, WriteSession, table
from app.kernel.errors import RuleBrokenError, StaleError
from app.kernel.names import tidy
from app.organisation.models import Directorate, Team

_rule = table(NeedRule)
PROPOSED = 2**31
"""The id of a rule that is not saved yet: of two that ask by the same day, the older one keeps what it asked."""
STALE = "Something has changed since this preview: look at it again, and then save."


@dataclass(frozen=True, slots=True, kw_only=True)
class EndRule:
    rule_id: int
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of it: so many needs changed at once, or will when the worker comes to them."""

    rule_id: int
    changes: int
    later: bool


def previewed(
    session: ReadSession, actor: Actor, command: BeginRule, now: datetime, *, named: bool = True
) -> tuple[Rule, Preview]:
    """What the rule would do. Raises BadInputError by field, and NotFoundError for a place or rule out of reach."""
    follows = checked(session, actor, command, london_date(now))
    rule = _proposed(session, command, now)
    rules, place = rules_in_force(session, london_date(now)), Place(command.directorate_id, command.team_id)
    return rule, preview(session, rule, follows.id if follows else None, rules, place, now, named=named)


def previewed_end(
    session: ReadSession, actor: Actor, rule_id: int, now: datetime, *, named: bool = True
) -> tuple[RuleRow, Preview]:
    """What ending the rule would do. Raises NotFoundError out of reach, RuleBrokenError when it is over."""
    row = ending(session, actor, rule_id, london_date(now))
    rules, place = rules_in_force(session, london_date(now)), Place(row.directorate_id, row.team_id)
    return row, preview(session, None, rule_id, rules, place, now, named=named)


def begin_rule(session: WriteSession, actor: Actor, command: BeginRule, now: datetime) -> Ran:
    """Save what the preview showed, and set what it asks. Raises StaleError when that is something else by now.

    A rule that begins on a later day sets nothing before. More needs than MOST_AT_ONCE are left to the worker.
    """
    hold_rules(session)
    _, shown = previewed(session, actor, command, now, named=False)
    if shown.mark != command.mark:
        raise StaleError(STALE)
    if command.follows_id is not None:
        _end(session, actor, command.follows_id, now)
    row = _write(session, actor, command, now)
    audit.record(session, actor, "begin need rule", "need_rule", row.id, now=now, fields=("name", "tier", "why"))
    if command.starts_on > london_date(now):
        return Ran(row.id, 0, later=False)
    return Ran(row.id, *_carry_out(session, actor, shown, now))


def end_rule(session: WriteSession, actor: Actor, command: EndRule, now: datetime) -> Ran:
    """End it today: what it asked and nobody completed is withdrawn, or passes to another rule that asks it too."""
    hold_rules(session)
    _, shown = previewed_end(session, actor, command.rule_id, now, named=False)
    if shown.mark != command.mark:
        raise StaleError(STALE)
    _end(session, actor, command.rule_id, now)
    return Ran(command.rule_id, *_carry_out(session, actor, shown, now))


def _carry_out(session: WriteSession, actor: Actor, shown: Preview, now: datetime) -> tuple[int, bool]:
    if len(shown.effects) > MOST_AT_ONCE:
        return len(shown.effects), True
    session.flush()
    people, today = {e.person_id for e in shown.effects}, london_date(now)
    hold_still(session, people)
    concerned = {(e.person_id, e.tier) for e in shown.effects}
    rules = rules_in_force(session, today)
    found = [e for e in worked_out(session, these(people), rules, today) if (e.person_id, e.tier) in concerned]
    if {(e.person_id, e.tier, e.ends, e.due) for e in found} != {
        (e.person_id, e.tier, e.ends, e.due) for e in shown.effects
    }:
        raise StaleError(STALE)
    places = placing(session, these(people), today, asked_after(found))
    if sorted(places) != sorted(shown.places):
        raise StaleError(STALE)
    apply_effects(session, actor, found, now)
    place(session, actor, places, now)
    return len(found), False


def _proposed(session: ReadSession, command: BeginRule, now: datetime) -> Rule:
    before = {row.id: row.follows_id for row in every_rule(session)} | {PROPOSED: command.follows_id}
    directorate, team = table(Directorate).c, table(Team).c
    home = session.execute(
        sa.select(team.name, directorate.name)
        .join(table(Directorate), directorate.id == team.directorate_id)
        .where(team.id == command.team_id)
    ).first()
    name = session.scalar(sa.select(directorate.name).where(directorate.id == command.directorate_id))
    return Rule(
        id=PROPOSED,
        tier=command.tier,
        directorate_id=command.directorate_id,
        team_id=command.team_id,
        conditions=command.conditions,
        by=command.by,
        began_on=max(command.starts_on, london_date(now)),
        why=tidy(command.why),
        said=rule_words(tidy(command.name), home[1] if home else name or "", home[0] if home else ""),
        line=line_of(PROPOSED, before),
    )


def _write(session: WriteSession, actor: Actor, command: BeginRule, now: datetime) -> NeedRule:
    c, by = command.conditions, command.by
    dated = by.counted is DueFrom.DATE
    row = NeedRule(
        name=tidy(command.name),
        tier=command.tier,
        directorate_id=command.directorate_id,
        team_id=command.team_id,
        staff_groups=list(c.staff_groups),
        job_roles=list(c.job_roles),
        bands=list(c.bands),
        band_from=c.band_from,
        manages=c.manages,
        joined_within=c.joined_within,
        counted=by.counted,
        due=by.on if dated else None,
        many=0 if dated else by.many,
        unit=by.unit,
        why=tidy(command.why),
        starts_on=command.starts_on,
        ends_on=command.ends_on,
        follows_id=command.follows_id,
        made_by_id=actor.person_id,
        made_at=now,
    )
    session.add(row)
    session.flush()
    return row


def _end(session: WriteSession, actor: Actor, rule_id: int, now: datetime) -> None:
    ended = session.execute(
        sa.update(_rule)
        .where(_rule.c.id == rule_id, _rule.c.ended_at.is_(None))
        .values(ended_at=now, ended_by_id=actor.person_id)
    )
    if not ended.rowcount:  # type: ignore[attr-defined]
        raise RuleBrokenError("This rule has ended already.")
    audit.record(session, actor, "end need rule", "need_rule", rule_id, now=now, fields=("ended_at",))
