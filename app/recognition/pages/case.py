"""One item as an assessor decides about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.curriculum.views import TierView
from app.learning.queries import Holding
from app.organisation.queries import PersonRow
from app.recognition.pages.desk import WHO_SEES
from app.recognition.pages.words import (
    Fact,
    File,
    Line,
    Said,
    age,
    facts,
    files,
    happened,
    lapses,
    level_options,
    said,
    state,
)
from app.recognition.queries import Case, RuleRow
from app.recognition.rules import last_day
from app.web.page import Filled, Option, Page
from app.web.words import day

MOST_RULES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A level that the person holds, or held."""

    title: str
    since: str
    until: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FittingRule:
    """`lapsed` says why it cannot be used, when it cannot."""

    id: int
    words: str
    result: str
    reason: str
    lapsed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage(Page):
    template: ClassVar[str] = "recognition/case.html"
    who_sees: ClassVar[str] = WHO_SEES

    id: int
    person_id: int
    name: str
    works: str
    title: str
    state: str
    tone: str
    facts: tuple[Fact, ...]
    offered: Said | None
    waited: str
    files: tuple[File, ...]
    held: tuple[Held, ...]
    rules: tuple[FittingRule, ...]
    own: bool
    decides: bool
    may_decline: bool
    standing: str
    why: str
    levels: tuple[Option, ...]
    form: Filled
    happened: tuple[Line, ...]
    seen: int

    @classmethod
    def of(
        cls,
        case: Case,
        person: PersonRow,
        held: Mapping[str, Holding],
        rules: Sequence[RuleRow],
        tiers: Sequence[TierView],
        reader_id: int,
        today: date,
        *,
        values: Mapping[str, str] | None = None,
        errors: Mapping[str, str] | None = None,
    ) -> "CasePage":
        """`values` are what was posted and could not be saved, shown again as it was typed."""
        own, standing = case.item.person_id == reader_id, case.standing
        words, tone = state(case)
        waited = f"Waiting: {age(case.waiting.offered_at, today)[0].lower()}" if case.waiting else ""
        return cls(
            id=case.item.id,
            person_id=case.item.person_id,
            name=case.item.person,
            works=f"{person.job_role}, {person.team}, {person.directorate}",
            title=case.item.title,
            state="On their record" if words == "On your record" else words,
            tone=tone,
            facts=facts(case.item, own=False),
            offered=said(case.offers[-1]) if case.offers else None,
            waited=waited,
            files=files(case.files),
            held=_held(held, tiers, today),
            rules=tuple(_rule(rule, case, today) for rule in rules[:MOST_RULES]),
            own=own,
            decides=not own and standing is None,
            may_decline=case.waiting is not None,
            standing=_standing(case),
            why=standing.reason if standing else "",
            levels=level_options(tiers, months=True),
            form=Filled.of(_before(case) | dict(values or {}), errors),
            happened=_history(case),
            seen=case.seen,
        )


def _before(case: Case) -> dict[str, str]:
    """What the form begins with: the level that was asked for, and the day of completion."""
    return {
        "tier": (case.waiting.tier or "") if case.waiting else "",
        "counts_from": day(case.item.completed_on),
    }


def _history(case: Case) -> tuple[Line, ...]:
    """Nothing as long as the page has said all of it already: one offer, and the decision that stands."""
    told = happened(case, own=False)
    return told if len(told) > (2 if case.standing else 1) else ()


def _standing(case: Case) -> str:
    if case.standing is None:
        return ""
    one = case.standing
    counts = f"It counts from {day(one.counts_from)}, {lapses(one.valid_until)}."
    return f"{one.decided_by} recognised it as {one.level}. {counts}"


def _held(held: Mapping[str, Holding], tiers: Sequence[TierView], today: date) -> tuple[Held, ...]:
    return tuple(
        Held(
            title=t.title,
            since=day(held[t.slug].granted_on),
            until=_until(held[t.slug], today),
            source=held[t.slug].source,
        )
        for t in tiers
        if t.slug in held
    )


def _until(holding: Holding, today: date) -> str:
    if holding.withdrawn_on:
        return f"Taken back on {day(holding.withdrawn_on)}"
    if holding.lapsed(today):
        return f"Lapsed on {day(holding.valid_until)}"
    return day(holding.valid_until) or "Does not lapse"


def _rule(rule: RuleRow, case: Case, today: date) -> FittingRule:
    until = last_day(case.item.completed_on, rule.valid_months)
    provider = f" by {rule.provider}" if rule.provider else ""
    over = (
        f"By this rule it lapsed on {day(until)}: decide by judgement, or decline it."
        if until and until <= today
        else ""
    )
    return FittingRule(
        id=rule.id,
        words=f"“{rule.title}”{provider}",
        result=f"{rule.level}, from {day(case.item.completed_on)}, {lapses(until)}",
        reason=rule.reason,
        lapsed=f"By this rule it lapsed on {day(until)}: decide by judgement, or decline it." if over else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseChangedPage(Page):
    """Somebody decided, or the person took it back, while an assessor was writing: nothing was decided just now."""

    template: ClassVar[str] = "recognition/case_changed.html"
    who_sees: ClassVar[str] = WHO_SEES

    id: int
    name: str
    title: str
    became: str
    gone: bool
    last: tuple[Line, ...]
    chosen: str
    typed: str

    @classmethod
    def of(cls, case: Case, tiers: Sequence[TierView], posted: Mapping[str, str], *, gone: bool) -> "CaseChangedPage":
        """`gone`: the person took back what they offered, so that nothing of it is shown any more."""
        titles = {t.slug: t.title for t in tiers}
        words = (posted.get(name, "").strip() for name in ("reason", "why_not", "why_back"))
        return cls(
            id=case.item.id,
            name="" if gone else case.item.person,
            title="" if gone else case.item.title,
            became="Whoever offered it took it back." if gone else f"{state(case)[0]}.",
            gone=gone,
            last=() if gone else happened(case, own=False)[-1:],
            chosen=titles.get(posted.get("tier", ""), ""),
            typed=next((w for w in words if w), ""),
        )
