"""What is true of rules of need: whom a rule touches, by when, and what that changes for one person and level."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from app.capability.ladder import reaches
from app.capability.rules import Need, NeedSource
from app.kernel.names import folded
from app.learning.rules import add_months

LATE = timedelta(days=28)
"""Whom a rule reaches when its date has passed, or comes within four weeks, has four weeks."""
MOST_AT_ONCE = 2_000
"""So many needs are set while whoever saves a rule waits; more are set by the worker, a part at a time."""
MOST_ROLES, LONGEST_WITHIN = 30, 730
WEEKS_AT_MOST, MONTHS_AT_MOST = 104, 36


class DueFrom(StrEnum):
    """What the date of a rule is counted from: it is a date, or the rule first reached them, or they joined."""

    DATE = "date"
    REACHED = "reached"
    JOINED = "joined"


class Unit(StrEnum):
    WEEKS = "weeks"
    MONTHS = "months"


class By(NamedTuple):
    """By when a rule asks: on a day, or so many weeks or months after something."""

    counted: DueFrom
    on: date | None = None
    many: int = 0
    unit: Unit = Unit.MONTHS


class Conditions(NamedTuple):
    """Whom a rule is about. Each is optional, and all that are set must hold; within one, any word will do."""

    staff_groups: tuple[str, ...] = ()
    job_roles: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()
    band_from: str = ""
    manages: bool = False
    joined_within: int | None = None
    """In days: whoever joined the trust so lately is asked, and stays asked when the days are over."""

    @property
    def any(self) -> bool:
        return self != Conditions()


class Post(NamedTuple):
    """What a rule may look at: where somebody works today, as what, since when they are here, whether they manage."""

    person_id: int
    directorate_id: int
    team_id: int
    staff_group: str
    job_role: str
    band: str
    joined_on: date
    manages: bool


class Rule(NamedTuple):
    """A rule in force. Without a directorate or team it is the trust's. `line` are the rules that it followed."""

    id: int
    tier: str
    directorate_id: int | None
    team_id: int | None
    conditions: Conditions
    by: By
    began_on: date
    why: str = ""
    said: str = ""
    """The rule “Band 8a and above” of Medicine."""
    line: frozenset[int] = frozenset()


class Open(NamedTuple):
    """What holds for one person and level now."""

    requirement_id: int
    need: Need
    due: date | None
    source: NeedSource
    rule_id: int | None


class Effect(NamedTuple):
    """What a run changes for one person and level: `ends` ends (0: nothing), and `rule` asks (None: nothing does)."""

    person_id: int
    tier: str
    ends: int
    rule: Rule | None = None
    due: date | None = None
    due_before: date | None = None


def touches(rule: Rule, post: Post, today: date, *, asked: bool = False) -> bool:
    """Whether the rule is about somebody in this post today. Whom it `asked` as a new starter need not be one still."""
    if rule.directorate_id is not None and rule.directorate_id != post.directorate_id:
        return False
    if rule.team_id is not None and rule.team_id != post.team_id:
        return False
    c = rule.conditions
    return (
        (not c.staff_groups or post.staff_group in c.staff_groups)
        and (not c.job_roles or folded(post.job_role) in {folded(role) for role in c.job_roles})
        and (not (c.bands or c.band_from) or reaches(post.band, c.band_from, c.bands))
        and (not c.manages or post.manages)
        and (asked or c.joined_within is None or post.joined_on > today - timedelta(days=c.joined_within))
    )


def due_on(rule: Rule, joined_on: date, reached_on: date) -> date:
    """By when the rule asks somebody whom it first reached on a day. Never a day that had passed by then."""
    by = rule.by
    if by.counted is DueFrom.REACHED:
        return _after(reached_on, by)
    asked = by.on if by.counted is DueFrom.DATE else _after(joined_on, by)
    assert asked is not None, "a rule with a date has one"
    came_later = by.counted is DueFrom.DATE and reached_on > rule.began_on
    least = reached_on + LATE if came_later else reached_on
    return asked if asked >= least else reached_on + LATE


def _after(start: date, by: By) -> date:
    return start + timedelta(weeks=by.many) if by.unit is Unit.WEEKS else add_months(start, by.many)


def joined(spells: Sequence[tuple[date, date | None]], today: date) -> date:
    """Since when somebody has been here without a day between two posts. The spells have begun by today."""
    since, until = today, today
    for start, end in sorted(spells, reverse=True):
        if end is not None and end < until:
            break
        since, until = start, start
    return since


def is_own(found: Open | None, today: date) -> bool:
    """Whether something holds that no rule may touch: a lead's decision, the starters', a waiver not over."""
    if found is None or found.source is NeedSource.RULE:
        return False
    return found.need is not Need.WAIVED or (found.due is not None and found.due > today)


def earliest(asking: Collection[tuple[date, Rule]], holds: int | None) -> tuple[date, Rule] | None:
    """Of several rules that ask the same, the one that asks soonest; of two on one day, the one that holds already."""
    return min(asking, key=lambda found: (found[0], found[1].id != holds, found[1].id), default=None)


def effect(
    person_id: int, tier: str, found: Open | None, asking: Collection[tuple[date, Rule]], today: date, *, held: bool
) -> Effect | None:
    """What must change so that what holds is what the rules say; None when it is so, or no rule may touch it.

    Whoever holds the level is asked for nothing, and what they completed stays as it is.
    """
    if is_own(found, today):
        return None
    waiver_over = found is not None and found.need is Need.WAIVED
    before = found.due if found and not waiver_over else None
    if held:
        return Effect(person_id, tier, found.requirement_id) if found and waiver_over else None
    holds = found.rule_id if found else None
    best = earliest([(_to_come(due, rule.id == holds, before, today), rule) for due, rule in asking], holds)
    if best is None:
        return Effect(person_id, tier, found.requirement_id) if found else None
    due, rule = best
    if found and found.rule_id == rule.id:
        return None
    return Effect(person_id, tier, found.requirement_id if found else 0, rule, due, before)


def _to_come(due: date, holds: bool, before: date | None, today: date) -> date:
    """By when a rule asks from today on: a date that has passed stays only with those who have it already."""
    if due >= today or due == before:
        return due
    return before if holds and before else today + LATE


def problems_with(conditions: Conditions, by: By, today: date) -> dict[str, str]:
    """What stands in the way of a rule like this, by field."""
    errors: dict[str, str] = {}
    if not conditions.any:
        errors["staff_groups"] = "Say whom the rule is about: choose at least one of staff group, band, role and so on"
    if len(conditions.job_roles) > MOST_ROLES:
        errors["job_roles"] = f"Name at most {MOST_ROLES} job roles"
    if conditions.joined_within is not None and not 1 <= conditions.joined_within <= LONGEST_WITHIN:
        errors["joined_within"] = f"The number of days must be between 1 and {LONGEST_WITHIN}"
    return errors | _problems_with_date(by, today)


def _problems_with_date(by: By, today: date) -> dict[str, str]:
    if by.counted is DueFrom.DATE:
        if by.on is None:
            return {"due": "Enter the date by which it is needed, such as 31 March 2027"}
        if not today <= by.on <= add_months(today, 60):
            return {"due": "The date must be today or later, and within the next five years"}
        return {}
    most = WEEKS_AT_MOST if by.unit is Unit.WEEKS else MONTHS_AT_MOST
    if not 1 <= by.many <= most:
        return {"many": f"Enter how many {by.unit}, between 1 and {most}"}
    return {}
