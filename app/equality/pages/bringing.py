"""HR brings a year's file: the form, what would be kept of it, and what is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self

from app.equality.pages.wording import METHOD, called
from app.equality.queries.years import CountRow, YearRow
from app.equality.rules.characteristics import TITLES, Characteristic, last_of, year_words, years_offered
from app.equality.rules.counts import PartKind
from app.web.form import Invalid
from app.web.page import Filled, Option, Page
from app.web.words import day, moment, plural

HR_ALONE = "HR of the whole trust alone. Your colleagues in HR see a file’s counts until they are kept or set aside."
*_FIRST, _LAST = (f"{title[0].lower()}{title[1:]}" for title in TITLES.values())
NAMES = f"{', '.join(_FIRST)} and {_LAST}"


@dataclass(frozen=True, slots=True, kw_only=True)
class YearLine:
    id: int
    begins: int
    year: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BringPage(Page):
    template: ClassVar[str] = "equality/bring.html"
    who_sees: ClassVar[str] = HR_ALONE

    form: Filled
    years: tuple[Option, ...]
    characteristics: str
    waiting: tuple[YearLine, ...]
    kept: tuple[YearLine, ...]

    @classmethod
    def of(
        cls, waiting: Sequence[YearRow], kept: Sequence[YearRow], today: date, invalid: Invalid | None = None
    ) -> Self:
        offered = years_offered(today)
        values = dict(invalid.values) if invalid else {"year": str(offered[0])}
        return cls(
            form=Filled.of(values, invalid.errors if invalid else None),
            years=tuple(Option(value=str(y), text=f"{year_words(y)}, to {day(last_of(y))}") for y in offered),
            characteristics=NAMES,
            waiting=tuple(_line(one) for one in waiting),
            kept=tuple(_line(one) for one in kept),
        )


def _line(one: YearRow) -> YearLine:
    rows = plural(one.said.get("rows", 0), "row")
    read = f"{rows}, read by {one.read_by}, {moment(one.read_at)}"
    return YearLine(id=one.id, begins=one.year, year=year_words(one.year), what=read)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupsLine:
    title: str
    column: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedLine:
    column: str
    why: str
    lines: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTable:
    """What would be kept of a characteristic: a line for each group, a number for each level."""

    title: str
    heads: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPage(Page):
    template: ClassVar[str] = "equality/draft.html"
    who_sees: ClassVar[str] = HR_ALONE

    id: int
    year: str
    say: str
    nothing: bool
    groups: tuple[GroupsLine, ...]
    unread: str
    remarks: tuple[str, ...]
    refused: tuple[RefusedLine, ...]
    rare: tuple[str, ...]
    tables: tuple[KeptTable, ...]
    method: tuple[str, ...]

    @classmethod
    def of(cls, found: YearRow, counts: Sequence[CountRow], tiers: Sequence[tuple[str, str]]) -> Self:
        """`tiers` are slugs and names, in their order."""
        said = found.said
        return cls(
            id=found.id,
            year=year_words(found.year),
            say=_say(found),
            nothing=not counts,
            groups=tuple(_groups(said, name) for name in said["groups"]),
            unread=", ".join(said["unread"]),
            remarks=tuple(said["remarks"]),
            refused=tuple(RefusedLine(column=c, why=why, lines=_lines(*at)) for c, why, *at in said["refused"]),
            rare=tuple(f"{column}: {_lines(lines, len(lines))}" for column, lines in said["rare"].items()),
            tables=tuple(_table(each, counts, tiers) for each in Characteristic if _of(each, counts)),
            method=METHOD,
        )


def _say(found: YearRow) -> str:
    said = found.said
    return (
        f"{said['known']:,} of {plural(said['rows'], 'row')} are of somebody in post on {day(found.as_at)}. "
        f"{plural(said['in_post'], 'person was', 'people were')} in post; of {said['in_post'] - said['people']:,} the "
        "file says nothing."
    )


def _groups(said: dict[str, Any], name: str) -> GroupsLine:
    groups, together, seen = said["groups"][name]
    what = f"{plural(groups, 'group')}, each shown by itself"
    if not seen:
        what = f"{plural(groups, 'group')}, too small to show any: nothing is kept"
    elif together:
        what = f"{plural(groups, 'group')}, of which {together} are counted together"
    return GroupsLine(title=TITLES[Characteristic(name)], column=said["columns"][name], what=what)


def _lines(lines: list[int], count: int) -> str:
    """lines 2, 7 and 40 more"""
    more = f" and {count - len(lines):,} more" if count > len(lines) else ""
    return f"{'line' if count == 1 else 'lines'} {', '.join(f'{line:,}' for line in lines)}{more}"


def _of(each: Characteristic, counts: Sequence[CountRow]) -> list[CountRow]:
    return [row for row in counts if row.characteristic is each]


def _table(each: Characteristic, counts: Sequence[CountRow], tiers: Sequence[tuple[str, str]]) -> KeptTable:
    rows = _of(each, counts)
    labels = dict.fromkeys(row.label for row in rows if row.label.kind not in {PartKind.REST, PartKind.ALL})
    by = {(row.label, row.tier): row for row in rows}
    people = {row.label: row.people for row in rows}
    return KeptTable(
        title=TITLES[each],
        heads=tuple(name for _, name in tiers),
        lines=tuple(
            (called(label), f"{people[label]:,}", *(_number(by.get((label, slug))) for slug, _ in tiers))
            for label in labels
        ),
    )


def _number(row: CountRow | None) -> str:
    return "Not shown" if row is None or row.trained is None else f"{row.trained:,}"
