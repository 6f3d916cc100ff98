"""Time to learn: what teams are asked for and answered, as their lead sees it, and where to plan anew."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar, Self

from app.kernel.clock import london_date
from app.planning.queries.overview import TimeFound
from app.planning.queries.releases import ReleaseRow
from app.planning.rules import REFUSED, ReleaseState
from app.planning.wording import STATES, asked_words, month_words, taking_words
from app.web.page import FieldError, Page
from app.web.words import minutes, plural, short_day

PathFor = Callable[..., str]
MOST_OPEN = 2
"""So many that must be planned anew stand there with their form open; of more, each opens when it is wanted."""
WHO_SEES = (
    "You, the others who lead these teams, and the QI team. Who manages a team sees the hours that are asked of it and "
    "for how many people, without names."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthLine:
    """A team in a month: hours asked, confirmed, refused or moved, and still without an answer."""

    team: str
    month: str
    asked: str
    promised: str
    refused: str
    waiting: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """What must be planned anew. `take` is the month that was offered; empty when none was."""

    release_id: int
    heading: str
    asked: str
    said: str
    take: str
    taking: str
    due: str
    due_wrong: str
    reason: str
    reason_wrong: str
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePage(Page):
    template: ClassVar[str] = "planning/time.html"
    who_sees: ClassVar[str] = WHO_SEES

    say: str
    changed: str
    directorates: tuple[Choice, ...]
    here: int
    errors: tuple[FieldError, ...]
    refused: tuple[Refused, ...]
    unasked: str
    lines: tuple[MonthLine, ...]
    past: str
    plan: str
    answers: str
    grid: str

    @classmethod
    def of(
        cls,
        found: TimeFound,
        path_for: PathFor,
        *,
        about: int = 0,
        typed: Mapping[str, str] | None = None,
        errors: Mapping[str, str] | None = None,
        changed: str = "",
    ) -> Self:
        """`about`, `typed` and `errors`: a new plan that could not be saved, shown again where it was typed."""
        wrong, values = errors or {}, typed or {}
        place = {"directorate": found.here} if found.here else {}
        anew = [row for row in found.rows if row.state in REFUSED]
        return cls(
            say=_say(found, anew),
            changed=changed,
            directorates=choices(found),
            here=found.here,
            errors=tuple(FieldError(field=f"{name}-{about}", message=text) for name, text in wrong.items()),
            refused=tuple(
                _refused(r, found.moving.get(r.id), values, wrong, failed=r.id == about, folded=len(anew) > MOST_OPEN)
                for r in anew
            ),
            unasked=_unasked(found),
            lines=tuple(_lines(found.rows)),
            past=_past(found),
            plan=path_for("planning:plan", **place),
            answers=path_for("planning:answers"),
            grid=path_for("capability:teams", **place),
        )


def choices(found: TimeFound) -> tuple[Choice, ...]:
    """The directorates to choose from; none where there is one alone."""
    if len(found.directorates) < 2:  # noqa: PLR2004  nothing to choose
        return ()
    return tuple(Choice(value=str(i), text=name, chosen=i == found.here) for i, name in found.directorates)


def _say(found: TimeFound, anew: Sequence[ReleaseRow]) -> str:
    if not found.rows:
        return "No team of yours is asked for time to learn at present."
    asked = sum(row.minutes for row in found.rows)
    promised = sum(row.minutes for row in found.rows if row.state is ReleaseState.CONFIRMED)
    said = f"Your teams are asked for {hours(asked)}; {hours(promised)} of them are confirmed."
    if anew:
        said += f" {plural(len(anew), 'answer needs', 'answers need')} a new plan."
    return said


def hours(total: int) -> str:
    """21 hours, 7.5 hours, 45 minutes"""
    if total < 60:  # noqa: PLR2004  an hour
        return minutes(total)
    return f"{total / 60:,.1f}".removesuffix(".0") + (" hour" if total == 60 else " hours")  # noqa: PLR2004


def _unasked(found: TimeFound) -> str:
    if not found.unasked:
        return ""
    teams = plural(len({key.team_id for key in found.unasked}), "team")
    return f"Needs have changed what {teams} should be asked for. It is asked each night by itself, or now if you like."


def _past(found: TimeFound) -> str:
    if not found.past:
        return ""
    needs = plural(found.past, "need is", "needs are")
    return f"{needs} past the date: no time is asked for in any month until a new date is set in the grid."


def _lines(rows: Sequence[ReleaseRow]) -> Iterator[MonthLine]:
    for (team, month), group in groupby(rows, key=lambda r: (r.team, r.month)):
        here = list(group)

        def of(*states: ReleaseState, here: Sequence[ReleaseRow] = here) -> str:
            total = sum(r.minutes for r in here if r.state in states)
            return hours(total) if total else "–"

        yield MonthLine(
            team=team,
            month=month_words(month),
            asked=hours(sum(r.minutes for r in here)),
            promised=of(ReleaseState.CONFIRMED),
            refused=of(*REFUSED),
            waiting=of(ReleaseState.ASKED),
        )


def _refused(
    row: ReleaseRow,
    moving: int | None,
    typed: Mapping[str, str],
    wrong: Mapping[str, str],
    *,
    failed: bool,
    folded: bool,
) -> Refused:
    offered = row.other_month
    return Refused(
        release_id=row.id,
        heading=f"{row.team}, {month_words(row.month)}",
        asked=asked_words(row),
        said=answer_words(row),
        take=month_words(offered),
        taking=taking_words(row.needed_month, offered, moving) if offered else "",
        due=typed.get("due", "") if failed else "",
        due_wrong=wrong.get("due", "") if failed else "",
        reason=typed.get("reason", "") if failed else "",
        reason_wrong=wrong.get("reason", "") if failed else "",
        open=failed or (offered is None and not folded),
    )


def answer_words(row: ReleaseRow) -> str:
    """Another month: April 2027. Mina Shah, 3 Dec 2026: the ward moves in March"""
    said = STATES[row.state] + (f": {month_words(row.other_month)}" if row.other_month else "")
    if row.answered_at is None:
        return said
    who = f"{row.answered_by}, {short_day(london_date(row.answered_at))}"
    return f"{said}. {who}: {row.reason}" if row.reason else f"{said}. {who}"
