"""One person's evidence: their own record, HR's view of it, and the file that is made from it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar

from app.evidence import wording
from app.evidence.pages.certificates import Certified, certified
from app.evidence.pages.periods import PERIODS, Option, filled, kept
from app.evidence.queries import (
    CertificateRow,
    CompletedCourse,
    CourseLine,
    LevelLine,
    PersonEvidence,
)
from app.evidence.rules import grouped
from app.organisation.wording import moved_words
from app.recognition.queries import ElsewhereRow
from app.web.page import Filled, Page
from app.web.words import day, minutes, short_day

IN_PERIOD = "Not completed in this period"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    title: str
    since: str
    until: str
    explained: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseDone:
    title: str
    edition: str
    when: str
    minutes: str
    participatory: str
    state: str
    tone: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """Something learnt elsewhere, and what it was recognised as."""

    title: str
    provider: str
    on: str
    time: str
    source: str


def elsewhere(row: ElsewhereRow, *, own: bool = False) -> Elsewhere:
    return Elsewhere(
        title=row.title,
        provider=row.provider or "Not said",
        on=short_day(row.completed_on),
        time=minutes(row.minutes) if row.minutes else "Not said",
        source=wording.came_as(row, own=own),
    )


def level(line: LevelLine, evidence: PersonEvidence) -> Level:
    until = day(line.held_until) + moved_words(line.moved)
    return Level(
        title=line.title,
        since=day(line.held_since),
        until=until or "Does not lapse",
        explained=wording.explained_in(line, evidence),
    )


def lapsed(line: LevelLine, evidence: PersonEvidence) -> Level:
    """Nobody is late while they are on long leave."""
    late = wording.overdue(line) + moved_words(line.moved)
    return replace(level(line, evidence), until="To be refreshed after leave" if evidence.away else late)


def course_done(line: CourseLine, otherwise: str = IN_PERIOD) -> CourseDone:
    number = "Not issued yet" if line.completed_on else ""
    if line.certificate:
        number = grouped(line.certificate) + (" (withdrawn)" if line.certificate_withdrawn else "")
    return CourseDone(
        title=line.title,
        edition=str(line.edition or "not known"),
        when=_when(line.first_on, line.last_on),
        minutes=minutes(line.minutes),
        participatory=minutes(line.participatory_minutes),
        state=wording.state(line, otherwise),
        tone="good" if line.completed_on else "quiet",
        number=number,
    )


def _when(first: date | None, last: date | None) -> str:
    return short_day(last) if first == last else f"{short_day(first)} to {short_day(last)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MyRecord(Page):
    template: ClassVar[str] = "evidence/my_record.html"
    who_sees: ClassVar[str] = (
        "Only you can see this page. HR and QI team administrators can see which levels, courses, minutes and "
        "certificates you have, and what you learnt elsewhere, never your answers, notes or marks."
    )

    levels: tuple[Level, ...]
    lapsed: tuple[Level, ...]
    courses: tuple[CourseDone, ...]
    sums: str
    elsewhere: tuple[Elsewhere, ...]
    sums_elsewhere: str
    certificates: tuple[Certified, ...]
    waiting: tuple[CompletedCourse, ...]
    periods: tuple[Option, ...]
    form: Filled

    @classmethod
    def of(
        cls,
        evidence: PersonEvidence,
        certificates: list[CertificateRow],
        waiting: list[CompletedCourse],
        asked: Mapping[str, str],
        errors: Mapping[str, str] | None = None,
    ) -> "MyRecord":
        return cls(
            levels=tuple(level(line, evidence) for line in evidence.levels),
            lapsed=tuple(lapsed(line, evidence) for line in evidence.lapsed),
            courses=tuple(course_done(line, "Not completed yet") for line in evidence.courses),
            sums=wording.sums(evidence),
            elsewhere=tuple(elsewhere(row, own=True) for row in evidence.elsewhere),
            sums_elsewhere=wording.sums_elsewhere(evidence),
            certificates=tuple(certified(row, evidence.as_at) for row in certificates),
            waiting=tuple(waiting),
            periods=PERIODS,
            form=filled(asked, errors),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecord(Page):
    template: ClassVar[str] = "evidence/person.html"
    who_sees: ClassVar[str] = (
        "HR and QI team administrators whose part of the trust this person works in can see this page. "
        "Every file made from it is written down, with who made it and when."
    )

    person_id: int
    name: str
    post: str
    employee_number: str
    period: str
    as_at: str
    levels: tuple[Level, ...]
    lapsed: tuple[Level, ...]
    courses: tuple[CourseDone, ...]
    sums: str
    elsewhere: tuple[Elsewhere, ...]
    sums_elsewhere: str
    sentence: str
    regulator: str
    never_here: str
    certificates: tuple[Certified, ...]
    may_withdraw: bool
    may_export: bool
    periods: tuple[Option, ...]
    form: Filled
    kept: tuple[tuple[str, str], ...]

    @classmethod
    def of(
        cls,
        evidence: PersonEvidence,
        certificates: list[CertificateRow],
        asked: Mapping[str, str],
        errors: Mapping[str, str] | None = None,
        *,
        may_withdraw: bool,
        may_export: bool,
    ) -> "PersonRecord":
        person = evidence.person
        return cls(
            person_id=person.person_id,
            name=person.name,
            post=f"{person.job_role}, {person.team}, {person.directorate}" + _left(person.ends_on, evidence.as_at),
            employee_number=person.employee_number or "",
            period=wording.span(evidence.period),
            as_at=day(evidence.period.ends_on),
            levels=tuple(level(line, evidence) for line in evidence.levels),
            lapsed=tuple(lapsed(line, evidence) for line in evidence.lapsed),
            courses=tuple(map(course_done, evidence.courses)),
            sums=wording.sums(evidence),
            elsewhere=tuple(map(elsewhere, evidence.elsewhere)),
            sums_elsewhere=wording.sums_elsewhere(evidence),
            sentence=wording.in_appraisal(evidence),
            regulator=wording.for_regulator(person.staff_group),
            never_here=wording.NEVER_HERE,
            certificates=tuple(certified(row, evidence.as_at) for row in certificates),
            may_withdraw=may_withdraw,
            may_export=may_export,
            periods=PERIODS,
            form=filled(asked, errors),
            kept=() if errors else kept(asked),
        )


def _left(ends_on: date | None, today: date) -> str:
    return f" (left on {day(ends_on)})" if ends_on and ends_on <= today else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFile(Page):
    """The printable file: whole in itself, without scripts, pictures or anything from elsewhere."""

    template: ClassVar[str] = "evidence/record_file.html"
    who_sees: ClassVar[str] = "Whoever is given this file can see it."

    heading: str
    trust: str
    name: str
    facts: tuple[tuple[str, str], ...]
    sentence: str
    regulator: str
    as_at: str
    period: str
    levels: tuple[tuple[str, ...], ...]
    lapsed: tuple[tuple[str, ...], ...]
    courses: tuple[tuple[str, ...], ...]
    sums: str
    elsewhere: tuple[tuple[str, ...], ...]
    sums_elsewhere: str
    never_here: str
    footer: str
    demonstration: bool
    says_demonstration: str

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "RecordFile":
        return cls(**{name: value for name, value in values.items() if name != "description"})
