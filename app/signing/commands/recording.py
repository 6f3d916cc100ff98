"""How a request changes: its state, one event, one line in the audit log, and no word left that is no longer true."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.kernel import audit, outbox
from app.kernel.db import WriteSession, table
from app.kernel.errors import RuleBrokenError, StaleError
from app.signing.models import SignOff, SignOffEvent
from app.signing.queries import RequestRow
from app.signing.rules import SignOffDeed, SignOffState, follows

_sign_off, _event = table(SignOff), table(SignOffEvent)

_ACTIONS = {
    SignOffDeed.REQUESTED: "ask for sign-off",
    SignOffDeed.MOVED: "move sign-off",
    SignOffDeed.CONFIRMED: "confirm sign-off",
    SignOffDeed.REJECTED: "reject sign-off",
    SignOffDeed.WITHDRAWN: "withdraw sign-off",
    SignOffDeed.SUPERSEDED: "supersede sign-off",
}
_DECIDES = {SignOffDeed.CONFIRMED, SignOffDeed.REJECTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """A new request: for what, in which words, and who is asked."""

    enrolment_id: int
    activity_id: int
    revision_id: int
    number: int
    account: str
    asked_id: int


def begin(session: WriteSession, actor: Actor, beginning: Beginning, now: datetime) -> tuple[int, int]:
    """Write a request that waits. Returns its id and that of its event."""
    request = SignOff(
        enrolment_id=beginning.enrolment_id,
        activity_id=beginning.activity_id,
        revision_id=beginning.revision_id,
        number=beginning.number,
        account=beginning.account,
        state=SignOffState.REQUESTED,
        asked_id=beginning.asked_id,
        asked_at=now,
    )
    session.add(request)
    session.flush()
    fields = ("account", "asked_id")
    event_id = _write_down(
        session, actor, request.id, SignOffDeed.REQUESTED, beginning.asked_id, actor.person_id, fields, now
    )
    return request.id, event_id


def turn(
    session: WriteSession,
    actor: Actor,
    request: RequestRow,
    deed: SignOffDeed,
    now: datetime,
    *,
    asked_id: int | None = None,
    comment: str = "",
) -> int:
    """Do the deed to a request that stands as it was read. Returns the event's id.

    Raises RuleBrokenError for a deed that cannot follow, and StaleError when somebody did something to it first.
    """
    after = follows(request.state, deed)
    if after is None:
        raise RuleBrokenError("This has ended already. Look at the page again.")
    values: dict[str, object] = {"state": after, "asked_id": asked_id or request.asked_id}
    if deed in _DECIDES:
        values |= {"decided_at": now, "decided_by_id": actor.person_id, "comment": comment}
    as_read = sa.and_(
        _sign_off.c.id == request.id, _sign_off.c.state == request.state, _sign_off.c.asked_id == request.asked_id
    )
    done = session.execute(sa.update(_sign_off).where(as_read).values(values))
    if not done.rowcount:  # type: ignore[attr-defined]
        raise StaleError("Something was done about this since you opened it.")
    forget_notices(session, request.id, now)
    fields = ("asked_id",) if deed is SignOffDeed.MOVED else ("state", "comment") if comment else ("state",)
    asked = asked_id or request.asked_id
    return _write_down(session, actor, request.id, deed, asked, request.learner_id, fields, now, comment)


def forget_notices(session: WriteSession, request_id: int, now: datetime) -> None:
    """Nobody is told by next week's mail of what no longer waits for them."""
    asking = [SignOffDeed.REQUESTED, SignOffDeed.MOVED]
    events = sa.select(_event.c.id).where(_event.c.sign_off_id == request_id, _event.c.deed.in_(asking))
    for event_id in session.scalars(events).all():
        outbox.withdraw(session, asked_key(event_id), now)
        outbox.withdraw(session, moved_key(event_id), now)


def asked_key(event_id: int) -> str:
    return f"sign-off-asked:{event_id}"


def moved_key(event_id: int) -> str:
    return f"sign-off-moved:{event_id}"


def _write_down(
    session: WriteSession,
    actor: Actor,
    request_id: int,
    deed: SignOffDeed,
    asked_id: int,
    learner_id: int,
    fields: tuple[str, ...],
    now: datetime,
    comment: str = "",
) -> int:
    event = SignOffEvent(
        sign_off_id=request_id, deed=deed, at=now, by_id=actor.person_id, asked_id=asked_id, comment=comment
    )
    session.add(event)
    session.flush()
    audit.record(session, actor, _ACTIONS[deed], "sign_off", request_id, now=now, subject_id=learner_id, fields=fields)
    return event.id
