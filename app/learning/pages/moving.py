"""What it would mean for people to go on in the newest edition of their course, before anybody is moved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from app.curriculum.changes import Change, What
from app.learning.commands.editions import Gone
from app.learning.pages.editions import WHO, people_words
from app.learning.queries import Outlook
from app.web.page import Page

CHANGES = {
    What.ADDED: ("New", "act"),
    What.GONE: ("Gone", "warn"),
    What.NOW_REQUIRED: ("Now required", "act"),
    What.NO_LONGER_REQUIRED: ("No longer required", "quiet"),
    What.OTHER_MARKING: ("Other marking", "quiet"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    title: str
    module: str
    what: str
    tone: str
    details: tuple[str, ...]
    means: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MovePage(Page):
    template: ClassVar[str] = "learning/move.html"
    who_sees: ClassVar[str] = WHO

    slug: str
    title: str
    number: int
    newest: int
    stale: str
    say: str
    people: int
    means: tuple[str, ...]
    changes: tuple[ChangeLine, ...]
    whole: tuple[str, ...]
    seen: str

    @classmethod
    def of(cls, found: Outlook, stale: str = "") -> Self:
        """`stale`: why what was confirmed is shown anew."""
        before, after = found.before, found.after
        return cls(
            slug=after.view.slug,
            title=after.view.title,
            number=before.number,
            newest=after.number,
            stale=f"{stale} Nothing was changed. This is how it is now." if stale else "",
            say=_say(found),
            people=found.people,
            means=_means(found),
            changes=tuple(_change(change, found.done_by, found.people) for change in found.changes),
            whole=_whole(found),
            seen=found.seen,
        )


def _say(found: Outlook) -> str:
    if not found.people:
        return f"Nobody is on edition {found.before.number} any more, so there is nobody to move."
    be = "is" if found.people == 1 else "are"
    return (
        f"{people_words(found.people)} {be} on edition {found.before.number} and would go on in edition "
        f"{found.after.number}. All that they have done counts on."
    )


def _means(found: Outlook) -> tuple[str, ...]:
    """What it means, and for how many of them."""
    if not found.people:
        return ()
    same = found.people - found.with_more
    said = [
        f"{found.begun:,} of them {_have(found.begun)} done something in the course, and it counts on.",
        f"{people_words(found.with_more)} would have something more to do."
        if found.with_more
        else "Nobody would have anything more to do.",
    ]
    if found.with_more and same:
        said.append(f"{people_words(same)} would have nothing more to do.")
    if found.with_gone:
        said.append(
            f"{people_words(found.with_gone)} {_have(found.with_gone)} done something that edition "
            f"{found.after.number} no longer has: it stays on their record, and completing no longer needs it."
        )
    if found.complete:
        said.append(f"{people_words(found.complete)} would complete the course at once, with today’s date.")
    if not found.after.view.can_be_completed:
        said.append(f"Nobody can complete edition {found.after.number} yet.")
    return tuple(said)


def _have(count: int) -> str:
    return "has" if count == 1 else "have"


def _change(change: Change, done_by: Mapping[int, int], people: int) -> ChangeLine:
    what, tone = CHANGES[change.what]
    return ChangeLine(
        title=change.title,
        module=change.module,
        what=what if change.required or change.what is not What.ADDED else f"{what}, if one likes",
        tone=tone,
        details=tuple(f"{detail[0].upper()}{detail[1:]}" for detail in change.details),
        means=_meaning(change, done_by.get(change.activity_id, 0), people),
    )


def _meaning(change: Change, done: int, people: int) -> str:
    left = people - done
    if change.what is What.GONE:
        return f"{done:,} have done it; it stays on their record" if done else "Nobody has done it"
    if change.what in {What.ADDED, What.NOW_REQUIRED} and change.required:
        before = f"{done:,} have done it already; " if done else ""
        return f"{before}{left:,} would have it to do"
    if change.what is What.OTHER_MARKING:
        return f"{done:,} have done it and keep their result; {left:,} would do it as it is now"
    return f"{done:,} have done it" if done else "Nobody has done it"


def _whole(found: Outlook) -> tuple[str, ...]:
    """What is other about the course itself."""
    old, new = found.before.view, found.after.view
    pairs = (
        ("The level that it grants", old.awards or "none", new.awards or "none"),
        (
            "Months for which the level holds",
            str(old.validity_months or "for good"),
            str(new.validity_months or "for good"),
        ),
        ("Minutes in all", str(old.minutes), str(new.minutes)),
        ("Of them with others", str(old.participatory_minutes), str(new.participatory_minutes)),
        ("Certificate", *("of taking part" if view.of_taking_part else "of completion" for view in (old, new))),
    )
    return tuple(f"{name}: {was} before, {now} now" for name, was, now in pairs if was != now)


def gone_words(gone: Gone, number: int) -> str:
    """What the flash says once they have gone on."""
    said = f"{people_words(gone.moved)} went on from edition {number}. Each finds it on the course’s page."
    return f"{said} {people_words(gone.completed)} completed the course with it." if gone.completed else said
