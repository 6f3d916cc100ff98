"""A recognition that was wrong is taken back, and the person holds what they would hold without it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.access.actor import Actor
from app.kernel import audit
from app.kernel.config import Settings
from app.kernel.db import WriteSession, table
from app.kernel.errors import BadInputError, StaleError
from app.learning.commands import GrantAward, WithdrawAward, grant_award, withdraw_award
from app.learning.queries import holdings
from app.recognition.commands.deciding import another_may, tell
from app.recognition.commands.judging import wrong_reason
from app.recognition.commands.offering import CHANGED
from app.recognition.models import Recognition
from app.recognition.queries import Case, DecisionRow
from app.recognition.wording import taken_back_mail

_recognition = table(Recognition)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBackRecognition:
    """`seen` is the version that the assessor had before them (`Case.seen`)."""

    item_id: int
    seen: int
    reason: str


def take_back_recognition(
    session: WriteSession, settings: Settings, actor: Actor, command: TakeBackRecognition, now: datetime
) -> Case:
    """As if it had never been recognised: the level goes from the day on which it counted, not what was earned else.

    Raises NotFoundError out of reach, NotAllowedError for one's own, StaleError when it does not stand any more, and
    BadInputError without a reason.
    """
    case = another_may(session, actor, command.item_id, now)
    standing = case.standing
    if standing is None or case.seen != command.seen:
        raise StaleError(CHANGED)
    if wrong := wrong_reason(command.reason, "Write why it is taken back. The person reads it"):
        raise BadInputError({"reason": wrong})
    _take_back_level(session, actor, case, standing, command.reason, now)
    values = {"taken_back_at": now, "taken_back_by_id": actor.person_id, "taken_back_reason": command.reason}
    session.execute(sa.update(_recognition).where(_recognition.c.id == standing.id).values(values))
    audit.record(
        session,
        actor,
        "take back recognition",
        "recognition",
        standing.id,
        now=now,
        subject_id=case.item.person_id,
        changed={"tier": (standing.tier, None)},
        fields=("reason",),
    )
    mail = taken_back_mail(settings, case.item, standing.level or "")
    tell(session, case, f"recognition-taken-back:{standing.id}", mail, now)
    return case


def _take_back_level(
    session: WriteSession, actor: Actor, case: Case, standing: DecisionRow, reason: str, now: datetime
) -> None:
    """Where they held the level before, they go on holding it on those terms; what came later stands either way."""
    assert standing.tier is not None
    assert standing.counts_from is not None
    person_id, on = case.item.person_id, standing.counts_from
    then = holdings(session, [person_id], on).get(person_id, {}).get(standing.tier)
    if then is None or then.withdrawn or then.source != standing.rests_on:
        return
    before = holdings(session, [person_id], on - timedelta(days=1)).get(person_id, {}).get(standing.tier)
    if before is None or before.withdrawn:
        withdrawal = WithdrawAward(person_id=person_id, tier=standing.tier, occurred_on=on, reason=reason)
        withdraw_award(session, actor, withdrawal, now)
        return
    again = GrantAward(
        person_id=person_id,
        tier=standing.tier,
        occurred_on=on,
        edition_id=before.edition_id,
        source=before.source,
        valid_until=before.valid_until,
    )
    grant_award(session, actor, again, now)
