"""The rules by which assessors recognise learning, and what each of them fits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.curriculum.models import Tier
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.organisation.models import Person
from app.recognition.models import EvidenceItem, Recognition, RecognitionOffer, RecognitionRule
from app.recognition.queries.cases import ItemRow, on_record
from app.recognition.rules import OfferState, Verdict, fits, weight

_rule, _item, _tier, _person = table(RecognitionRule), table(EvidenceItem), table(Tier), table(Person)
_offer, _decision = table(RecognitionOffer), table(Recognition)
MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class RuleRow:
    """`level_months` is how long the level itself says; `months` what the rule says instead, if it does."""

    id: int
    provider: str
    title: str
    provider_key: str
    title_key: str
    tier: str
    level: str
    level_months: int | None
    months: int | None
    reason: str
    kept_at: datetime
    kept_by: str
    ended_at: datetime | None

    @property
    def valid_months(self) -> int | None:
        return self.level_months if self.months is None else self.months


@dataclass(frozen=True, slots=True)
class MatchRow:
    item_id: int
    person: str
    title: str
    provider: str
    completed_on: date
    waits: bool


@dataclass(frozen=True, slots=True)
class Matches:
    """What a rule fits and nobody has recognised yet: offers that wait, and other items on people's records."""

    shown: Sequence[MatchRow]
    offers: int
    items: int


_RULES = (
    sa.select(
        _rule.c.id,
        _rule.c.provider,
        _rule.c.title,
        _rule.c.provider_key,
        _rule.c.title_key,
        _rule.c.tier,
        _tier.c.title,
        _tier.c.validity_months,
        _rule.c.months,
        _rule.c.reason,
        _rule.c.kept_at,
        _person.c.name,
        _rule.c.ended_at,
    )
    .join(_tier, _tier.c.slug == _rule.c.tier)
    .join(_person, _person.c.id == _rule.c.kept_by_id)
)


def rules_in_force(session: ReadSession) -> list[RuleRow]:
    """By the words that they look for."""
    wanted = _RULES.where(_rule.c.ended_at.is_(None)).order_by(_rule.c.title_key, _rule.c.provider_key, _rule.c.id)
    return [RuleRow(*row) for row in session.execute(wanted)]


def rule_by_id(session: ReadSession, rule_id: int) -> RuleRow:
    row = session.execute(_RULES.where(_rule.c.id == rule_id)).first()
    if row is None:
        raise NotFoundError("rule")
    return RuleRow(*row)


def rules_for(rules: Sequence[RuleRow], provider_key: str, title_key: str) -> list[RuleRow]:
    """The rules that fit an item, the one that says most first."""
    found = [r for r in rules if fits(r.provider_key, provider_key) and fits(r.title_key, title_key)]
    return sorted(found, key=lambda rule: (-weight(rule.provider_key, rule.title_key), rule.id))


def rules_for_item(session: ReadSession, item: ItemRow) -> list[RuleRow]:
    return rules_for(rules_in_force(session), item.provider_key, item.title_key)


def matches(session: ReadSession, provider_key: str, title_key: str, *, but: int) -> Matches:
    """What a rule with these folded words would fit. `but` is the assessor, who decides nothing of their own."""
    conditions = (*_words(_item.c.title_key, title_key), *_words(_item.c.provider_key, provider_key))
    recognised = sa.exists().where(
        _decision.c.item_id == _item.c.id,
        _decision.c.verdict == Verdict.RECOGNISED,
        _decision.c.taken_back_at.is_(None),
    )
    waits = sa.exists().where(_offer.c.item_id == _item.c.id, _offer.c.state == OfferState.WAITING)
    found = (
        sa.select(
            _item.c.id,
            _person.c.name,
            _item.c.title,
            _item.c.provider,
            _item.c.completed_on,
            waits.label("waits"),
        )
        .join(_person, _person.c.id == _item.c.person_id)
        .where(*conditions, on_record(), ~recognised, _item.c.person_id != but)
    ).subquery("found")
    counted = session.execute(
        sa.select(
            sa.func.count().filter(found.c.waits).label("offers"),
            sa.func.count().filter(~found.c.waits).label("items"),
        ).select_from(found)
    ).one()
    shown = session.execute(sa.select(found).order_by(found.c.waits.desc(), found.c.id).limit(MOST_SHOWN))
    return Matches([MatchRow(*row) for row in shown], counted.offers, counted.items)


def _words(column: sa.ColumnElement[str], key: str) -> list[sa.ColumnElement[bool]]:
    """Each word stands in the column as a word. Folded words are letters and figures only, so none is a wildcard."""
    padded = sa.literal(" ").concat(column).concat(" ")
    return [padded.like(f"% {word} %") for word in sorted(set(key.split()))]
