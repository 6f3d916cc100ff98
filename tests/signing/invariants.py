"""What must be true of every sign-off in any database of ours."""

from collections import defaultdict
from collections.abc import Iterator

import sqlalchemy as sa

from app.kernel.clock import london_date
from app.kernel.db import ReadSession, table
from app.learning.models import Award, AwardEvent, Enrolment, Outcome
from app.learning.rules import AwardEventKind, OutcomeSource
from app.signing.models import PracticeUse, SignOff, SignOffEvent
from app.signing.rules import SignOffState, follows, stands

DECIDED = {SignOffState.CONFIRMED, SignOffState.REJECTED}
OPEN = {SignOffState.REQUESTED, SignOffState.WITHDRAWN}


def sign_offs_are_what_happened_to_them(session: ReadSession) -> Iterator[str]:
    """The events lead, deed by deed, to the state and to the person asked."""
    event = table(SignOffEvent)
    happened = defaultdict(list)
    for row in session.execute(sa.select(event).order_by(event.c.id)):
        happened[row.sign_off_id].append(row)
    for row in session.execute(sa.select(table(SignOff))):
        state: SignOffState | None = None
        for one in happened[row.id]:
            after = follows(state, one.deed)
            if after is None:
                yield f"sign-off {row.id} was {one.deed} when it was {state}"
                break
            state = after
        if state != row.state:
            yield f"sign-off {row.id} is {row.state}, and its events end with {state}"
        if happened[row.id] and happened[row.id][-1].asked_id != row.asked_id:
            yield f"sign-off {row.id} asks another person than its last event"
        if (row.state in DECIDED and row.decided_by_id is None) or (row.state in OPEN and row.decided_by_id):
            yield f"sign-off {row.id} is {row.state}, decided by {row.decided_by_id}"


def one_sign_off_stands(session: ReadSession) -> Iterator[str]:
    """Of an activity and enrolment at most the last request waits or is confirmed; nobody decides their own."""
    sign_off, enrolment = table(SignOff), table(Enrolment)
    joined = sa.select(sign_off, enrolment.c.person_id).join(enrolment, enrolment.c.id == sign_off.c.enrolment_id)
    of: dict[tuple[int, int], list[sa.Row[tuple[object, ...]]]] = defaultdict(list)
    for row in session.execute(joined.order_by(sign_off.c.number)):
        of[row.enrolment_id, row.activity_id].append(row)
        if row.person_id in {row.asked_id, row.decided_by_id}:
            yield f"sign-off {row.id} is the learner's own to decide"
    for rows in of.values():
        if [row.number for row in rows] != list(range(1, len(rows) + 1)):
            yield f"sign-off {rows[-1].id} is not the next after those before it"
        yield from (f"sign-off {row.id} stands beside a later one" for row in rows[:-1] if stands(row.state))


def outcomes_rest_on_confirmed_sign_offs(session: ReadSession) -> Iterator[str]:
    """An outcome of a sign-off is there exactly while it is confirmed."""
    sign_off, enrolment, outcome = table(SignOff), table(Enrolment), table(Outcome)
    confirmed = session.execute(
        sa.select(enrolment.c.person_id, sign_off.c.activity_id, sign_off.c.decided_at)
        .join(enrolment, enrolment.c.id == sign_off.c.enrolment_id)
        .where(sign_off.c.state == SignOffState.CONFIRMED)
    )
    rests = {(row.person_id, row.activity_id, london_date(row.decided_at)) for row in confirmed}
    recorded = session.execute(
        sa.select(*outcome.c["person_id", "activity_id", "occurred_on"]).where(
            outcome.c.source == OutcomeSource.SIGNED_OFF
        )
    )
    counts = {tuple(row) for row in recorded}
    yield from (
        f"person {p}: activity {a} counts as signed off on {d}, and is not confirmed" for p, a, d in counts - rests
    )
    yield from (f"person {p}: activity {a} was confirmed on {d}, and does not count" for p, a, d in rests - counts)


def confirmed_uses_are_in_the_record(session: ReadSession) -> Iterator[str]:
    """A piece of work that was confirmed has its event beside it, and nobody confirmed their own."""
    use, award, event = table(PracticeUse), table(Award), table(AwardEvent)
    events = session.execute(
        sa.select(award.c.person_id, award.c.tier, event.c.occurred_on, event.c.source)
        .join(event, event.c.award_id == award.c.id)
        .where(event.c.kind == AwardEventKind.APPLIED)
    )
    known = {tuple(row) for row in events}
    for row in session.execute(sa.select(use)):
        if row.state is SignOffState.CONFIRMED and (row.person_id, row.tier, row.worked_on, row.what) not in known:
            yield f"use in practice {row.id} is confirmed, and not in the record"
        if row.decided_by_id == row.person_id:
            yield f"use in practice {row.id} was decided by whoever did it"


INVARIANTS = (
    sign_offs_are_what_happened_to_them,
    one_sign_off_stands,
    outcomes_rest_on_confirmed_sign_offs,
    confirmed_uses_are_in_the_record,
)
