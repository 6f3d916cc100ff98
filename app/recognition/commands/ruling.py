"""Rules by which assessors recognise learning. Kept, and ended; never changed."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.curriculum.queries import tiers
from app.curriculum.rules import Audience
from app.kernel import audit
from app.kernel.db import ReadSession, WriteSession, table
from app.kernel.errors import BadInputError
from app.recognition.commands.judging import wrong_reason
from app.recognition.models import RecognitionRule
from app.recognition.queries import may_assess, rule_by_id
from app.recognition.rules import key_of

_rule = table(RecognitionRule)
LONGEST = 200
MOST_MONTHS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepRule:
    """`months` from the day of completion on; None: for as long as the level itself says."""

    title: str
    tier: str
    reason: str
    provider: str = ""
    months: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndRule:
    rule_id: int


def keep_rule(session: WriteSession, actor: Actor, command: KeepRule, now: datetime) -> int:
    """Write a rule. It decides nothing by itself. Returns its id; raises BadInputError by field."""
    if errors := wrong_rule(session, actor, command):
        raise BadInputError(errors)
    rule = RecognitionRule(
        provider=command.provider,
        title=command.title,
        provider_key=key_of(command.provider),
        title_key=key_of(command.title),
        tier=command.tier,
        months=command.months,
        reason=command.reason,
        kept_at=now,
        kept_by_id=actor.person_id,
    )
    session.add(rule)
    session.flush()
    fields = ("provider", "title", "tier", "months", "reason")
    audit.record(session, actor, "keep recognition rule", "recognition_rule", rule.id, now=now, fields=fields)
    return rule.id


def end_rule(session: WriteSession, actor: Actor, command: EndRule, now: datetime) -> None:
    """From now on it fits nothing; what was recognised by it stands. A rule that was ended stays so."""
    may_assess(actor)
    rule_by_id(session, command.rule_id)
    open_one = sa.and_(_rule.c.id == command.rule_id, _rule.c.ended_at.is_(None))
    done = session.execute(sa.update(_rule).where(open_one).values(ended_at=now, ended_by_id=actor.person_id))
    if done.rowcount:  # type: ignore[attr-defined]
        fields = ("ended_at",)
        audit.record(
            session, actor, "end recognition rule", "recognition_rule", command.rule_id, now=now, fields=fields
        )


def wrong_rule(session: ReadSession, actor: Actor, command: KeepRule) -> dict[str, str]:
    """What stands in the way of keeping it, by field. Raises NotFoundError for anybody but an assessor."""
    may_assess(actor)
    errors = {}
    for name, text in (("title", command.title), ("provider", command.provider)):
        if len(text) > LONGEST:
            errors[name] = f"Write at most {LONGEST} characters. You have {len(text)}"
    if not key_of(command.title):
        errors["title"] = "Enter the words of the title that the rule looks for"
    if command.tier not in {t.slug for t in tiers(session) if t.audience is Audience.STAFF}:
        errors["tier"] = "Choose the level that it meets"
    if command.months is not None and not 1 <= command.months <= MOST_MONTHS:
        errors["months"] = f"Enter between 1 and {MOST_MONTHS} months, or leave it empty"
    if wrong := wrong_reason(command.reason, "Write why it meets the level. Whoever is recognised reads it"):
        errors["reason"] = wrong
    if not errors and _is_kept(session, command):
        errors["title"] = "A rule with these words is kept already. End that one first"
    return errors


def _is_kept(session: ReadSession, command: KeepRule) -> bool:
    same = (
        _rule.c.title_key == key_of(command.title),
        _rule.c.provider_key == key_of(command.provider),
        _rule.c.ended_at.is_(None),
    )
    return session.execute(sa.select(_rule.c.id).where(*same).limit(1)).first() is not None
