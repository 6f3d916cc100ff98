"""A month's joiners, movers and leavers: what each needs today, and what the teams lose with those who went."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from app.capability.choosing import EVERY_TEAM
from app.capability.month import CAME, FIRST_MONTH, Event, Month, Turn, is_to_come
from app.capability.month_wording import (
    VERBS,
    beside_words,
    counts,
    is_known,
    level_words,
    lost_words,
    month_name,
    post_words,
    went_along,
)
from app.capability.pages.parts import Option, Part, PathFor, listed, options, sentence
from app.capability.pages.teams import WHO_LEADS
from app.capability.queries.month import MonthFound
from app.capability.rules import DEVELOPMENT_ONLY, HELD
from app.web.page import Page
from app.web.words import day, plural, short_day

MONTHS_LINKED = 6
MOST_SHOWN = 200
"""Of one kind on one page: whoever reads more reads the file."""
HEADINGS = {
    Turn.JOINED: "Joiners",
    Turn.MOVED_IN: "Movers in",
    Turn.WITHIN: "Changed team or post here",
    Turn.MOVED_OUT: "Movers out",
    Turn.LEFT: "Leavers",
}
DAYS = {Turn.MOVED_OUT: "Moved on", Turn.LEFT: "Last day"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One person. `decide` leads to the cells in which what they need is set; empty where that cannot be done."""

    name: str
    href: str
    post: str
    on: str
    place: str
    beside: str
    levels: tuple[str, ...]
    undecided: bool
    decide: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    slug: str
    heading: str
    when: str
    what: str
    lines: tuple[Line, ...]
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthPage(Page):
    template: ClassVar[str] = "capability/month.html"
    who_sees: ClassVar[str] = WHO_LEADS

    say: tuple[Part, ...]
    waiting: str
    months: tuple[Part, ...]
    chosen_month: str
    directorates: tuple[Option, ...]
    sections: tuple[Section, ...]
    nobody: str
    became: tuple[str, ...]
    directorate: str
    back: str
    development_only: str

    @classmethod
    def of(cls, found: MonthFound, path_for: PathFor) -> Self:
        place = str(found.part.directorate_id) if found.part.directorate_id else EVERY_TEAM
        back = {"directorate": place} if found.part.directorate_id else {}
        every = [(EVERY_TEAM, "All of them"), *((str(i), name) for i, name in found.directorates)]
        sections = tuple(_sections(found, path_for))
        return cls(
            say=_say(found),
            waiting=_waiting(found),
            months=tuple(_months(found, place, path_for)),
            chosen_month=found.month.key,
            directorates=options(every, place) if len(found.directorates) > 1 else (),
            sections=sections,
            nobody=_nobody(found) if sections else "",
            became=tuple(went_along(found.events, found.part)),
            directorate=place,
            back=path_for("capability:teams", **back),
            development_only=DEVELOPMENT_ONLY,
        )


def _say(found: MonthFound) -> tuple[Part, ...]:
    """Medicine, November 2026: 6 joined, 1 left. Each number leads to its list."""
    parts: list[Part | str] = []
    for turn, words in counts(found.events, found.today):
        parts += [", "] if parts else []
        parts += [Part(text=words, href=f"#{turn}")]
    so_far = " so far" if found.month.holds(found.today) else ""
    everywhere = "The whole trust" if found.part.reach.trust else "All your directorates"
    head = f"{found.place or everywhere}, {month_name(found.month)}: "
    return sentence(head, *(parts or [f"nobody joined, moved or left{so_far}"]), ".")


def _waiting(found: MonthFound) -> str:
    count = len(found.waiting())
    if not count:
        return ""
    return f"For {plural(count, 'person', 'people')} who came no lead has set a need yet."


def _nobody(found: MonthFound) -> str:
    """Nobody moved in and nobody left. Where all is in reach, nobody can come or go from beyond it."""
    elsewhere = set() if found.part.directorate_id or not found.part.reach.trust else {Turn.MOVED_IN, Turn.MOVED_OUT}
    none = [words for turn, (words, _) in VERBS.items() if turn not in elsewhere and not found.of(turn)]
    said = listed([f"nobody {words}" for words in none])
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _months(found: MonthFound, place: str, path_for: PathFor) -> Iterator[Part]:
    """This month and those before it, the latest first; the one that is looked at has no address."""
    this = Month.of(found.today)
    latest = this if found.month > this.back(MONTHS_LINKED) else found.month
    shown = [latest.back(back) for back in range(MONTHS_LINKED)]
    words = [(m, month_name(m)) for m in shown] + [(latest.back(MONTHS_LINKED), "Earlier")]
    if latest != this:
        words.insert(0, (this, "This month"))
    for month, text in words:
        href = path_for("capability:month", directorate=place, month=month.key)
        if month.first >= FIRST_MONTH:
            yield Part(text=text, href="" if month == found.month else href)


def _sections(found: MonthFound, path_for: PathFor) -> Iterator[Section]:
    for turn, heading in HEADINGS.items():
        events, came = found.of(turn), turn in CAME
        if not events:
            continue
        more = len(events) - MOST_SHOWN
        yield Section(
            slug=turn,
            heading=f"{heading} ({len(events):,})",
            when=DAYS.get(turn, "First day"),
            what="What they need today" if came else "What the team loses",
            lines=tuple(_came(e, found, path_for) if came else _went(e, found) for e in events[:MOST_SHOWN]),
            more=f"And {more:,} more: the download names them all." if more > 0 else "",
        )


def _came(event: Event, found: MonthFound, path_for: PathFor) -> Line:
    here = found.now.get(event.person_id)
    away = here is not None and any(standing.away for standing in found.known.of(event.person_id))
    levels: tuple[str, ...] = ()
    decide = ""
    if here is not None:
        levels = tuple(_needs(event.person_id, found))
        grid = path_for("capability:teams", directorate=here.directorate_id, team=here.team_id)
        decide = f"{grid}#p{event.person_id}"
    elif is_to_come(event, found.today):
        levels = (f"What they need can be set from {day(event.on)} on.",)
    else:
        levels = ("No longer in your teams.",)
    return Line(
        name=event.list_name,
        href=path_for("capability:person", person_id=event.person_id) if here else "",
        post=f"{post_words(event.post)}{', on leave' if away else ''}",
        on=short_day(event.on),
        place=_place(event, found),
        beside=beside_words(event, found.part),
        levels=levels,
        undecided=here is not None and not found.decided(event.person_id),
        decide=decide,
    )


def _needs(person_id: int, found: MonthFound) -> Iterator[str]:
    """Level by level what is known, and the levels about which nobody has decided yet."""
    open_levels = []
    for tier, standing in zip(found.known.tiers, found.known.of(person_id), strict=True):
        if is_known(standing):
            yield level_words(tier, standing, found.today)
        if standing.need is None and standing.progress.state not in HELD:
            open_levels.append(tier.short)
    if open_levels:
        yield f"No need set yet: {listed(open_levels, most=3)}"


def _went(event: Event, found: MonthFound) -> Line:
    lost = found.lost.get((event.person_id, event.on), ())
    return Line(
        name=event.list_name,
        href="",
        post=post_words(event.post),
        on=short_day(event.on),
        place=_place(event, found),
        beside=beside_words(event, found.part),
        levels=tuple(lost_words(one, event.post.team) for one in lost) or ("No level held.",),
        undecided=False,
        decide="",
    )


def _place(event: Event, found: MonthFound) -> str:
    return event.post.team if found.part.directorate_id else f"{event.post.team}, {event.post.directorate}"
