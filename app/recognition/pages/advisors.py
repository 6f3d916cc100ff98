"""The QI team's pages about external programmes: the list, one record, and the form in which it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.organisation.queries import PersonRow
from app.recognition.pages.advisor_words import RESULTS, Told, facts, state
from app.recognition.pages.words import Fact
from app.recognition.queries.advisors import Advising, AdvisorRow
from app.recognition.rules import SCALE
from app.web.page import Filled, Option, Page
from app.web.words import day, plural, short_day

WHO_SEES = (
    "The QI team's administrators, who keep it; the person themselves; and the sponsor that it names, without the "
    "file of the certificate. Directorate leads and HR see only the level, once it is granted."
)
FIELDS = (
    "programme", "provider", "cohort", "starts_on", "ends_on", "place", "mentor", "self_rating", "project", "sponsor",
    "result", "assessed_on", "review_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvisorLine:
    id: int
    name: str
    programme: str
    until: str
    state: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvisorsPage(Page):
    template: ClassVar[str] = "recognition/advisors.html"
    who_sees: ClassVar[str] = WHO_SEES

    say: str
    lines: tuple[AdvisorLine, ...]

    @classmethod
    def of(cls, rows: Sequence[AdvisorRow], today: date) -> "AdvisorsPage":
        told = [(row, *state(row, today)) for row in rows]
        holders = len({row.person_id for row in rows if row.granted_at and row.review_on >= today})
        waiting = sum(words == "Ready to grant" for _, words, _ in told)
        return cls(
            say=_say(len(rows), holders, waiting),
            lines=tuple(
                AdvisorLine(
                    id=row.id,
                    name=row.person,
                    programme=f"{row.programme}, {row.provider}",
                    until=f"{short_day(row.starts_on)} to {short_day(row.ends_on)}",
                    state=words,
                    tone=tone,
                )
                for row, words, tone in told
            ),
        )


def _say(records: int, holders: int, waiting: int) -> str:
    if not records:
        return "No external programme is recorded yet."
    ready = f" {plural(waiting, 'record is', 'records are')} ready to grant." if waiting else ""
    people = plural(holders, "person holds", "people hold")
    return f"{plural(records, 'programme')} recorded; {people} the level by one of them.{ready}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvisorPage(Page):
    """`own`: nobody keeps their own record. `open`: the level was not granted yet."""

    template: ClassVar[str] = "recognition/advisor.html"
    who_sees: ClassVar[str] = WHO_SEES

    id: int
    person_id: int
    name: str
    works: str
    told: Told
    own: bool
    open: bool
    ready: bool
    verified: bool
    review_on: str
    scale: tuple[Option, ...]
    there: tuple[Option, ...]
    form: Filled

    @classmethod
    def of(
        cls,
        found: Advising,
        person: PersonRow,
        reader_id: int,
        today: date,
        values: Mapping[str, str] | None = None,
        errors: Mapping[str, str] | None = None,
    ) -> "AdvisorPage":
        """`values` are what was posted and could not be saved, shown again as it was typed."""
        record = found.record
        duties = {"days": f"{record.half_days / 2:g}", "coaches": str(record.coaches)}
        return cls(
            id=record.id,
            person_id=record.person_id,
            name=record.person,
            works=f"{person.job_role}, {person.team}, {person.directorate}",
            told=Told.of(found, today),
            own=record.person_id == reader_id,
            open=record.granted_at is None,
            ready=record.granted_at is None and not record.lacking(today),
            verified=record.verified_at is not None,
            review_on=day(record.review_on),
            scale=tuple(Option(value=score, text=score) for score in reversed(SCALE)),
            there=(Option(value="yes", text="Yes"), Option(value="no", text="No")),
            form=Filled.of(duties | dict(values or {}), errors),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvisorFormPage(Page):
    """`id` 0 is a new record, with a field for whose it is. Another's name says of whom it is otherwise."""

    template: ClassVar[str] = "recognition/advisor_form.html"
    who_sees: ClassVar[str] = WHO_SEES

    id: int
    name: str
    seen: int
    results: tuple[Option, ...]
    form: Filled

    @classmethod
    def new(cls, values: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None) -> "AdvisorFormPage":
        return cls(id=0, name="", seen=0, results=_results(), form=Filled.of(values or {}, errors))

    @classmethod
    def of(
        cls, record: AdvisorRow, values: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None
    ) -> "AdvisorFormPage":
        return cls(
            id=record.id,
            name=record.person,
            seen=record.version,
            results=_results(),
            form=Filled.of(values or _values(record), errors),
        )


def _results() -> tuple[Option, ...]:
    return tuple(Option(value=value, text=text) for value, text in RESULTS.items())


def _values(record: AdvisorRow) -> dict[str, str]:
    return {
        "programme": record.programme,
        "provider": record.provider,
        "cohort": record.cohort,
        "starts_on": day(record.starts_on),
        "ends_on": day(record.ends_on),
        "place": record.place,
        "mentor": record.mentor,
        "self_rating": record.self_rating,
        "project": record.project,
        "sponsor": record.sponsor_email or record.sponsor or "",
        "result": record.result or "",
        "assessed_on": day(record.assessed_on),
        "review_on": day(record.review_on),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvisorChangedPage(Page):
    """Somebody else changed the record meanwhile: how it stands, and what was sent and not saved."""

    template: ClassVar[str] = "recognition/advisor_changed.html"
    who_sees: ClassVar[str] = WHO_SEES

    id: int
    name: str
    now: tuple[Fact, ...]
    typed: tuple[Fact, ...]

    @classmethod
    def of(cls, record: AdvisorRow, posted: Mapping[str, str]) -> "AdvisorChangedPage":
        sent = ((name.replace("_", " ").capitalize(), posted.get(name, "")) for name in FIELDS)
        return cls(
            id=record.id,
            name=record.person,
            now=(Fact(name="Programme", words=record.programme), *facts(record)),
            typed=tuple(Fact(name=name, words=words) for name, words in sent if words),
        )
