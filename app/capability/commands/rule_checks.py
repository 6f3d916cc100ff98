"""What must be true of a rule of need before it is saved, and whose rule may end."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.access.actor import Actor, ScopeKind
from app.access.permissions import Permission
from app.capability.ladder import and_above
from app.capability.models import NeedRule
from app.capability.need_rules import By, Conditions, problems_with
from app.capability.queries.ruling import RuleRow, rule_seen
from app.capability.queries.standings import matrix_tiers
from app.kernel.db import ReadSession, table
from app.kernel.errors import BadInputError, NotFoundError, RuleBrokenError
from app.kernel.names import tidy
from app.organisation.models import Directorate, Team
from app.organisation.queries import open_on, team_in_reach

_rule, _directorate, _team = table(NeedRule), table(Directorate), table(Team)
LONGEST_NAME, LONGEST_WHY, LONGEST_ROLE, LONGEST_BAND = 80, 300, 120, 40
MOST_CHOICES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginRule:
    """`follows_id` is the rule that ends as this one begins. `mark` is that of the preview that was shown."""

    name: str
    tier: str
    directorate_id: int | None
    team_id: int | None
    conditions: Conditions
    by: By
    why: str
    starts_on: date
    ends_on: date | None = None
    follows_id: int | None = None
    mark: str = ""


def may_set(actor: Actor, directorate_id: int | None, team_id: int | None, home_id: int | None) -> bool:
    """Whether the actor decides for the whole of a place; `home_id` is the directorate of a team."""
    reach = actor.reach(Permission.SET_NEED)
    if team_id is not None:
        return reach.covers(ScopeKind.TEAM, team_id, home_id)
    return reach.trust if directorate_id is None else reach.covers(ScopeKind.DIRECTORATE, directorate_id)


def checked(session: ReadSession, actor: Actor, command: BeginRule, today: date) -> RuleRow | None:
    """The rule that it follows. Raises BadInputError with every field that cannot be."""
    _refuse_place(session, actor, command)
    follows = ending(session, actor, command.follows_id, today) if command.follows_id is not None else None
    errors = problems_alone(command, today)
    if command.tier and not any(t.slug == command.tier for t in matrix_tiers(session)):
        errors["tier"] = "Choose a level"
    elif command.tier and follows and follows.tier != command.tier:
        errors["tier"] = "A change keeps the level. For another level, end this rule and set a new one"
    errors |= _problems_with_place(session, command, today)
    errors |= _problems_with_force(command, follows, today)
    if "name" not in errors and _is_taken(session, command, follows, today):
        errors["name"] = "A rule of this name is in force there already. Choose another name, or change that rule"
    if errors:
        raise BadInputError(errors)
    return follows


def problems_alone(command: BeginRule, today: date) -> dict[str, str]:
    """What can be told of a rule without looking anything up, by field."""
    tier = {} if command.tier else {"tier": "Choose a level"}
    errors = problems_with(command.conditions, command.by, today) | _problems_with_words(command) | tier
    return errors | _problems_with_force(command, None, today)


def _refuse_place(session: ReadSession, actor: Actor, command: BeginRule) -> None:
    home_id = None
    if command.team_id is not None:
        home_id = team_in_reach(session, actor, Permission.SET_NEED, command.team_id).directorate_id
    if not may_set(actor, command.directorate_id, command.team_id, home_id):
        raise NotFoundError("place")


def _problems_with_place(session: ReadSession, command: BeginRule, today: date) -> dict[str, str]:
    """Raises NotFoundError for a place that is not there: whoever reaches the whole trust may name any."""
    place = _directorate if command.team_id is None else _team
    place_id = command.directorate_id if command.team_id is None else command.team_id
    if place_id is None:
        return {}
    is_open = session.scalar(sa.select(open_on(place, today)).where(place.c.id == place_id))
    if is_open is None:
        raise NotFoundError("place")
    return {} if is_open else {"place": f"This {place.name} is not open today. Choose another place"}


def may_end(session: ReadSession, actor: Actor, row: RuleRow) -> bool:
    """Whether the actor decides for the whole of the place where the rule holds."""
    home_id = session.scalar(sa.select(_team.c.directorate_id).where(_team.c.id == row.team_id))
    return may_set(actor, row.directorate_id, row.team_id, home_id)


def ending(session: ReadSession, actor: Actor, rule_id: int, today: date) -> RuleRow:
    """A rule that the actor may end. Raises NotFoundError out of reach, RuleBrokenError when it is over."""
    row = rule_seen(session, actor, rule_id)
    if not may_end(session, actor, row):
        raise NotFoundError("rule")
    if row.is_over(today):
        raise RuleBrokenError("This rule has ended already.")
    return row


def _problems_with_words(command: BeginRule) -> dict[str, str]:
    errors, name, why = {}, tidy(command.name), tidy(command.why)
    if not name or len(name) > LONGEST_NAME:
        errors["name"] = f"Enter a name for the rule, of {LONGEST_NAME} characters or fewer"
    if not why or len(why) > LONGEST_WHY:
        errors["why"] = f"Write why it is needed, in {LONGEST_WHY} characters or fewer. Everybody it asks reads this"
    c = command.conditions
    if len(c.staff_groups) > MOST_CHOICES or any(len(g) > LONGEST_NAME for g in c.staff_groups):
        errors["staff_groups"] = "Choose staff groups from the list"
    if len(c.bands) > MOST_CHOICES or any(len(b) > LONGEST_BAND for b in c.bands):
        errors["bands"] = "Choose bands and grades from the list"
    if c.band_from and not and_above(c.band_from):
        errors["band_from"] = "Choose a band from the list. Medical grades have no order: tick them below"
    if any(len(role) > LONGEST_ROLE for role in command.conditions.job_roles):
        errors["job_roles"] = "Write one job role on each line"
    return errors


def _problems_with_force(command: BeginRule, follows: RuleRow | None, today: date) -> dict[str, str]:
    errors = {}
    if command.starts_on < today:
        errors["starts"] = "The first day must be today or later"
    elif follows and command.starts_on != today and follows.starts_on <= today:
        errors["starts"] = "A rule in the place of one that has begun begins today"
    if command.ends_on is not None and command.ends_on <= command.starts_on:
        errors["last"] = "The last day must not be before the first"
    return errors


def _is_taken(session: ReadSession, command: BeginRule, follows: RuleRow | None, today: date) -> bool:
    same = sa.select(_rule.c.id).where(
        _rule.c.name == tidy(command.name),
        _rule.c.directorate_id.is_not_distinct_from(command.directorate_id),
        _rule.c.team_id.is_not_distinct_from(command.team_id),
        _rule.c.ended_at.is_(None),
        sa.or_(_rule.c.ends_on.is_(None), _rule.c.ends_on > today),
        _rule.c.id != (follows.id if follows else 0),
    )
    return session.execute(same).first() is not None
