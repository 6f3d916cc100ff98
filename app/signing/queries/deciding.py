"""What waits for somebody to decide, what they decided, and what nobody may decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.curriculum.queries import course_view, course_views
from app.curriculum.rules import ActivityKind
from app.curriculum.views import ActivityView, CourseView
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.learning.models import Enrolment
from app.signing.models import SignOff
from app.signing.queries.requests import REQUESTS, RequestRow, request_by_id, requests_by_id, requests_of
from app.signing.queries.signers import Signers, signers
from app.signing.rules import Signer, SignOffState

A_PAGE = 20
LATELY = timedelta(days=90)
MOST_DECIDED = 20
NOBODY = Signers({}, (), ())

_sign_off, _enrolment = table(SignOff), table(Enrolment)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with the words it is about, as they stood when it was made, and the learner's team today."""

    request: RequestRow
    team: str
    view: CourseView
    activity: ActivityView

    @property
    def signer(self) -> Signer:
        return Signer(self.activity.signer)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One page of what waits, the oldest first; `total` is how many wait in all."""

    asked: tuple[Asked, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Duty:
    """How many sign-offs wait for somebody, and whether they ever decided one."""

    waiting: int
    ever: bool


@dataclass(frozen=True, slots=True)
class _Key:
    id: int
    learner_id: int
    activity_id: int
    revision_id: int
    asked_id: int


# Of a closed enrolment nothing is asked any more: the course was completed without it.
_KEYS = (
    sa.select(
        _sign_off.c.id, _enrolment.c.person_id, _sign_off.c.activity_id, _sign_off.c.revision_id, _sign_off.c.asked_id
    )
    .join(_enrolment, _enrolment.c.id == _sign_off.c.enrolment_id)
    .where(_sign_off.c.state == SignOffState.REQUESTED, _enrolment.c.closed_at.is_(None))
    .order_by(_sign_off.c.asked_at, _sign_off.c.id)
)


def waiting_for(session: ReadSession, actor: Actor, now: datetime, *, page: int = 1, showing: int = 0) -> Waiting:
    """What waits for the actor and that they may decide today. `showing`: the page on which this request stands."""
    ids, found = _ids_for(session, actor, now)
    pages = max(1, -(-len(ids) // A_PAGE))
    page = ids.index(showing) // A_PAGE + 1 if showing in ids else min(max(page, 1), pages)
    rows = requests_by_id(session, ids[(page - 1) * A_PAGE : page * A_PAGE])
    return Waiting(tuple(with_words(session, row, found) for row in rows), len(ids), page, pages)


def duty_of(session: ReadSession, actor: Actor, now: datetime) -> Duty:
    """For a link: the same count as on the page behind it. One statement for people whom nobody ever asked.

    Whoever decided was asked, and stays so: the index by the person asked finds both.
    """
    ever = session.execute(sa.select(_sign_off.c.id).where(_sign_off.c.asked_id == actor.person_id).limit(1)).first()
    return Duty(len(_ids_for(session, actor, now)[0]) if ever else 0, ever is not None)


def may_decide(session: ReadSession, actor: Actor, sign_off_id: int, now: datetime) -> Asked:
    """A request that is the actor's to decide today, whatever its state has become.

    Raises NotFoundError unless the actor is asked and is today the learner's manager, lead or coach, as the course
    says, and the learner works here.
    """
    found = theirs(session, actor, [request_by_id(session, sign_off_id)], now)
    if not found:
        raise NotFoundError("sign-off")
    return found[0]


def theirs(session: ReadSession, actor: Actor, rows: Sequence[RequestRow], now: datetime) -> list[Asked]:
    """Those of these requests that are the actor's to decide today, whatever their state has become."""
    on, people = london_date(now), {row.learner_id for row in rows}
    found = signers(session, people, on, among=tuple(Signer))
    asked = [with_words(session, row, found) for row in rows if row.asked_id == actor.person_id]
    return [a for a in asked if found.may(actor.person_id, a.request.learner_id, a.signer)]


