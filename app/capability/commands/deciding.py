"""A lead decides what people need: many cells in one save, each superseding what was decided before."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.capability.commands.enrolling import settle_places
from app.capability.models import Decision, Requirement
from app.capability.queries.deciding import Chosen, chosen
from app.capability.rules import MOST_CELLS, Cell, Need, NeedSource, PauseReason, Terms, problems_with
from app.capability.wording import assigned_line
from app.kernel import audit, outbox
from app.kernel.clock import london_date
from app.kernel.db import WriteSession, table
from app.kernel.errors import BadInputError, StaleError
from app.kernel.names import tidy
from app.kernel.outbox import Notice
from app.organisation.models import Person

_person, _requirement, _notice = table(Person), table(Requirement), table(Notice)

ASSIGNED, DUE_SOON, OVERDUE = "assigned", "due-soon", "overdue"
NOTICES = (ASSIGNED, DUE_SOON, OVERDUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetNeeds:
    cells: tuple[Cell, ...]
    need: Need | None
    due: date | None = None
    pause_reason: PauseReason | None = None
    reason: str = ""


def set_needs(session: WriteSession, actor: Actor, command: SetNeeds, now: datetime) -> Decision | None:
    """Decide about every cell, all or none. None when it was all so already.

    Raises BadInputError by field, NotFoundError for a cell out of reach, and StaleError when somebody decided about
    one of them since it was seen.
    """
    terms = checked_terms(command, now)
    hold_still(session, {c.person_id for c in command.cells})
    found = chosen(session, actor, command.cells, now)
    if any(c.stale for c in found):
        raise StaleError("Another decision about one of these cells was saved first.")
    changing = [c for c in found if c.changes_to(terms)]
    if not changing:
        return None
    decision = Decision(made_by_id=actor.person_id, made_at=now, cells=len(changing))
    session.add(decision)
    session.flush()
    decide(session, actor, changing, terms, now, decision_id=decision.id)
    settle_places(session, actor, {c.cell.person_id for c in changing}, now)
    return decision


def checked_terms(command: SetNeeds, now: datetime) -> Terms:
    """What was asked for, without what does not belong to that need. Raises BadInputError by field."""
    reason = tidy(command.reason)
    errors = problems_with(command.need, command.due, command.pause_reason, reason, london_date(now))
    if not command.cells:
        errors["cells"] = "Choose at least one cell in the grid"
    if len(command.cells) > MOST_CELLS:
        errors["cells"] = f"Choose at most {MOST_CELLS:,} cells at a time"
    if errors or command.need is None:
        raise BadInputError(errors)
    dated, paused = command.need is not Need.NOT_REQUIRED, command.need is Need.PAUSED
    return Terms(command.need, command.due if dated else None, command.pause_reason if paused else None, reason)


def hold_still(session: WriteSession, people: Collection[int]) -> None:
    """Two leads who decide about the same person wait for each other (on SQLite all writers do)."""
    session.execute(
        sa.select(_person.c.id).where(_person.c.id.in_(people)).order_by(_person.c.id).with_for_update(key_share=True)
    ).all()


def decide(
    session: WriteSession,
    actor: Actor,
    cells: Sequence[Chosen],
    terms: Terms,
    now: datetime,
    *,
    decision_id: int | None = None,
) -> list[Requirement]:
    """Supersede what held, write what holds now, and tell those of whom something is asked."""
    supersede(session, [c.decided.requirement_id for c in cells if c.decided], now)
    made = [
        Requirement(
            person_id=c.cell.person_id,
            tier=c.cell.tier,
            need=terms.need,
            due=terms.due,
            pause_reason=terms.pause_reason,
            reason=terms.reason,
            source=NeedSource.LEAD,
            set_by_id=actor.person_id,
            decided_at=now,
            decision_id=decision_id,
        )
        for c in cells
    ]
    session.add_all(made)
    session.flush()
    for requirement, cell in zip(made, cells, strict=True):
        record(session, actor, "set need", requirement, now)
        if terms.need is Need.REQUIRED and not cell.held:
            line = assigned_line(actor.name, cell.tier.title, terms.due, terms.reason, cell.tier.release_minutes)
            tell(session, ASSIGNED, requirement, line, now)
    return made


def supersede(session: WriteSession, requirement_ids: Collection[int], now: datetime) -> None:
    """End what held, and take back what was not mailed about it yet. Raises StaleError when one had ended before."""
    if not requirement_ids:
        return
    ended = session.execute(
        sa.update(_requirement)
        .where(_requirement.c.id.in_(requirement_ids), _requirement.c.superseded_at.is_(None))
        .values(superseded_at=now)
    )
    if ended.rowcount != len(requirement_ids):  # type: ignore[attr-defined]
        raise StaleError("Another decision about one of these cells was saved first.")
    keys = [key(kind, i) for i in requirement_ids for kind in NOTICES]
    silence(session, keys, now)


def silence(session: WriteSession, keys: Collection[str], now: datetime) -> None:
    """Take back notices that no mail has carried yet."""
    if not keys:
        return
    waiting = sa.and_(_notice.c.mail_id.is_(None), _notice.c.withdrawn_at.is_(None))
    session.execute(sa.update(_notice).where(_notice.c.key.in_(keys), waiting).values(withdrawn_at=now))


def unsent(session: WriteSession, requirement_ids: Collection[int]) -> dict[int, str]:
    """What the people of these needs were to be told and never were, by need: it was taken back before any mail."""
    keys = {key(ASSIGNED, i): i for i in requirement_ids}
    rows = session.execute(
        sa.select(_notice.c.key, _notice.c.line).where(
            _notice.c.key.in_(keys), _notice.c.mail_id.is_(None), _notice.c.withdrawn_at.is_not(None)
        )
    )
    return {keys[row.key]: row.line for row in rows}


def key(kind: str, requirement_id: int) -> str:
    return f"{kind}:{requirement_id}"


def tell(session: WriteSession, kind: str, requirement: Requirement, line: str, now: datetime) -> bool:
    return outbox.tell(
        session, key=key(kind, requirement.id), person_id=requirement.person_id, kind=kind, line=line, now=now
    )


def record(session: WriteSession, actor: Actor, action: str, requirement: Requirement, now: datetime) -> None:
    """One event per changed cell. Its values stay in the dated rows themselves, so they are not copied."""
    audit.record(
        session,
        actor,
        action,
        "requirement",
        requirement.id,
        now=now,
        subject_id=requirement.person_id,
        fields=("need", "due", "reason"),
    )
