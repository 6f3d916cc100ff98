"""Two records side by side, what merging them would do, and the merge."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from app.access.permissions import ROLE_NAMES
from app.accounts.rules import WHOLE_TRUST as EVERYWHERE
from app.intake.pages.doubles import WHOLE_TRUST, last_post, post_words, said_words, until
from app.intake.queries.pairs import CoursePlace, Side, SideBySide, in_both
from app.intake.rules.doubles import speaks_against, speaks_for
from app.intake.rules.merging import days_in_both
from app.kernel.clock import london_date
from app.web.page import Filled, Option, Page
from app.web.words import day, plural

ABOUT = f"{WHOLE_TRUST} Roles are shown only to those who give them. Answers, scores and notes are never here."


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table: what each record says of something."""

    of: str
    one: tuple[str, ...]
    other: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairPage(Page):
    template: ClassVar[str] = "intake/pair.html"
    who_sees: ClassVar[str] = ABOUT

    one_id: int
    other_id: int
    heading: str
    one: str
    other: str
    for_it: tuple[str, ...]
    against: tuple[str, ...]
    rows: tuple[Row, ...]
    obstacles: tuple[str, ...]
    judged_two: bool
    stays: tuple[Option, ...]
    staying: str
    does: tuple[str, ...]
    warnings: tuple[str, ...]
    form: Filled

    @classmethod
    def of(
        cls, found: SideBySide, stays: int, typed: Mapping[str, str], errors: Mapping[str, str] | None = None
    ) -> Self:
        one, other = found.one, found.other
        staying = stays if stays in {one.record.person_id, other.record.person_id} else proposed(found)
        kept, gone = (one, other) if staying == one.record.person_id else (other, one)
        names = [side.record.name for side in (one, other)]
        return cls(
            one_id=one.record.person_id,
            other_id=other.record.person_id,
            heading=names[0] if names[0] == names[1] else " and ".join(names),
            one=_called(one, other, "first"),
            other=_called(other, one, "second"),
            for_it=tuple(said_words(s) for s in speaks_for(one.record, other.record)),
            against=tuple(said_words(s) for s in speaks_against(one.record, other.record)),
            rows=_rows(one, other),
            obstacles=found.obstacles,
            judged_two=found.judged_two,
            stays=tuple(
                Option(value=str(side.record.person_id), text=f"{side.record.name}: {last_post(side.record)}")
                for side in (one, other)
            ),
            staying=str(staying),
            does=_does(kept, gone),
            warnings=_warnings(kept, gone),
            form=Filled.of({"stays": str(staying)} | dict(typed), errors),
        )


def proposed(found: SideBySide) -> int:
    """The record that was signed in to last, else the one with the older post."""
    one, other = found.one, found.other

    def use(side: Side) -> tuple[bool, object, object]:
        seen = side.last_seen_at.timestamp() if side.last_seen_at else 0.0
        first = min((post.starts_on.toordinal() for post in side.record.posts), default=0)
        return side.has_account, seen, -first

    return max((one, other), key=use).record.person_id


def _called(side: Side, beside: Side, place: str) -> str:
    """A record by what tells it from the other one."""
    numbers = sorted({post.number for post in side.record.posts if post.number})
    if side.record.name != beside.record.name:
        return side.record.name
    return f"Number {', '.join(numbers)}" if numbers else f"The {place} record"


def _rows(one: Side, other: Side) -> tuple[Row, ...]:
    roles = [Row(of="Roles", one=_roles(one), other=_roles(other))] if one.grants is not None else []
    return (
        Row(of="Name", one=(one.record.name,), other=(other.record.name,)),
        Row(of="Employee numbers", one=_numbers(one), other=_numbers(other)),
        Row(of="E-mail address", one=(one.email or "None",), other=(other.email or "None",)),
        Row(of="Posts", one=_posts(one), other=_posts(other)),
        Row(of="Courses", one=_courses(one), other=_courses(other)),
        Row(of="Levels held", one=_levels(one), other=_levels(other)),
        Row(of="Sign-in", one=(_sign_in(one),), other=(_sign_in(other),)),
        *roles,
    )


def _numbers(side: Side) -> tuple[str, ...]:
    return tuple(sorted({post.number for post in side.record.posts if post.number})) or ("None",)


def _posts(side: Side) -> tuple[str, ...]:
    return tuple(post_words(post) for post in reversed(side.record.posts)) or ("None",)


def _courses(side: Side) -> tuple[str, ...]:
    return tuple(f"{place.title}: {_state(place)}" for place in side.courses) or ("None",)


def _state(place: CoursePlace) -> str:
    if place.completed_on:
        return f"completed on {day(place.completed_on)}"
    if not place.is_open:
        return "went on in another place"
    return "in progress" if place.used else "not begun"


def _levels(side: Side) -> tuple[str, ...]:
    return tuple(f"{title}, since {day(since)}" for title, since in side.levels) or ("None",)


def _sign_in(side: Side) -> str:
    if not side.has_account:
        return "No account"
    seen = side.last_seen_at
    return f"Last signed in on {day(london_date(seen))}" if seen else "An account that was never signed in to"


def _roles(side: Side) -> tuple[str, ...]:
    found = (
        f"{ROLE_NAMES[g.role]}, {g.place or EVERYWHERE}, {until(g.starts_on, g.ends_on)}" for g in side.grants or ()
    )
    return tuple(found) or ("None besides being a member of staff",)


def _does(kept: Side, gone: Side) -> tuple[str, ...]:
    name = kept.record.name
    counted = ((len(gone.record.posts), "post"), (len(gone.courses), "course"), (len(gone.levels), "level"))
    holds = [plural(count, what) for count, what in counted if count] or ["no post, course or level"]
    joined = (
        f"The record of {name} that you chose stays, with its sign-in. It gets what the other one holds "
        f"({', '.join(holds)}), what leads decided about it, and those whose manager it was."
    )
    said = [joined]
    meet = days_in_both([p.spell for p in kept.record.main], [p.spell for p in gone.record.main])
    if meet:
        days = "; ".join(until(*spell) for spell in meet)
        said.append(
            f"On days on which both held a main post ({days}) the staying record’s is the main one and the other a "
            "second post: there the headcount counts one person instead of two, also in the past."
        )
    if shared := in_both(kept, gone):
        said.append(f"Both have a place on {'; '.join(shared)}: halves join, and a level is held once.")
    if kept.noted & gone.noted:
        said.append(
            f"Both wrote about the same {plural(len(kept.noted & gone.noted), 'activity', 'activities')}: each record "
            "keeps its own words there, and the person sees those of the staying one."
        )
    said.append("Nobody can sign in to the other record any more; it leads to this one and is in no list.")
    said.append("The log of what was done is not rewritten. Roles do not move: whoever gives roles gives them anew.")
    said.append(
        "It can be undone under Merges. What was there before goes back; what comes after the merge, a new post or "
        "course, stays with the staying record."
    )
    return tuple(said)


def _warnings(kept: Side, gone: Side) -> tuple[str, ...]:
    found = []
    if gone.has_account and not kept.has_account:
        found.append("The record that stays has no account, the other one has. Choose the other, or invite them after.")
    if gone.grants and any(grant.ends_on is None for grant in gone.grants):
        found.append(
            "The record that goes has roles. They do not move: give them to the staying one if they are needed."
        )
    return tuple(found)
