"""What must be true of learning from elsewhere in any database of ours."""

from collections import defaultdict
from collections.abc import Iterator

import sqlalchemy as sa

from app.kernel.db import ReadSession, table
from app.learning.models import Award, AwardEvent
from app.recognition.models import EvidenceFile, EvidenceItem, Recognition, RecognitionOffer
from app.recognition.rules import FileKind, OfferState, Verdict, kind_of

ENDS = {OfferState.RECOGNISED: Verdict.RECOGNISED, OfferState.DECLINED: Verdict.DECLINED}


def offers_end_as_they_were_decided(session: ReadSession) -> Iterator[str]:
    """A decided offer has its decision, one that waits or was withdrawn has none; they are numbered in order."""
    offer, decision = table(RecognitionOffer), table(Recognition)
    decided = {
        row.offer_id: row.verdict
        for row in session.execute(sa.select(decision.c.offer_id, decision.c.verdict))
        if row.offer_id
    }
    numbers = defaultdict(list)
    for row in session.execute(sa.select(offer).order_by(offer.c.id)):
        numbers[row.item_id].append(row.number)
        if decided.get(row.id) != ENDS.get(row.state):
            yield f"offer {row.id} is {row.state}, and its decision says {decided.get(row.id)}"
        if (row.state is OfferState.WAITING) is not (row.ended_at is None):
            yield f"offer {row.id} is {row.state} and ended at {row.ended_at}"
    yield from (f"item {n} has offers {of}" for n, of in numbers.items() if of != list(range(1, len(of) + 1)))


def nobody_decides_their_own(session: ReadSession) -> Iterator[str]:
    item, decision = table(EvidenceItem), table(Recognition)
    own = sa.select(decision.c.id).join(item, item.c.id == decision.c.item_id)
    by = sa.or_(decision.c.decided_by_id == item.c.person_id, decision.c.taken_back_by_id == item.c.person_id)
    yield from (f"recognition {found} was decided by its own person" for found in session.scalars(own.where(by)))


def a_recognised_level_rests_on_its_award(session: ReadSession) -> Iterator[str]:
    """The event is the same person's, of the same level, day and last day."""
    item, decision, event, award = (table(m) for m in (EvidenceItem, Recognition, AwardEvent, Award))
    rows = session.execute(
        sa.select(decision.c.id, item.c.person_id, decision.c.tier, decision.c.counts_from, decision.c.valid_until,
                  award.c.person_id, award.c.tier, event.c.occurred_on, event.c.valid_until)
        .join(item, item.c.id == decision.c.item_id)
        .join(event, event.c.id == decision.c.award_event_id)
        .join(award, award.c.id == event.c.award_id)
    )  # fmt: skip
    for number, *rest in rows:
        if rest[:4] != rest[4:]:
            yield f"recognition {number} says {rest[:4]}, and its award {rest[4:]}"


def files_are_what_they_are_kept_as(session: ReadSession) -> Iterator[str]:
    for file in session.scalars(sa.select(EvidenceFile)):
        if kind_of(file.content) is not FileKind(file.media_type) or file.size != len(file.content):
            yield f"file {file.id} is not what it is kept as"


INVARIANTS = (
    offers_end_as_they_were_decided,
    nobody_decides_their_own,
    a_recognised_level_rests_on_its_award,
    files_are_what_they_are_kept_as,
)
