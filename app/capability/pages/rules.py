"""The rules of need: which there are, whom one asks, and what its ending would do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from app.capability.pages.parts import PathFor
from app.capability.pages.touched import Outcome
from app.capability.queries.ruling import AskedRow, RuleRow
from app.capability.queries.touched import Preview
from app.capability.rule_wording import by_when, force_words, place_words, whom
from app.capability.rules import DEVELOPMENT_ONLY
from app.kernel.clock import london_date
from app.organisation.rules import last_day
from app.web.page import Page
from app.web.words import day, moment, plural

WHO_RULES = (
    "Those who lead where a rule holds, and the QI team. Whoever is asked reads the rule's name and reason on their "
    "own page. You see the names of people in your own teams."
)
CLOSED = (
    "Where it holds is closed, so it asks nobody any more. End it, and set another where its people work now if they "
    "are still to be asked."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    name: str
    href: str
    asks: str
    whom: str
    where: str
    force: str
    people: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesPage(Page):
    template: ClassVar[str] = "capability/rules.html"
    who_sees: ClassVar[str] = WHO_RULES

    say: str
    new: str
    present: tuple[RuleLine, ...]
    over: tuple[RuleLine, ...]
    back: str
    development_only: str

    @classmethod
    def of(cls, rows: Sequence[RuleRow], counts: Mapping[int, int], path_for: PathFor, today: date) -> Self:
        present = [r for r in rows if not r.is_over(today)]
        in_force = sum(r.holds_on(today) for r in present)
        return cls(
            say=f"{plural(in_force, 'rule is', 'rules are')} in force where you lead."
            if in_force
            else "No rule is in force where you lead.",
            new=path_for("capability:new_rule"),
            present=tuple(_line(r, counts, path_for, today) for r in present),
            over=tuple(_line(r, counts, path_for, today) for r in rows if r.is_over(today)),
            back=path_for("capability:teams"),
            development_only=DEVELOPMENT_ONLY,
        )


def _line(row: RuleRow, counts: Mapping[int, int], path_for: PathFor, today: date) -> RuleLine:
    return RuleLine(
        name=row.name,
        href=path_for("capability:rule", rule_id=row.id),
        asks=f"{row.tier_title} {by_when(row.by)}",
        whom=whom(row.conditions),
        where=_where(row, today),
        force=_force(row),
        people=plural(counts.get(row.id, 0), "person", "people"),
    )


def _is_closed(row: RuleRow, today: date) -> bool:
    return row.closes_on is not None and row.closes_on <= today


def _where(row: RuleRow, today: date) -> str:
    """Larch, Medicine, closed since 1 March 2027"""
    words = place_words(row.directorate, row.team)
    return f"{words}, closed since {day(row.closes_on)}" if _is_closed(row, today) else words


def _force(row: RuleRow) -> str:
    """A rule whose last day has passed ended by itself."""
    ended = f"{day(london_date(row.ended_at))} by {row.ended_by}" if row.ended_at else ""
    return force_words(row.starts_on, row.ends_on, last_day(row.ends_on), ended)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedLine:
    name: str
    href: str
    team: str
    due: str
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePage(Page):
    template: ClassVar[str] = "capability/rule.html"
    who_sees: ClassVar[str] = WHO_RULES

    name: str
    say: str
    whom: str
    where: str
    closed: str
    why: str
    force: str
    made: str
    count: str
    lines: tuple[AskedLine, ...]
    change: str
    end: str
    back: str
    development_only: str

    @classmethod
    def of(cls, row: RuleRow, asked: Sequence[AskedRow], path_for: PathFor, today: date, *, may_end: bool) -> Self:
        may = may_end and not row.is_over(today)
        return cls(
            name=row.name,
            say=f"{row.tier_title}, {by_when(row.by)}.",
            whom=whom(row.conditions),
            where=_where(row, today),
            closed=CLOSED if _is_closed(row, today) and not row.is_over(today) else "",
            why=row.why,
            force=_force(row),
            made=f"{row.made_by}, {moment(row.made_at)}",
            count=plural(len(asked), "person is", "people are"),
            lines=tuple(_asked(a, path_for) for a in asked),
            change=path_for("capability:new_rule", follows=row.id) if may else "",
            end=path_for("capability:end_rule_page", rule_id=row.id) if may else "",
            back=path_for("capability:rules"),
            development_only=DEVELOPMENT_ONLY,
        )


def _asked(row: AskedRow, path_for: PathFor) -> AskedLine:
    return AskedLine(
        name=row.list_name,
        href=path_for("capability:person", person_id=row.person_id),
        team=row.team,
        due=day(row.due),
        since=day(london_date(row.since)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class EndRulePage(Page):
    template: ClassVar[str] = "capability/end_rule.html"
    who_sees: ClassVar[str] = WHO_RULES

    name: str
    stale: str
    say: str
    outcome: Outcome
    mark: str
    action: str
    back: str
    development_only: str

    @classmethod
    def of(cls, row: RuleRow, shown: Preview, path_for: PathFor, *, stale: str = "") -> Self:
        return cls(
            name=row.name,
            stale=stale,
            say=f"From today {row.said} asks nobody for {row.tier_title} any more.",
            outcome=Outcome.of(shown, row.tier_title, 0, path_for),
            mark=shown.mark,
            action=path_for("capability:finish_rule", rule_id=row.id),
            back=path_for("capability:rule", rule_id=row.id),
            development_only=DEVELOPMENT_ONLY,
        )
