"""Who may confirm what a learner did, as it stands today: their managers, the leads of where they work, the coaches."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa

from app.access.actor import PersonKind, ScopeKind
from app.access.permissions import Role
from app.accounts.models import Credential, RoleGrant
from app.accounts.sessions import granted_today
from app.kernel.db import ReadSession, table
from app.learning.queries import CoachRow, coaches
from app.organisation.models import Directorate, Employment, Person, Team
from app.organisation.queries import away_ids, open_on
from app.signing.rules import TIES, Signer, Tie

_person, _employment, _team, _directorate = table(Person), table(Employment), table(Team), table(Directorate)
_grant, _credential = table(RoleGrant), table(Credential)
_manager, _their_post = _person.alias("manager"), _employment.alias("their_post")

_SUSPENDED = sa.select(_credential.c.person_id).where(_credential.c.suspended)
_SCOPES = (ScopeKind.TEAM, ScopeKind.DIRECTORATE, ScopeKind.TRUST)
"""The nearest lead first."""


@dataclass(frozen=True, slots=True)
class Entitled:
    """Somebody who may confirm. `place` is the team they manage, the part of the trust they lead, or their own team."""

    person_id: int
    name: str
    tie: Tie
    place: str


@dataclass(frozen=True, slots=True)
class _Post:
    person_id: int
    team_id: int
    team: str
    directorate_id: int
    directorate: str
    manager_id: int | None
    manager: str | None


@dataclass(frozen=True, slots=True)
class _Lead:
    person_id: int
    name: str
    scope: ScopeKind
    scope_id: int | None

    def leads(self, post: _Post) -> bool:
        ids = {ScopeKind.TEAM: post.team_id, ScopeKind.DIRECTORATE: post.directorate_id}
        return self.scope is ScopeKind.TRUST or ids.get(self.scope) == self.scope_id


@dataclass(frozen=True, slots=True)
class Signers:
    """Who may confirm for each of some learners. Nobody ever confirms for themselves."""

    _posts: Mapping[int, Sequence[_Post]]
    _leads: Sequence[_Lead]
    _coaches: Sequence[CoachRow]

    def works_here(self, learner_id: int) -> bool:
        return learner_id in self._posts

    def team_of(self, learner_id: int) -> str:
        return next((post.team for post in self._posts.get(learner_id, ())), "")

    def of(self, learner_id: int, signer: Signer) -> tuple[Entitled, ...]:
        """The nearest first, each once. Empty for somebody who works here no longer."""
        posts = self._posts.get(learner_id, ())
        found: dict[int, Entitled] = {}
        for tie in TIES[signer] if posts else ():
            for one in self._tied(tie, posts):
                found.setdefault(one.person_id, one)
        found.pop(learner_id, None)
        return tuple(found.values())

    def may(self, person_id: int, learner_id: int, signer: Signer) -> bool:
        return any(one.person_id == person_id for one in self.of(learner_id, signer))

    def _tied(self, tie: Tie, posts: Sequence[_Post]) -> list[Entitled]:
        if tie is Tie.MANAGER:
            return [Entitled(p.manager_id, p.manager, tie, p.team) for p in posts if p.manager_id and p.manager]
        if tie is Tie.LEAD:
            pairs = [(lead, p) for p in posts for lead in self._leads if lead.leads(p)]
            pairs.sort(key=lambda pair: _SCOPES.index(pair[0].scope))
            return [Entitled(lead.person_id, lead.name, tie, _led(lead, p)) for lead, p in pairs]
        near = sorted(self._coaches, key=lambda c: _distance(c, posts))
        return [Entitled(c.person_id, c.name, tie, f"{c.team}, {c.directorate}") for c in near]


def signers(session: ReadSession, learners: Collection[int], on: date, *, among: Collection[Signer]) -> Signers:
    """For these learners and these kinds of signer, as on that day. Five statements at most, however many they are."""
    wanted = {tie for signer in among for tie in TIES[signer]}
    barred = barred_on(session, on)
    posts: dict[int, list[_Post]] = defaultdict(list)
    for post in _posts_of(session, learners, on):
        posts[post.person_id].append(_without(post, barred))
    leads = _leads_on(session, on) if Tie.LEAD in wanted else []
    around = coaches(session, on) if Tie.COACH in wanted else []
    return Signers(
        dict(posts),
        [lead for lead in leads if lead.person_id not in barred],
        [coach for coach in around if coach.person_id not in barred],
    )


def barred_on(session: ReadSession, on: date) -> set[int]:
    """Whom nobody is sent to: accounts that are suspended, and people on long leave."""
    return set(session.scalars(_SUSPENDED.union(away_ids(on))))


def _posts_of(session: ReadSession, learners: Collection[int], on: date) -> list[_Post]:
    """Main posts first. A manager is named only while they work here themselves."""
    own = _their_post.c
    working = sa.exists().where(
        own.person_id == _manager.c.id, own.starts_on <= on, sa.or_(own.ends_on.is_(None), own.ends_on > on)
    )
    rows = session.execute(
        sa.select(
            _employment.c.person_id,
            _team.c.id,
            _team.c.name,
            _directorate.c.id,
            _directorate.c.name,
            _manager.c.id,
            _manager.c.name,
        )
        .select_from(_employment)
        .join(_person, _person.c.id == _employment.c.person_id)
        .join(_team, _team.c.id == _employment.c.team_id)
        .join(_directorate, _directorate.c.id == _team.c.directorate_id)
        .outerjoin(_manager, sa.and_(_manager.c.id == _employment.c.manager_id, working))
        .where(_person.c.kind == PersonKind.STAFF, _employment.c.person_id.in_(set(learners)), open_on(_employment, on))
        .order_by(_employment.c.is_primary.desc(), _employment.c.id)
    )
    return [_Post(*row) for row in rows]


def _leads_on(session: ReadSession, on: date) -> list[_Lead]:
    """Whoever holds the role of lead on that day and works here, by name. They are few in any trust."""
    working = sa.exists().where(_employment.c.person_id == _person.c.id, open_on(_employment, on))
    rows = session.execute(
        sa.select(_person.c.id, _person.c.name, _grant.c.scope_kind, _grant.c.scope_id)
        .select_from(_person.join(_grant, granted_today))
        .where(_grant.c.role == Role.LEAD, working)
        .order_by(_person.c.sort_key, _person.c.id),
        {"today": on},
    )
    return [_Lead(*row) for row in rows]


def _without(post: _Post, barred: Collection[int]) -> _Post:
    """Nobody is sent to an account that is suspended, nor to somebody on long leave."""
    if post.manager_id not in barred:
        return post
    return replace(post, manager_id=None, manager=None)


def _led(lead: _Lead, post: _Post) -> str:
    places = {ScopeKind.TEAM: post.team, ScopeKind.DIRECTORATE: post.directorate}
    return places.get(lead.scope, "")


def _distance(coach: CoachRow, posts: Sequence[_Post]) -> int:
    """0 in a learner's own team, 1 in their directorate, 2 elsewhere."""
    if any((coach.team, coach.directorate_id) == (post.team, post.directorate_id) for post in posts):
        return 0
    return 1 if any(coach.directorate_id == post.directorate_id for post in posts) else 2
