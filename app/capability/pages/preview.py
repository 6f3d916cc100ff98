"""What a save would do, before it is done; and what to do when somebody else was first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from app.capability.pages.needs import NeedBar
from app.capability.pages.parts import Kept, after_colon, kept, listed
from app.capability.pages.release import release_words
from app.capability.pages.teams import WHO_LEADS
from app.capability.queries.deciding import Chosen, Decided
from app.capability.rules import DEVELOPMENT_ONLY, Need, Terms, pause_is_over
from app.capability.wording import assigned_line, need_words
from app.web.page import FieldError, Page, errors_of
from app.web.words import moment, plural


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    name: str
    level: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewPage(Page):
    template: ClassVar[str] = "capability/preview.html"
    partials: ClassVar[Mapping[str, str]] = {"preview": "capability/_preview.html"}
    who_sees: ClassVar[str] = WHO_LEADS

    errors: tuple[FieldError, ...]
    bar: NeedBar
    cells: tuple[str, ...]
    kept: tuple[Kept, ...]
    back: str
    say: str
    changes: tuple[Change, ...]
    release: tuple[str, ...]
    mail: str
    mail_to: str
    notes: tuple[str, ...]
    save: str
    development_only: str

    @classmethod
    def of(
        cls,
        found: Sequence[Chosen],
        terms: Terms | None,
        *,
        typed: Mapping[str, str],
        errors: Mapping[str, str],
        carried: Mapping[str, str],
        back: str,
        setter: str,
        today: date,
    ) -> Self:
        changing = [c for c in found if terms and c.changes_to(terms)]
        asked = [c for c in changing if terms and terms.need is Need.REQUIRED and not c.held]
        shown = errors if found else {name: text for name, text in errors.items() if name == "cells"}
        return cls(
            errors=errors_of(shown),
            bar=NeedBar.of(typed, errors),
            cells=tuple(cell_text(c) for c in found),
            kept=kept(carried),
            back=back,
            say=_say(changing, terms, today),
            changes=tuple(_change(c, terms, today) for c in changing if terms),
            release=release_words(asked, terms, today),
            mail=_mail(asked[0], terms, setter) if asked and terms else "",
            mail_to=_mail_to(asked),
            notes=tuple(_notes(found, changing, terms, today)) if terms else (),
            save=f"Save for {_people(changing)}" if changing and not errors else "",
            development_only=DEVELOPMENT_ONLY,
        )


def cell_text(chosen: Chosen) -> str:
    return f"{chosen.cell.person_id}.{chosen.cell.tier}.{chosen.cell.seen}"


def _people(cells: Sequence[Chosen]) -> str:
    people = len({c.cell.person_id for c in cells})
    if people == len(cells):
        return plural(people, "person", "people")
    return f"{plural(len(cells), 'cell')} of {plural(people, 'person', 'people')}"


def _say(changing: Sequence[Chosen], terms: Terms | None, today: date) -> str:
    if terms is None:
        return ""
    if not changing:
        return "All of this has been decided already, just so. There is nothing to save."
    levels = listed(list(dict.fromkeys(c.tier.title for c in changing)))
    return f"{levels} for {_people(changing)}: {after_colon(need_words(terms.need, terms.due, today))}."


def _change(chosen: Chosen, terms: Terms, today: date) -> Change:
    before = chosen.decided
    return Change(
        name=chosen.list_name,
        level=chosen.tier.short,
        before=need_words(before.need, before.due, today) if before else "Not decided",
        after=need_words(terms.need, terms.due, today),
    )


def _mail(first: Chosen, terms: Terms, setter: str) -> str:
    return assigned_line(setter, first.tier.title, terms.due, terms.reason, first.tier.release_minutes)


def _mail_to(asked: Sequence[Chosen]) -> str:
    told = {c.cell.person_id for c in asked if c.has_email}
    if not told:
        return ""
    return (
        f"{plural(len(told), 'person gets', 'people get')} these words in their next weekly mail: "
        "at most one a week, and never within an hour of your saving."
    )


def _notes(found: Sequence[Chosen], changing: Sequence[Chosen], terms: Terms, today: date) -> list[str]:
    """What a lead should know before saving, with names."""
    required = terms.need is Need.REQUIRED
    held = [c for c in changing if c.held]
    same = [c for c in found if c not in changing]
    unreached = [c for c in changing if required and not c.held and not c.has_email]
    unoffered = {c.tier.title for c in changing if required and not c.held and not c.standing.offered}
    leaving = [c for c in changing if required and c.leaves_on and terms.due and c.leaves_on <= terms.due]
    paused = [
        c
        for c in changing
        if c.standing.need is Need.PAUSED
        and not pause_is_over(Need.PAUSED, c.standing.due, today, away=c.standing.away)
    ]
    asked = [c for c in changing if c.standing.asked]
    ruled = [c for c in changing if c.decided and c.decided.rule and terms.need is not Need.WAIVED]
    unruled = [c for c in changing if terms.need is Need.WAIVED and not (c.decided and c.decided.rule)]
    notes = (
        (held, "Already completed, so no mail goes out: {}."),
        (same, "Decided just so already, so nothing changes: {}."),
        (unreached, "No e-mail address, so please tell them yourself: {}."),
        (leaving, "Their post ends on or before the date: {}."),
        (paused, "Paused at present. This ends the pause: {}."),
        (asked, "Asked for this. Saving answers the request: {}."),
        (ruled, "Asked for by a rule. Your decision about them comes before it, until somebody decides again: {}."),
        (unruled, "No rule asks this of them now, so after the waiver nothing is decided about them: {}."),
    )
    said = [text.format(_names(cells)) for cells, text in notes if cells]
    if unoffered:
        said.append(
            f"No place is offered yet in {listed(sorted(unoffered))}. Until one is, this counts against supply, "
            "not against the person."
        )
    stale = [c for c in found if c.stale]
    return [*said, *(f"{c.name}: {by_whom(c.decided)} since you opened the grid." for c in stale if c.decided)]


def _names(cells: Sequence[Chosen]) -> str:
    return listed(list(dict.fromkeys(c.name for c in cells)))


def by_whom(decided: Decided) -> str:
    return f"decided anew by {decided.by} on {moment(decided.decided_at)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """One cell about which somebody else decided first, with both values."""

    field: str
    name: str
    level: str
    seen: str
    theirs: str
    their_reason: str
    by: str
    mine: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictPage(Page):
    template: ClassVar[str] = "capability/conflict.html"
    partials: ClassVar[Mapping[str, str]] = {"edit": "capability/_conflict.html"}
    who_sees: ClassVar[str] = WHO_LEADS

    say: str
    disputes: tuple[Dispute, ...]
    cells: tuple[str, ...]
    others: str
    typed: tuple[Kept, ...]
    kept: tuple[Kept, ...]
    back: str
    development_only: str

    @classmethod
    def of(
        cls,
        found: Sequence[Chosen],
        seen: Mapping[int, Terms],
        terms: Terms,
        *,
        typed: Mapping[str, str],
        carried: Mapping[str, str],
        back: str,
        today: date,
    ) -> Self:
        stale, others = [c for c in found if c.stale], [c for c in found if not c.stale]
        return cls(
            say=f"Another decision about {_people(stale)} was saved while you were choosing. Nothing of yours has been "
            "saved yet, and nothing is lost.",
            disputes=tuple(_dispute(c, seen.get(c.cell.seen), terms, today) for c in stale),
            cells=tuple(cell_text(c) for c in others),
            others=_people(others) if others else "",
            typed=kept(typed),
            kept=kept(carried),
            back=back,
            development_only=DEVELOPMENT_ONLY,
        )


def _dispute(chosen: Chosen, seen: Terms | None, terms: Terms, today: date) -> Dispute:
    now = chosen.decided
    return Dispute(
        field=f"x.{chosen.cell.person_id}.{chosen.cell.tier}",
        name=chosen.list_name,
        level=chosen.tier.title,
        seen=need_words(seen.need, seen.due, today) if seen else "Not decided",
        theirs=need_words(now.need, now.due, today) if now else "Not decided: the earlier decision was taken back",
        their_reason=now.reason if now else "",
        by=f"{now.by}, {moment(now.decided_at)}" if now else "",
        mine=need_words(terms.need, terms.due, today),
        value=f"{chosen.cell.person_id}.{chosen.cell.tier}.{chosen.standing.seen}",
    )
