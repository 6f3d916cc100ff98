"""An assessor recognises what somebody learnt elsewhere, by a rule or by judgement, or declines it."""

from dataclasses import dataclass
from datetime import datetime

from app.access.actor import Actor
from app.curriculum.queries import tiers
from app.kernel import audit, outbox
from app.kernel.clock import london_date
from app.kernel.config import Settings
from app.kernel.db import WriteSession
from app.kernel.errors import BadInputError, NotAllowedError, RuleBrokenError, StaleError
from app.learning.commands import GrantAward, grant_award
from app.learning.commands.reach import one_at_a_time
from app.recognition.commands.judging import Decided, Recognise, changes_nothing, judged, wrong_reason
from app.recognition.commands.offering import CHANGED, end_offer
from app.recognition.models import Recognition
from app.recognition.queries import Case, case_for, case_of, is_on_record, may_assess, rules_for_item
from app.recognition.rules import OfferState, Verdict, Way, last_day
from app.recognition.wording import declined_mail, recognised_mail, recognised_source
from app.web.words import day

OWN = "Nobody decides about what they offered themselves. Another assessor does."


@dataclass(frozen=True, slots=True, kw_only=True)
class RecogniseByRule:
    item_id: int
    seen: int
    rule_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineOffer:
    item_id: int
    seen: int
    reason: str


def recognise(session: WriteSession, settings: Settings, actor: Actor, command: Recognise, now: datetime) -> Case:
    """Grant the level, in the same transaction. Returns the item as it was before.

    Raises NotFoundError out of reach, NotAllowedError for one's own, StaleError when something happened to the item
    since, and BadInputError by field, also where it would change nothing of what the person holds.
    """
    today = london_date(now)
    case = _theirs(session, actor, command.item_id, command.seen, now)
    decided = judged(session, case, command, today)
    _grant(session, settings, actor, case, decided, now)
    return case


def recognise_by_rule(
    session: WriteSession, settings: Settings, actor: Actor, command: RecogniseByRule, now: datetime
) -> Case:
    """The same by a rule that is kept: its level, its months from the day of completion on, its reason.

    Raises RuleBrokenError when the rule was ended or does not fit, or when by it the level has lapsed already.
    """
    today = london_date(now)
    case = _theirs(session, actor, command.item_id, command.seen, now)
    rule = next((r for r in rules_for_item(session, case.item) if r.id == command.rule_id), None)
    if rule is None:
        raise RuleBrokenError("This rule has been ended, or does not fit. Look at the page again.")
    tier = next(t for t in tiers(session) if t.slug == rule.tier)
    until = last_day(case.item.completed_on, rule.valid_months)
    if until is not None and until <= today:
        raise RuleBrokenError(f"By this rule the level lapsed on {day(until)}. Decide by judgement, or decline it.")
    decided = Decided(Way.RULE, tier, case.item.completed_on, until, rule.reason, rule.id)
    if wrong := changes_nothing(session, case, decided, today):
        raise RuleBrokenError(" ".join(f"{said}." for said in wrong.values()))
    _grant(session, settings, actor, case, decided, now)
    return case


def decline_offer(
    session: WriteSession, settings: Settings, actor: Actor, command: DeclineOffer, now: datetime
) -> Case:
    """Not recognise what somebody offered, for a reason that they read. The item stays on their record."""
    case = _theirs(session, actor, command.item_id, command.seen, now)
    if case.waiting is None:
        raise RuleBrokenError("Nobody offered this, so there is nothing to decline.")
    if wrong := wrong_reason(command.reason, "Write why it is not recognised. They read it"):
        raise BadInputError({"reason": wrong})
    end_offer(session, case.waiting.id, OfferState.DECLINED, now)
    decision = Recognition(
        item_id=case.item.id,
        offer_id=case.waiting.id,
        verdict=Verdict.DECLINED,
        way=Way.JUDGEMENT,
        reason=command.reason,
        decided_at=now,
        decided_by_id=actor.person_id,
    )
    _write_down(session, actor, case, decision, "decline offer of learning", now)
    tell(session, case, f"recognition:{decision.id}", declined_mail(settings, case.item), now)
    return case


def tell(session: WriteSession, case: Case, key: str, mail: tuple[str, str], now: datetime) -> None:
    """Somebody without an address reads it on their page."""
    if case.item.email:
        subject, body = mail
        outbox.post(
            session,
            key=key,
            person_id=case.item.person_id,
            to_address=case.item.email,
            subject=subject,
            body=body,
            now=now,
        )


def another_may(session: WriteSession, actor: Actor, item_id: int, now: datetime) -> Case:
    """The item, once nobody else is deciding about its person.

    Raises NotFoundError out of reach, StaleError for one that its person took back, NotAllowedError for one's own.
    """
    may_assess(actor)
    one_at_a_time(session, case_of(session, item_id).item.person_id)
    if not is_on_record(session, item_id):
        raise StaleError(CHANGED)
    case, _person = case_for(session, actor, item_id, london_date(now))
    if case.item.person_id == actor.person_id:
        raise NotAllowedError(OWN)
    return case


def _theirs(session: WriteSession, actor: Actor, item_id: int, seen: int, now: datetime) -> Case:
    case = another_may(session, actor, item_id, now)
    if case.seen != seen or case.standing is not None:
        raise StaleError(CHANGED)
    return case


def _grant(
    session: WriteSession, settings: Settings, actor: Actor, case: Case, decided: Decided, now: datetime
) -> None:
    command = GrantAward(
        person_id=case.item.person_id,
        tier=decided.tier.slug,
        occurred_on=decided.counts_from,
        source=recognised_source(case.item),
        valid_until=decided.valid_until,
    )
    event = grant_award(session, actor, command, now)
    if case.waiting is not None:
        end_offer(session, case.waiting.id, OfferState.RECOGNISED, now)
    decision = Recognition(
        item_id=case.item.id,
        offer_id=case.waiting.id if case.waiting else None,
        verdict=Verdict.RECOGNISED,
        way=decided.way,
        rule_id=decided.rule_id,
        tier=decided.tier.slug,
        counts_from=decided.counts_from,
        valid_until=decided.valid_until,
        award_event_id=event.id,
        reason=decided.reason,
        decided_at=now,
        decided_by_id=actor.person_id,
    )
    _write_down(session, actor, case, decision, "recognise learning from elsewhere", now)
    tell(session, case, f"recognition:{decision.id}", recognised_mail(settings, case.item, decided.tier.title), now)


def _write_down(
    session: WriteSession, actor: Actor, case: Case, decision: Recognition, action: str, now: datetime
) -> None:
    session.add(decision)
    session.flush()
    audit.record(
        session,
        actor,
        action,
        "recognition",
        decision.id,
        now=now,
        subject_id=case.item.person_id,
        changed={"tier": (None, decision.tier)} if decision.tier else None,
        fields=("reason",),
    )
