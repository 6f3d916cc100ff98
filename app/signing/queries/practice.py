"""Pieces of work in which people used a level that they hold: what was told, and who may confirm it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor, PersonKind
from app.access.permissions import ROLE_NAMES, ROLE_PERMISSIONS, Permission, Role
from app.accounts.models import RoleGrant
from app.accounts.sessions import granted_today
from app.curriculum.models import Tier
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.learning.queries import Holding, own_level
from app.organisation.models import Employment, Person
from app.organisation.queries import open_on
from app.signing.models import PracticeUse
from app.signing.queries.signers import Entitled, Signers, barred_on, signers
from app.signing.rules import Signer, SignOffState, Tie

_use, _person, _tier = table(PracticeUse), table(Person), table(Tier)
_grant, _employment = table(RoleGrant), table(Employment)
_asked, _decider = _person.alias("asked"), _person.alias("decider")
CARERS = tuple(role for role in Role if Permission.MANAGE_PARTNERS in ROLE_PERMISSIONS[role])
MOST_WAITING = 100


@dataclass(frozen=True, slots=True)
class Use:
    """One piece of work, as it was told. `comment` is what the decider wrote."""

    id: int
    person_id: int
    person: str
    kind: PersonKind
    tier: str
    level: str
    what: str
    place: str
    worked_on: date
    account: str
    state: SignOffState
    told_at: datetime
    told_by_id: int
    asked_id: int
    asked: str
    decided_at: datetime | None
    decided_by_id: int | None
    decided_by: str | None
    comment: str

    @property
    def waits(self) -> bool:
        return self.state is SignOffState.REQUESTED


_ROWS = (
    sa.select(
        _use.c.id,
        _use.c.person_id,
        _person.c.name,
        _person.c.kind,
        _use.c.tier,
        _tier.c.title,
        _use.c.what,
        _use.c.place,
        _use.c.worked_on,
        _use.c.account,
        _use.c.state,
        _use.c.told_at,
        _use.c.told_by_id,
        _use.c.asked_id,
        _asked.c.name,
        _use.c.decided_at,
        _use.c.decided_by_id,
        _decider.c.name,
        _use.c.comment,
    )
    .select_from(_use)
    .join(_person, _person.c.id == _use.c.person_id)
    .join(_tier, _tier.c.slug == _use.c.tier)
    .join(_asked, _asked.c.id == _use.c.asked_id)
    .outerjoin(_decider, _decider.c.id == _use.c.decided_by_id)
    .order_by(_use.c.id.desc())
)


@dataclass(frozen=True, slots=True)
class Confirmers:
    """Who may confirm for each of some people: for staff as of a sign-off, for partners who look after them."""

    _signers: Signers
    _carers: tuple[Entitled, ...]
    _partners: frozenset[int]

    def of(self, person_id: int) -> tuple[Entitled, ...]:
        """The nearest first, each once; never the person themselves."""
        return self._carers if person_id in self._partners else self._signers.of(person_id, Signer.EITHER)

    def may(self, confirmer_id: int, person_id: int) -> bool:
        return any(one.person_id == confirmer_id for one in self.of(person_id))

    def team_of(self, person_id: int) -> str:
        return "Patient partner" if person_id in self._partners else self._signers.team_of(person_id)


def confirmers(session: ReadSession, people: Collection[int], on: date) -> Confirmers:
    """As on that day. A fixed number of statements, however many people."""
    kinds = session.execute(sa.select(_person.c.id, _person.c.kind).where(_person.c.id.in_(set(people))))
    partners = frozenset(row.id for row in kinds if row.kind is PersonKind.PARTNER)
    found = signers(session, people, on, among=(Signer.EITHER,))
    return Confirmers(found, _carers_on(session, on) if partners else (), partners)


def may_confirm(session: ReadSession, actor: Actor, person_id: int, on: date) -> bool:
    """Whether the actor may confirm what this person did in practice."""
    return confirmers(session, [person_id], on).may(actor.person_id, person_id)


def check_confirms(session: ReadSession, actor: Actor, person_id: int, on: date) -> None:
    """Raises NotFoundError unless the actor may confirm what this person did."""
    if not may_confirm(session, actor, person_id, on):
        raise NotFoundError("person")


def _carers_on(session: ReadSession, on: date) -> tuple[Entitled, ...]:
    """Whoever looks after patient partners, works here and is not on leave: involvement workers first."""
    working = sa.exists().where(_employment.c.person_id == _person.c.id, open_on(_employment, on))
    rows = session.execute(
        sa.select(_person.c.id, _person.c.name, _grant.c.role)
        .select_from(_person.join(_grant, granted_today))
        .where(_grant.c.role.in_(CARERS), working)
        .order_by(_person.c.sort_key, _person.c.id),
        {"today": on},
    ).all()
    barred = barred_on(session, on)
    ordered = sorted((row for row in rows if row.id not in barred), key=lambda row: CARERS.index(row.role))
    first: dict[int, Entitled] = {}
    for row in ordered:
        first.setdefault(row.id, Entitled(row.id, row.name, Tie.CONTACT, ROLE_NAMES[row.role]))
    return tuple(first.values())


def uses_of(session: ReadSession, person_id: int, tier: str) -> list[Use]:
    """What was told of this person's use of a level, the newest first. This looks at no reach."""
    return _uses(session.execute(_ROWS.where(_use.c.person_id == person_id, _use.c.tier == tier)))


