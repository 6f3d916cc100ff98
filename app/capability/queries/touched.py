"""What a rule would do, before it is saved, and what its ending would do: by name, exactly as it is then done."""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.access.actor import PersonKind
from app.capability.ladder import is_on
from app.capability.models import Requirement
from app.capability.need_rules import Effect, Open, Post, Rule, is_own, touches
from app.capability.queries.enrolling import Placing, asked_after, placing
from app.capability.queries.reaching import Known, effects, known, posts, these
from app.capability.rules import Need
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, table
from app.organisation.models import Employment, Person, Team

_person, _employment, _team, _requirement = table(Person), table(Employment), table(Team), table(Requirement)
AT_ONCE = 1_000
ELSEWHERE = "Somebody who has moved or left"


class Kind(StrEnum):
    """What a rule is to somebody: it asks anew, in another rule's place, or for one of these reasons changes nothing.

    LET_GO: what the rule before it, or the one that ends, asked is withdrawn. PASSED_ON: another rule asks it instead.
    """

    NEW = "new"
    INSTEAD = "instead"
    HELD = "held"
    OWN = "own"
    WAIVED = "waived"
    SOONER = "sooner"
    LET_GO = "let go"
    PASSED_ON = "passed on"


class Place(NamedTuple):
    """Where whoever looks may see names: a directorate, a team, or (neither) the whole trust."""

    directorate_id: int | None
    team_id: int | None

    def holds(self, directorate_id: int, team_id: int) -> bool:
        return self.directorate_id in {None, directorate_id} and self.team_id in {None, team_id}


@dataclass(frozen=True, slots=True)
class Touched:
    """One person in a preview. `due` is by when they are asked from then on, None for nothing."""

    person_id: int
    list_name: str
    team_id: int
    team: str
    has_email: bool
    kind: Kind
    due: date | None
    before: Open | None
    away: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """Everybody whom it touches, by team and name, and all that it changes. `mark` is the same for the same outcome."""

    people: tuple[Touched, ...]
    effects: tuple[Effect, ...]
    places: tuple[Placing, ...]
    """Whom these changes put on a course, and whom they take off it."""
    mark: str
    off_ladder: int = 0
    """Of those who fit otherwise, so many have no band with a place on the ladder, where the rule asks for one."""

    def of(self, *kinds: Kind) -> tuple[Touched, ...]:
        return tuple(t for t in self.people if t.kind in kinds)

    def counts(self) -> Counter[Kind]:
        return Counter(t.kind for t in self.people)


def preview(
    session: ReadSession,
    rule: Rule | None,
    ending: int | None,
    rules: Sequence[Rule],
    place: Place,
    now: datetime,
    *,
    named: bool = True,
) -> Preview:
    """What beginning `rule` does, in the place of the rule `ending` if there is one, or ending that alone.

    `rules` are all in force; people who are no longer in `place` are not named.
    A rule that begins on a later day is shown as if it began today. Not `named`: for a save, which reads no names.
    """
    today = london_date(now)
    tiers = {r.tier for r in (*rules, *([rule] if rule else [])) if rule is r or r.id == ending}
    others = [r for r in rules if r.id != ending and r.tier in tiers]
    after = [*others, rule] if rule else others
    at, off_ladder = _fitting(session, rule, today) if rule else ({}, 0)
    asked = _asked_by(session, ending) if ending else set()
    people: list[Touched] = []
    changes: list[Effect] = []
    places: list[Placing] = []
    everybody = sorted(at.keys() | asked)
    for some in (everybody[i : i + AT_ONCE] for i in range(0, len(everybody), AT_ONCE)):
        here = {**posts(session, these(set(some) - at.keys()), today), **{i: at[i] for i in some if i in at}}
        found = known(session, these(some), tiers, today, only=True)
        about = rule.tier if rule else ""
        done = [e for e in effects(here, found, after, some, today) if _concerns(e, about, ending, found)]
        changes += done
        places += placing(session, these(some), today, asked_after(done)) if done else []
        people += _named(session, some, rule, ending, found, place, {e.person_id: e for e in done}, today, named=named)
    people.sort(key=lambda t: (t.team, t.list_name, t.person_id))
    return Preview(tuple(people), tuple(changes), tuple(places), _mark(rule, ending, people, places), off_ladder)


def _concerns(e: Effect, tier: str, ending: int | None, found: Known) -> bool:
    """Whether a change comes from this rule, and not from another that the next run will see to."""
    before = found.open.get(e.person_id, {}).get(e.tier)
    return e.tier == tier or (ending is not None and before is not None and before.rule_id == ending)


