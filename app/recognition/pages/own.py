"""A person's own pages: what they learnt elsewhere, and what became of what they offered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.curriculum.views import TierView
from app.recognition.pages.words import (
    Fact,
    File,
    Line,
    Said,
    facts,
    files,
    happened,
    lapses,
    level_options,
    on_day,
    said,
    state,
)
from app.recognition.queries import Case
from app.recognition.rules import OfferState, Verdict
from app.web.page import Filled, Option, Page
from app.web.words import day, minutes

WHO_SEES = (
    "You, and the QI team's administrators, who decide: they see your name, your team and everything that you write "
    "and show here. HR and those administrators see on your record what it was, where, when and how long, and the "
    "level that it was recognised as; not your words, your link or your file, and not that something was declined."
)

ALL_SAID = 2
"""An offer and what became of it: the page says both without a history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLine:
    id: int
    title: str
    provider: str
    on: str
    time: str
    state: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ElsewherePage(Page):
    template: ClassVar[str] = "recognition/elsewhere.html"
    who_sees: ClassVar[str] = WHO_SEES

    lines: tuple[OwnLine, ...]

    @classmethod
    def of(cls, cases: Sequence[Case]) -> "ElsewherePage":
        return cls(lines=tuple(_line(case) for case in cases))


def _line(case: Case) -> OwnLine:
    words, tone = state(case)
    item = case.item
    return OwnLine(
        id=item.id,
        title=item.title,
        provider=item.provider,
        on=day(item.completed_on),
        time=minutes(item.minutes) if item.minutes else "Not said",
        state=words,
        tone=tone,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferPage(Page):
    template: ClassVar[str] = "recognition/offer.html"
    who_sees: ClassVar[str] = WHO_SEES

    levels: tuple[Option, ...]
    form: Filled

    @classmethod
    def of(
        cls, tiers: Sequence[TierView], values: Mapping[str, str], errors: Mapping[str, str] | None = None
    ) -> "OfferPage":
        return cls(levels=level_options(tiers), form=Filled.of(values, errors))


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnItemPage(Page):
    """`answer` is what an assessor wrote; `offered` what was said for it last."""

    template: ClassVar[str] = "recognition/own_item.html"
    who_sees: ClassVar[str] = WHO_SEES

    id: int
    title: str
    facts: tuple[Fact, ...]
    heading: str
    tone: str
    note: str
    answer: str
    waits: bool
    offered: Said | None
    files: tuple[File, ...]
    may_offer: str
    levels: tuple[Option, ...]
    form: Filled
    seen: int
    happened: tuple[Line, ...]

    @classmethod
    def of(
        cls,
        case: Case,
        tiers: Sequence[TierView],
        values: Mapping[str, str] | None = None,
        errors: Mapping[str, str] | None = None,
    ) -> "OwnItemPage":
        """`values` are what was posted and could not be saved, shown again as it was typed."""
        last = case.offers[-1] if case.offers else None
        heading, tone = state(case)
        before = {"tier": last.tier or "", "words": last.words, "link": last.link} if last else {}
        history = happened(case, own=True)
        return cls(
            id=case.item.id,
            title=case.item.title,
            facts=facts(case.item, own=True),
            heading=heading,
            tone="good" if tone == "good" else "step",
            note=_note(case),
            answer=_answer(case),
            waits=case.waiting is not None,
            offered=said(last) if last and last.state is not OfferState.WITHDRAWN else None,
            files=files(case.files),
            may_offer="" if case.waiting or case.standing else _again(case),
            levels=level_options(tiers),
            form=Filled.of(before if values is None else values, errors),
            seen=case.seen,
            happened=history if len(history) > ALL_SAID else (),
        )


def _note(case: Case) -> str:
    if case.standing:
        standing = case.standing
        return f"You hold {standing.level} by this from {day(standing.counts_from)}, {lapses(standing.valid_until)}."
    if case.waiting:
        return f"You offered it on {on_day(case.waiting.offered_at)}. The QI team decides, and you get a mail."
    last = case.last_decision
    if last and last.taken_back_at:
        return f"{last.taken_back_by} took the recognition as {last.level} back on {on_day(last.taken_back_at)}."
    if last:
        return f"{last.decided_by} decided on {on_day(last.decided_at)}. It stays on your record as something you did."
    if case.offers:
        return "It is no longer on your record. Offer it again to put it back."
    return "It is on your record. If you think that it meets a level, you can offer it."


def _answer(case: Case) -> str:
    if case.waiting or case.last_decision is None:
        return ""
    last = case.last_decision
    return last.taken_back_reason if last.taken_back_at else last.reason


def _again(case: Case) -> str:
    """The words of the button."""
    last = case.last_decision
    if last and last.verdict is Verdict.DECLINED:
        return "Offer it again with more"
    return "Offer it again" if case.offers else "Offer it"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnChangedPage(Page):
    """Something happened since the page was opened: how it stands now, and what was sent, so that neither is lost."""

    template: ClassVar[str] = "recognition/own_changed.html"
    who_sees: ClassVar[str] = WHO_SEES

    id: int
    title: str
    heading: str
    note: str
    typed: str
    link: str

    @classmethod
    def of(cls, case: Case, posted: Mapping[str, str]) -> "OwnChangedPage":
        return cls(
            id=case.item.id,
            title=case.item.title,
            heading=state(case)[0],
            note=_note(case),
            typed=posted.get("words", "").strip(),
            link=posted.get("link", "").strip(),
        )