def waiting_of(uses: Iterable[Use]) -> Use | None:
    """The one that waits, wherever it stands: somebody may have named another piece of work since."""
    return next((use for use in uses if use.waits), None)


def last_uses(session: ReadSession, person_id: int) -> dict[str, Use]:
    """By tier what was told last; what was taken back is not there. This looks at no reach."""
    told = _ROWS.where(_use.c.person_id == person_id, _use.c.state != SignOffState.WITHDRAWN)
    return {use.tier: use for use in reversed(_uses(session.execute(told)))}


def use_by_id(session: ReadSession, use_id: int) -> Use:
    found = _uses(session.execute(_ROWS.where(_use.c.id == use_id)))
    if not found:
        raise NotFoundError("use in practice")
    return found[0]


def held_level(session: ReadSession, person_id: int, tier: str, on: date) -> Holding:
    """The level as this person holds it. Raises NotFoundError for one that they do not hold, past its date or not."""
    held = own_level(session, person_id, tier, on)
    if held is None:
        raise NotFoundError("level")
    return held


def level_told_of(session: ReadSession, person_id: int, tier: str, uses: Collection[Use], on: date) -> Holding | None:
    """The same; None where they held it when they told of its `uses`, and it was taken back since."""
    held = own_level(session, person_id, tier, on)
    if held is None and not uses:
        raise NotFoundError("level")
    return held


def uses_for(session: ReadSession, actor: Actor, now: datetime) -> tuple[list[Use], Confirmers]:
    """What waits for the actor and is theirs to decide today, the oldest first; and who may confirm for whom."""
    wanted = _ROWS.where(_use.c.asked_id == actor.person_id, _use.c.state == SignOffState.REQUESTED)
    found = _uses(session.execute(wanted.order_by(None).order_by(_use.c.id).limit(MOST_WAITING)))
    may = confirmers(session, {use.person_id for use in found}, london_date(now))
    return [use for use in found if may.may(actor.person_id, use.person_id)], may


def uses_waiting(session: ReadSession, actor: Actor, now: datetime) -> int:
    """For a link: how many there are behind it. One statement for whoever nothing waits for."""
    waits = (_use.c.asked_id == actor.person_id, _use.c.state == SignOffState.REQUESTED)
    if session.scalar(sa.select(_use.c.id).where(*waits).limit(1)) is None:
        return 0
    return len(uses_for(session, actor, now)[0])


def may_decide_use(session: ReadSession, actor: Actor, use_id: int, on: date) -> Use:
    """One that is the actor's to decide, whatever its state has become. Raises NotFoundError for any other."""
    use = use_by_id(session, use_id)
    if use.asked_id != actor.person_id or not may_confirm(session, actor, use.person_id, on):
        raise NotFoundError("use in practice")
    return use


def is_asked(session: ReadSession, actor: Actor, use_id: int, on: date) -> bool:
    """Whether there is such a piece of work, and it is the actor's to decide."""
    try:
        may_decide_use(session, actor, use_id, on)
    except NotFoundError:
        return False
    return True


def every_use_waiting(session: ReadSession) -> list[Use]:
    return _uses(session.execute(_ROWS.where(_use.c.state == SignOffState.REQUESTED)))


def _uses(rows: Iterable[Any]) -> list[Use]:
    return [Use(*row) for row in rows]
