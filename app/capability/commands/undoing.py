"""A lead takes a decision back: what held before holds again, in rows of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.capability.commands.deciding import ASSIGNED, hold_still, record, supersede, tell, unsent
from app.capability.commands.running import run_rules
from app.capability.models import Decision, Requirement
from app.capability.rules import may_undo
from app.kernel.db import WriteSession, table
from app.kernel.errors import NotFoundError, RuleBrokenError

_decision, _requirement = table(Decision), table(Requirement)


@dataclass(frozen=True, slots=True)
class UndoDecision:
    decision_id: int


def undo_decision(session: WriteSession, actor: Actor, command: UndoDecision, now: datetime) -> Decision:
    """Undo one save as a whole. Raises NotFoundError for somebody else's, RuleBrokenError when it is too late."""
    decision = session.get(Decision, command.decision_id)
    if decision is None or decision.made_by_id != actor.person_id:
        raise NotFoundError("decision")
    made = list(
        session.scalars(
            sa.select(Requirement).where(_requirement.c.decision_id == decision.id).order_by(_requirement.c.id)
        )
    )
    hold_still(session, {r.person_id for r in made})
    _refuse_unless_possible(session, actor, decision, now)
    before = _before(session, decision)
    supersede(session, [r.id for r in made], now)
    restored = {(r.person_id, r.tier): _again(r, now) for r in before}
    session.add_all(restored.values())
    decision.undone_at = now
    session.flush()
    for requirement in made:
        again = restored.get((requirement.person_id, requirement.tier))
        record(session, actor, "restore need" if again else "withdraw need", again or requirement, now)
    taken_back = unsent(session, [r.id for r in before])
    for r in before:
        if r.id in taken_back:
            tell(session, ASSIGNED, restored[r.person_id, r.tier], taken_back[r.id], now)
    run_rules(session, actor, {r.person_id for r in made}, now)
    return decision


def _refuse_unless_possible(session: WriteSession, actor: Actor, decision: Decision, now: datetime) -> None:
    undone = decision.undone_at is not None
    if not may_undo(decision.made_by_id, actor.person_id, now - decision.made_at, undone=undone):
        said = "This was undone already." if undone else "A decision can be undone within 24 hours. Set the need anew."
        raise RuleBrokenError(said)
    newer = sa.select(_requirement.c.id).where(
        _requirement.c.decision_id == decision.id, _requirement.c.superseded_at.is_not(None)
    )
    if session.execute(newer).first() is not None:
        raise RuleBrokenError(
            "Somebody has decided again about one of these people. Nothing was undone. Set the others in the grid."
        )


def _before(session: WriteSession, decision: Decision) -> Sequence[Requirement]:
    """What the decision superseded: rows that ended at the very moment it was made."""
    mine = _requirement.alias("mine")
    return session.scalars(
        sa.select(Requirement)
        .join(mine, sa.and_(mine.c.person_id == _requirement.c.person_id, mine.c.tier == _requirement.c.tier))
        .where(
            mine.c.decision_id == decision.id,
            _requirement.c.id < mine.c.id,
            _requirement.c.superseded_at == decision.made_at,
        )
        .order_by(_requirement.c.id)
    ).all()


def _again(requirement: Requirement, now: datetime) -> Requirement:
    return Requirement(
        person_id=requirement.person_id,
        tier=requirement.tier,
        need=requirement.need,
        due=requirement.due,
        pause_reason=requirement.pause_reason,
        reason=requirement.reason,
        source=requirement.source,
        set_by_id=requirement.set_by_id,
        decided_at=now,
        rule_id=requirement.rule_id,
    )