def all_theirs(session: ReadSession, actor: Actor, ids: Sequence[int], now: datetime) -> list[Asked]:
    """The same by id. Raises NotFoundError when none of them is the actor's to decide."""
    found = theirs(session, actor, requests_by_id(session, ids), now)
    if not found:
        raise NotFoundError("sign-off")
    return found


def what_became(session: ReadSession, actor: Actor, sign_off_id: int, now: datetime) -> tuple[Asked, Asked | None]:
    """A request that the actor had before them, and the newer one that waits for them in its place, if there is one."""
    read = may_decide(session, actor, sign_off_id, now)
    latest = requests_of(session, read.request.enrolment_id, read.request.activity_id).latest
    waits = latest is not None and latest.id != sign_off_id and latest.state is SignOffState.REQUESTED
    newer = theirs(session, actor, [latest], now) if latest and waits else []
    return read, newer[0] if newer else None


def decided_by(session: ReadSession, actor: Actor, now: datetime) -> list[Asked]:
    """What the actor decided lately and still stands, the newest first."""
    rows = session.execute(
        REQUESTS.where(
            _sign_off.c.asked_id == actor.person_id,
            _sign_off.c.decided_by_id == actor.person_id,
            _sign_off.c.state.in_([SignOffState.CONFIRMED, SignOffState.REJECTED]),
            _sign_off.c.decided_at > now - LATELY,
        )
        .order_by(_sign_off.c.decided_at.desc(), _sign_off.c.id.desc())
        .limit(MOST_DECIDED)
    )
    return [with_words(session, RequestRow(*row)) for row in rows]


def without_signer(session: ReadSession, actor: Actor, now: datetime) -> list[Asked]:
    """What waits and nobody may decide, for whoever gives roles in the whole trust; else nothing.

    With a manager or a lead named for the learner, it goes to them by itself.
    """
    if not actor.reach(Permission.GRANT_ROLES).trust:
        return []
    keys, found, kinds = waiting_everywhere(session, now)
    stuck = [k.id for k in keys if found.works_here(k.learner_id) and not found.of(k.learner_id, kinds[k.id])]
    return [with_words(session, row, found) for row in requests_by_id(session, stuck)]


def waiting_everywhere(session: ReadSession, now: datetime) -> tuple[list[_Key], Signers, dict[int, Signer]]:
    """Every request that waits, who may decide them, and by request which kind of signer the course names."""
    keys = [_Key(*row) for row in session.execute(_KEYS)]
    return keys, *_signers_of(session, keys, now)


def _ids_for(session: ReadSession, actor: Actor, now: datetime) -> tuple[list[int], Signers]:
    keys = [_Key(*row) for row in session.execute(_KEYS.where(_sign_off.c.asked_id == actor.person_id))]
    found, kinds = _signers_of(session, keys, now)
    return [k.id for k in keys if found.may(actor.person_id, k.learner_id, kinds[k.id])], found


def _signers_of(session: ReadSession, keys: Sequence[_Key], now: datetime) -> tuple[Signers, dict[int, Signer]]:
    if not keys:
        return NOBODY, {}
    revisions = sorted({key.revision_id for key in keys})
    views = dict(zip(revisions, course_views(session, revisions), strict=True))
    kinds = {key.id: Signer(_activity(views[key.revision_id], key.activity_id).signer) for key in keys}
    people = {key.learner_id for key in keys}
    return signers(session, people, london_date(now), among=set(kinds.values())), kinds


def with_words(session: ReadSession, row: RequestRow, found: Signers = NOBODY) -> Asked:
    """Views are kept in memory: no statement for a course that has been looked at."""
    view = course_view(session, row.revision_id)
    return Asked(row, found.team_of(row.learner_id), view, _activity(view, row.activity_id))


def _activity(view: CourseView, activity_id: int) -> ActivityView:
    activity = view.activity_by_id(activity_id)
    if activity is None or activity.kind is not ActivityKind.SIGN_OFF:
        raise NotFoundError("activity")
    return activity
