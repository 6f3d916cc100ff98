"""Rules of recognition: what is kept, what a rule would fit before it is kept, and what one fits today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.curriculum.views import TierView
from app.recognition.commands import KeepRule
from app.recognition.pages.desk import WHO_SEES
from app.recognition.pages.words import level_options, on_day
from app.recognition.queries import Matches, MatchRow, RuleRow
from app.web.page import Filled, Option, Page
from app.web.words import plural, short_day


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    id: int
    words: str
    level: str
    lasts: str
    reason: str
    kept: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchLine:
    id: int
    name: str
    what: str
    on: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesPage(Page):
    template: ClassVar[str] = "recognition/rules.html"
    who_sees: ClassVar[str] = WHO_SEES

    lines: tuple[RuleLine, ...]
    levels: tuple[Option, ...]
    form: Filled

    @classmethod
    def of(
        cls,
        rules: Sequence[RuleRow],
        tiers: Sequence[TierView],
        values: Mapping[str, str],
        errors: Mapping[str, str] | None = None,
    ) -> "RulesPage":
        return cls(
            lines=tuple(map(_line, rules)), levels=level_options(tiers, months=True), form=Filled.of(values, errors)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePage(Page):
    """A rule that is kept, and what it fits today."""

    template: ClassVar[str] = "recognition/rule.html"
    who_sees: ClassVar[str] = WHO_SEES

    rule: RuleLine
    ended: str
    say: str
    matches: tuple[MatchLine, ...]
    more: str

    @classmethod
    def of(cls, rule: RuleRow, found: Matches) -> "RulePage":
        return cls(
            rule=_line(rule),
            ended=f"This rule was ended on {on_day(rule.ended_at)} and fits nothing any more." if rule.ended_at else "",
            say=_say(found, "It fits"),
            matches=_matches(found),
            more=_more(found),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCheckPage(Page):
    """What a rule would fit, before it is kept."""

    template: ClassVar[str] = "recognition/rule_check.html"
    who_sees: ClassVar[str] = WHO_SEES

    words: str
    level: str
    lasts: str
    reason: str
    say: str
    matches: tuple[MatchLine, ...]
    more: str
    typed: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, command: KeepRule, found: Matches, tiers: Sequence[TierView]) -> "RuleCheckPage":
        tier = next(t for t in tiers if t.slug == command.tier)
        typed = {
            "title": command.title,
            "provider": command.provider,
            "tier": command.tier,
            "months": str(command.months or ""),
            "reason": command.reason,
        }
        return cls(
            words=_words(command.title, command.provider),
            level=tier.title,
            lasts=_lasts(tier.validity_months if command.months is None else command.months),
            reason=command.reason,
            say=_say(found, "It would fit"),
            matches=_matches(found),
            more=_more(found),
            typed=tuple(typed.items()),
        )


def _line(rule: RuleRow) -> RuleLine:
    return RuleLine(
        id=rule.id,
        words=_words(rule.title, rule.provider),
        level=rule.level,
        lasts=_lasts(rule.valid_months),
        reason=rule.reason,
        kept=f"{rule.kept_by}, {on_day(rule.kept_at)}",
    )


def _words(title: str, provider: str) -> str:
    return f"“{title}”, provider “{provider}”" if provider else f"“{title}”, any provider"


def _lasts(months: int | None) -> str:
    return f"{plural(months, 'month')} from the day of completion" if months else "Does not lapse"


def _say(found: Matches, fits: str) -> str:
    offers = plural(found.offers, "offer that waits", "offers that wait")
    items = plural(found.items, "other item", "other items")
    return f"{fits} {offers}, and {items} on people’s records."


def _more(found: Matches) -> str:
    rest = found.offers + found.items - len(found.shown)
    return f"And {rest:,} more." if rest > 0 else ""


def _matches(found: Matches) -> tuple[MatchLine, ...]:
    return tuple(map(_match, found.shown))


def _match(row: MatchRow) -> MatchLine:
    return MatchLine(
        id=row.item_id,
        name=row.person,
        what=f"{row.title}, {row.provider}" if row.provider else row.title,
        on=short_day(row.completed_on),
        state="Waits" if row.waits else "On their record",
    )
