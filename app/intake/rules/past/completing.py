"""What the completions of one course by one person mean for what they have done here."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.intake.rules.past.columns import PastColumn
from app.intake.rules.past.picture import KnownCourse, KnownEdition, KnownEnrolment
from app.intake.rules.past.plan import Completing, PastKind
from app.intake.rules.past.rows import PastRow
from app.intake.rules.past.saying import long_day
from app.intake.rules.past.who import RowError


@dataclass(frozen=True, slots=True)
class Said:
    """What one row comes to: an error, a reason why it changes nothing, or what is done for it."""

    row: PastRow
    error: RowError | None = None
    why: str = ""
    kind: PastKind = PastKind.AGAIN
    edition: KnownEdition | None = None
    done: tuple[tuple[int, int], ...] = ()
    completing: Completing | None = None
    says: str = ""


def completions(
    course: KnownCourse, enrolments: Sequence[KnownEnrolment], taken: Iterable[date], rows: Iterable[PastRow]
) -> Iterator[Said]:
    """In the order of their days. The last of them completes the course, where it is not completed already.

    `taken` are the days that came with an earlier list. A record that is completed is never touched: what more is said
    of the course is done on its own day, and may refresh the level.
    """
    now_on = next((e for e in enrolments if e.completed_on is None), None)
    days = dict.fromkeys(taken, "It is on their record already")
    days |= {e.completed_on: "They completed it here on that day" for e in enrolments if e.completed_on}
    new: list[Said] = []
    for row in sorted(rows, key=lambda row: (row.on, row.row)):
        if row.on in days:
            yield Said(row, why=days[row.on])
            continue
        said = _one(course, row, now_on)
        if said.error is None:
            days[row.on] = f"Row {row.row} says the same"
            new.append(said)
        else:
            yield said
    yield from _last_completes(new, enrolments, now_on)


def _one(course: KnownCourse, row: PastRow, now_on: KnownEnrolment | None) -> Said:
    edition = course.newest
    if row.edition is not None:
        edition = course.edition(row.edition)
        if edition is None:
            there = ", ".join(str(e.number) for e in sorted(course.editions, key=lambda e: e.number))
            reason = f"{course.title} has no edition {row.edition} that can be completed (it has: {there}). Correct it"
            return Said(row, RowError(PastColumn.EDITION, reason))
    if now_on and _counts(row.on, now_on):
        edition = course.by_id(now_on.edition_id)
        if edition is None:
            reason = "They are on an edition that nobody can complete, and will be moved to the newest. Bring it later"
            return Said(row, RowError(PastColumn.COURSE, reason))
    assert edition is not None
    return Said(row, edition=edition, done=shared(edition.asks, row.minutes), says="Added on its day")


def _counts(on: date, enrolment: KnownEnrolment) -> bool:
    return enrolment.counts_from is None or on >= enrolment.counts_from


def _last_completes(
    new: list[Said], enrolments: Sequence[KnownEnrolment], now_on: KnownEnrolment | None
) -> Iterator[Said]:
    completed = max((e.completed_on for e in enrolments if e.completed_on), default=None)
    for said in new:
        edition, is_last = said.edition, said is new[-1]
        assert edition is not None
        if now_on and is_last and _counts(said.row.on, now_on):
            on = max(said.row.on, now_on.last_done or said.row.on)
            done = Completing(edition.id, on, now_on.id, now_on.started_at)
            says = f"Completes the course that they are on, edition {edition.number}"
            yield replace(said, kind=PastKind.COMPLETED, completing=done, says=says)
        elif is_last and not enrolments:
            done = Completing(edition.id, said.row.on)
            says = f"Completes the course, edition {edition.number}"
            yield replace(said, kind=PastKind.COMPLETED, completing=done, says=says)
        elif completed:
            yield replace(said, says=f"Completed here on {long_day(completed)} already; this is added on its day")
        else:
            yield said


def shared(asks: Sequence[tuple[int, int]], minutes: int | None) -> tuple[tuple[int, int], ...]:
    """Minutes shared among what a course asks for, as long as each part takes here; none where the list says none."""
    weight = sum(length for _, length in asks)
    left, found = minutes or 0, []
    for activity, length in asks[:-1]:
        part = (minutes or 0) * length // weight if weight else 0
        found.append((activity, part))
        left -= part
    return (*found, *((activity, left) for activity, _ in asks[-1:]))
