"""The rules are run over some people: what they ask is set, what no rule asks any more is withdrawn."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from app.access.actor import Actor
from app.capability.commands.deciding import ASSIGNED, hold_still, key, supersede, unsent
from app.capability.commands.enrolling import settle_places
from app.capability.models import NeedRule, Requirement
from app.capability.need_rules import Effect, Rule
from app.capability.queries.begun import People
from app.capability.queries.enrolling import placing
from app.capability.queries.reaching import these, worked_out
from app.capability.queries.ruling import rules_in_force
from app.capability.queries.standings import matrix_tiers
from app.capability.rule_wording import asked_line
from app.capability.rules import Need, NeedSource
from app.kernel.audit import AuditEvent
from app.kernel.bulk import hold, new_ids, write_many
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, WriteSession
from app.kernel.outbox import Notice

_REQUIREMENT = (
    "id", "person_id", "tier", "need", "due", "reason", "source", "set_by_id", "decided_at", "rule_id",
)  # fmt: skip
_EVENT = ("at", "actor_id", "action", "entity", "entity_id", "subject_id", "fields")
_NOTICE = ("key", "person_id", "kind", "line", "made_at")


def run_rules(session: WriteSession, actor: Actor, people: Collection[int], now: datetime) -> int:
    """Bring the needs and places of these people to what the rules say today. Returns how many changed; twice: none.

    What a lead decided, what somebody holds and what they completed stay as they are.
    """
    today = london_date(now)
    rules = rules_in_force(session, today)
    session.flush()
    changing = changed_by_rules(session, these(people), rules, today)
    if not changing:
        return 0
    hold_still(session, changing)
    found = worked_out(session, these(changing), rules, today)
    apply_effects(session, actor, found, now)
    return len(found) + settle_places(session, actor, changing, now)


def changed_by_rules(session: ReadSession, people: People, rules: Sequence[Rule], today: date) -> set[int]:
    """Whose needs or places on courses are not as these rules say."""
    needs = {e.person_id for e in worked_out(session, people, rules, today)}
    return needs | {p.person_id for p in placing(session, people, today)}


def hold_rules(session: WriteSession) -> None:
    """Whoever begins or ends a rule, and the worker's run, wait for each other (on SQLite all writers do)."""
    hold(session, NeedRule)


def apply_effects(session: WriteSession, actor: Actor, found: Sequence[Effect], now: datetime) -> None:
    """Write these changes, one audit event each, and tell those of whom something new is asked.

    Hold the people still first. Whose date stays is told again only where no mail had told them yet.
    """
    supersede(session, [e.ends for e in found if e.ends], now)
    asking = [e for e in found if e.rule is not None]
    ids = dict(zip([(e.person_id, e.tier) for e in asking], new_ids(session, Requirement, len(asking)), strict=True))
    session.flush()
    write_many(session, Requirement, _REQUIREMENT, [_requirement(e, ids, actor, now) for e in asking])
    write_many(session, AuditEvent, _EVENT, [_event(e, ids, actor, now) for e in found])
    titles = {t.slug: (t.title, t.release_minutes, t.path.alone) for t in matrix_tiers(session)} if asking else {}
    silenced = unsent(session, [e.ends for e in asking if e.ends])
    lines = (
        (key(ASSIGNED, ids[e.person_id, e.tier]), e.person_id, ASSIGNED, line, now)
        for e in asking
        if (e.due != e.due_before or e.ends in silenced) and (line := _line(e, *titles[e.tier]))
    )
    write_many(session, Notice, _NOTICE, lines)


def _requirement(e: Effect, ids: dict[tuple[int, str], int], actor: Actor, now: datetime) -> tuple[object, ...]:
    assert e.rule is not None
    made = (ids[e.person_id, e.tier], e.person_id, e.tier, Need.REQUIRED, e.due, e.rule.why)
    return (*made, NeedSource.RULE, actor.person_id, now, e.rule.id)


def _event(e: Effect, ids: dict[tuple[int, str], int], actor: Actor, now: datetime) -> tuple[object, ...]:
    action = "set need" if e.rule is not None else "withdraw need"
    about = ids.get((e.person_id, e.tier), e.ends)
    return (now, actor.person_id, action, "requirement", about, e.person_id, "need,due,reason")


def _line(e: Effect, title: str, release_minutes: int, alone: bool) -> str:
    assert e.rule is not None
    assert e.due is not None
    return asked_line(e.rule.said, title, e.due, e.rule.why, release_minutes, alone=alone)
