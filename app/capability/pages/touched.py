"""Whom a rule touches, and how: counts, hours by team, and every name."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from app.capability.enrolling import Move
from app.capability.pages.parts import PathFor
from app.capability.queries.touched import ELSEWHERE, Kind, Preview, Touched
from app.web.words import day, minutes, plural

MOST_NAMES = 1_000
ASKS = (Kind.NEW, Kind.INSTEAD)
SAID = {
    Kind.NEW: ("is asked for it", "are asked for it"),
    Kind.INSTEAD: ("is asked by this rule instead of another", "are asked by this rule instead of another"),
    Kind.HELD: ("holds it already: nothing changes", "hold it already: nothing changes"),
    Kind.OWN: ("has a decision of their own, which stays", "have a decision of their own, which stays"),
    Kind.WAIVED: ("has a waiver, which stays until its end", "have a waiver, which stays until its end"),
    Kind.SOONER: (
        "is asked by another rule, by the same day or sooner",
        "are asked by another rule, as soon or sooner",
    ),
    Kind.LET_GO: ("is not asked any more: the need is withdrawn", "are not asked any more: their needs are withdrawn"),
    Kind.PASSED_ON: ("is asked by another rule from then on", "are asked by another rule from then on"),
}
BRIEF = {
    Kind.NEW: "Asked",
    Kind.INSTEAD: "Asked instead of by another rule",
    Kind.HELD: "Holds it: nothing changes",
    Kind.OWN: "Own decision stays",
    Kind.WAIVED: "Waiver stays",
    Kind.SOONER: "Another rule asks",
    Kind.LET_GO: "Withdrawn",
    Kind.PASSED_ON: "Another rule asks from then on",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLine:
    team: str
    asked: str
    others: str
    hours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameLine:
    name: str
    href: str
    team: str
    what: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a preview says of people; `hours` is empty where nothing is asked anew."""

    counts: tuple[str, ...]
    hours: str
    teams: tuple[TeamLine, ...]
    names: tuple[NameLine, ...]
    more: str

    @classmethod
    def of(cls, shown: Preview, level: str, release_minutes: int, path_for: PathFor) -> Self:
        asked = shown.of(*ASKS)
        total = len(asked) * release_minutes
        moved = {p.person_id: p.move for p in shown.places}
        return cls(
            counts=(*_counts(shown), *_places(shown, level)),
            hours=f"It asks the teams to release {minutes(total)} in all: {minutes(release_minutes)} for {level}, "
            "each person."
            if total
            else "",
            teams=tuple(_teams(shown.people, release_minutes)),
            names=tuple(_name(t, moved.get(t.person_id), path_for) for t in shown.people[:MOST_NAMES]),
            more=f"The first {MOST_NAMES:,} of {len(shown.people):,} are shown."
            if len(shown.people) > MOST_NAMES
            else "",
        )


def _counts(shown: Preview) -> Iterator[str]:
    counts = shown.counts()
    for kind, (one, many) in SAID.items():
        if counts[kind]:
            yield f"{plural(counts[kind], 'person', 'people')} {one if counts[kind] == 1 else many}."
    if away := [t for t in shown.of(*ASKS) if t.away]:
        yield f"{plural(len(away), 'of these is', 'of these are')} on long leave: their date moves by its days."
    if unreached := [t for t in shown.of(*ASKS) if not t.has_email]:
        yield f"{plural(len(unreached), 'of these has', 'of these have')} no e-mail address: please tell them yourself."
    if shown.off_ladder:
        yield (
            f"{plural(shown.off_ladder, 'person', 'people')} who would fit otherwise have no band on the ladder, such "
            "as a medical grade: the rule does not reach them unless you choose their grade by name."
        )


def _places(shown: Preview, level: str) -> Iterator[str]:
    """Whom it puts on the course, and whom it takes off."""
    moves = Counter(p.move for p in shown.places)
    if on := moves[Move.ON]:
        yield (
            f"{plural(on, 'person is', 'people are')} put on the course {level} at once, to be begun when they like. "
            "Whoever is on long leave is put on it when they are back."
        )
    if off := moves[Move.OFF]:
        who = plural(off, "person who has not begun it is", "people who have not begun it are")
        yield f"{who} taken off the course. Whoever has begun stays on it."


def _teams(people: Sequence[Touched], release_minutes: int) -> Iterator[TeamLine]:
    asked, others = Counter[str](), Counter[str]()
    for one in people:
        (asked if one.kind in ASKS else others)[one.team or ELSEWHERE] += 1
    for team in sorted(asked.keys() | others.keys()):
        hours = minutes(asked[team] * release_minutes) if asked[team] and release_minutes else ""
        yield TeamLine(team=team, asked=f"{asked[team]:,}", others=f"{others[team]:,}", hours=hours)


PLACED = {Move.ON: ", and put on the course", Move.OFF: ", and taken off the course"}


def _name(one: Touched, moved: Move | None, path_for: PathFor) -> NameLine:
    away = ", on long leave" if one.away else ""
    placed = PLACED[moved] if moved else ""
    return NameLine(
        name=one.list_name,
        href=path_for("capability:person", person_id=one.person_id) if one.list_name != ELSEWHERE else "",
        team=one.team,
        what=f"{BRIEF[one.kind]}{placed}{away}",
        by=day(one.due),
    )