def _fitting(session: ReadSession, rule: Rule, today: date) -> tuple[dict[int, Post], int]:
    """Everybody whom the rule is about today, and how many only the ladder leaves out. Two statements."""
    here = sa.select(_employment.c.person_id).select_from(
        _employment.join(_team, _team.c.id == _employment.c.team_id).join(
            _person, _person.c.id == _employment.c.person_id
        )
    )
    here = here.where(_employment.c.is_primary, _person.c.kind == PersonKind.STAFF)
    if rule.directorate_id is not None:
        here = here.where(_team.c.directorate_id == rule.directorate_id)
    if rule.team_id is not None:
        here = here.where(_team.c.id == rule.team_id)
    at = posts(session, here, today)
    anyband = rule._replace(conditions=rule.conditions._replace(band_from="", bands=()))
    left_out = (p for p in at.values() if rule.conditions.band_from and not is_on(p.band))
    off = sum(touches(anyband, p, today) and not touches(rule, p, today) for p in left_out)
    return {i: post for i, post in at.items() if touches(rule, post, today)}, off


def _asked_by(session: ReadSession, rule_id: int) -> set[int]:
    r = _requirement.c
    return set(session.scalars(sa.select(r.person_id).where(r.rule_id == rule_id, r.superseded_at.is_(None))))


def _named(
    session: ReadSession,
    some: Collection[int],
    rule: Rule | None,
    ending: int | None,
    found: Known,
    place: Place,
    done: dict[int, Effect],
    today: date,
    *,
    named: bool,
) -> Iterator[Touched]:
    rows = _names(session, some, today) if named else ((person_id, "", None, 0, "", 0) for person_id in some)
    for person_id, list_name, email, team_id, team, directorate_id in rows:
        change, holds = done.get(person_id), found.open.get(person_id, {})
        tier, before = _before(holds, rule, ending)
        kind = _kind(rule, before, change, today, held=(person_id, tier) in found.held)
        yield Touched(
            person_id=person_id,
            list_name=list_name if place.holds(directorate_id, team_id) else ELSEWHERE,
            team_id=team_id,
            team=team if place.holds(directorate_id, team_id) else "",
            has_email=email is not None,
            kind=kind,
            due=change.due if change else None,
            before=before,
            away=person_id in found.away,
        )


def _names(session: ReadSession, some: Collection[int], today: date) -> Iterable[Any]:
    return session.execute(
        sa.select(
            _person.c.id,
            _person.c.list_name,
            _person.c.email,
            sa.func.coalesce(_team.c.id, 0),
            sa.func.coalesce(_team.c.name, ""),
            sa.func.coalesce(_team.c.directorate_id, 0),
        )
        .outerjoin(
            _employment,
            sa.and_(
                _employment.c.person_id == _person.c.id,
                _employment.c.is_primary,
                _employment.c.starts_on <= today,
                sa.or_(_employment.c.ends_on.is_(None), _employment.c.ends_on > today),
            ),
        )
        .outerjoin(_team, _team.c.id == _employment.c.team_id)
        .where(_person.c.id.in_(some))
    )


def _before(holds: Mapping[str, Open], rule: Rule | None, ending: int | None) -> tuple[str, Open | None]:
    """The level that the preview is about for somebody, and what holds there."""
    if rule is not None and (rule.tier in holds or not any(o.rule_id == ending for o in holds.values())):
        return rule.tier, holds.get(rule.tier)
    return next(((t, o) for t, o in holds.items() if ending is not None and o.rule_id == ending), ("", None))


def _kind(rule: Rule | None, before: Open | None, change: Effect | None, today: date, *, held: bool) -> Kind:
    if held:
        return Kind.HELD
    if is_own(before, today):
        return Kind.WAIVED if before and before.need is Need.WAIVED else Kind.OWN
    if change is None:
        return Kind.SOONER
    if change.rule is None:
        return Kind.LET_GO
    if rule is None or change.rule.id != rule.id:
        return Kind.PASSED_ON if before else Kind.SOONER
    return Kind.INSTEAD if before and before.need is not Need.WAIVED else Kind.NEW


def _mark(rule: Rule | None, ending: int | None, people: Sequence[Touched], places: Sequence[Placing]) -> str:
    said = [
        repr(rule._replace(id=0, line=frozenset(), began_on=date.min)) if rule else "",
        ending,
        [
            [t.person_id, t.kind, str(t.due), t.before.requirement_id if t.before else 0, t.away]
            for t in sorted(people, key=lambda t: t.person_id)
        ],
        sorted(places),
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]
