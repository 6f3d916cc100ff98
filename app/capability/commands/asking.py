"""A member of staff asks for a level; a lead answers."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.capability.commands.deciding import SetNeeds, checked_terms, decide, hold_still
from app.capability.models import LevelRequest
from app.capability.queries.deciding import chosen
from app.capability.queries.mine import my_levels
from app.capability.queries.standings import on_plan, unanswered
from app.capability.rules import Cell, Need, RequestState
from app.capability.wording import declined_line, planned_line
from app.kernel import audit, outbox
from app.kernel.clock import london_date
from app.kernel.db import WriteSession, table
from app.kernel.errors import BadInputError, NotFoundError, RuleBrokenError
from app.kernel.names import tidy

LONGEST = 500
_request = table(LevelRequest)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForLevel:
    tier: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideRequest:
    """Agreeing sets the need, by a date. Declining takes words, which the person reads.

    `plan`: neither yet. The request is kept for a cohort to come, and answered when a place is offered.
    """

    request_id: int
    agree: bool
    plan: bool = False
    due: date | None = None
    answer: str = ""


def ask_for_level(session: WriteSession, actor: Actor, command: AskForLevel, now: datetime) -> LevelRequest:
    """Ask for oneself. Raises RuleBrokenError when it is asked for, required or completed already."""
    why = tidy(command.why)
    if len(why) > LONGEST:
        raise BadInputError({f"why-{command.tier}": f"Write at most {LONGEST} characters. You have {len(why)}"})
    hold_still(session, {actor.person_id})
    level = next((m for m in my_levels(session, actor, now) if m.tier.slug == command.tier), None)
    if level is None:
        raise NotFoundError("tier")
    if not level.may_ask(london_date(now)):
        raise RuleBrokenError("You have this level, or it is asked of you, or your request is waiting for an answer.")
    request = LevelRequest(person_id=actor.person_id, tier=command.tier, why=why, asked_at=now)
    session.add(request)
    session.flush()
    audit.record(
        session,
        actor,
        "ask for level",
        "level_request",
        request.id,
        now=now,
        subject_id=actor.person_id,
        fields=("tier", "why"),
    )
    return request


def decide_request(session: WriteSession, actor: Actor, command: DecideRequest, now: datetime) -> LevelRequest:
    """Answer once. Raises NotFoundError out of reach, RuleBrokenError when somebody answered or decided first."""
    request = session.get(LevelRequest, command.request_id)
    if request is None:
        raise NotFoundError("request")
    hold_still(session, {request.person_id})
    [cell] = chosen(session, actor, [Cell(request.person_id, request.tier, 0)], now)
    answer = _checked_answer(command)
    asked = SetNeeds(cells=(cell.cell,), need=Need.REQUIRED, due=command.due, reason=answer[:300])
    terms = checked_terms(asked, now) if command.agree else None
    _answer_once(session, actor, request, command, answer, now)
    if terms is not None:
        decide(session, actor, [cell], terms, now)
    else:
        line = (planned_line if command.plan else declined_line)(actor.name, cell.tier.title, answer)
        key = f"plan:{request.id}" if command.plan else f"answer:{request.id}"
        outbox.tell(session, key=key, person_id=request.person_id, kind="answer", line=line, now=now)
    return request


def _checked_answer(command: DecideRequest) -> str:
    answer = tidy(command.answer)
    longest = 300 if command.agree else LONGEST
    if len(answer) > longest:
        raise BadInputError({"answer": f"Write at most {longest} characters. You have {len(answer)}"})
    if not command.agree and not command.plan and not answer:
        raise BadInputError({"answer": "Write why not now, in a sentence. They read it"})
    return answer


def _answer_once(
    session: WriteSession, actor: Actor, request: LevelRequest, command: DecideRequest, answer: str, now: datetime
) -> None:
    state, action = _answer(command)
    open_still = unanswered() if command.plan else sa.or_(unanswered(), on_plan())
    done = session.execute(
        sa.update(_request)
        .where(_request.c.id == request.id, open_still)
        .values(
            state=state,
            decided_by_id=actor.person_id,
            decided_at=now,
            answer=answer,
        )
    )
    if not done.rowcount:  # type: ignore[attr-defined]
        raise RuleBrokenError("Somebody has answered this request already. Their answer is on the person's page.")
    session.refresh(request)
    audit.record(
        session,
        actor,
        action,
        "level_request",
        request.id,
        now=now,
        subject_id=request.person_id,
        fields=("state", "answer"),
    )


def _answer(command: DecideRequest) -> tuple[RequestState, str]:
    """What the request becomes, and what the audit calls the deed."""
    if command.plan:
        return RequestState.PLANNED, "put request on the plan"
    if command.agree:
        return RequestState.AGREED, "agree to request"
    return RequestState.DECLINED, "decline request"
