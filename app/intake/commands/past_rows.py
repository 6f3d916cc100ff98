"""The rows of past learning: what each completion writes, in few statements however many there are."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from sqlmodel import SQLModel

from app.access.actor import Actor
from app.intake.models.past import PastImportLine
from app.intake.rules.past.picture import PastPicture, PersonAndTier
from app.intake.rules.past.plan import PastKind, PastLine
from app.kernel.audit import AuditEvent
from app.kernel.bulk import new_ids, write_many
from app.kernel.clock import LONDON
from app.kernel.db import WriteSession
from app.learning.models import Award, AwardEvent, Enrolment, Outcome
from app.learning.rules import EnrolmentSource, OutcomeSource
from app.recognition.models import EvidenceItem
from app.recognition.rules import key_of

NOON = time(12)
LONGEST_AWARD_SOURCE = 120
LONGEST_SOURCE = 200
LONGEST_SAYING = 400

Rows = Iterator[tuple[Any, ...]]


def moment_of(day: date, now: datetime) -> datetime:
    """Noon of a day of which no more is known; of today, no later than now."""
    return min(now, datetime.combine(day, NOON, LONDON).astimezone(UTC))


class Writing:
    """Everything that some people's completions write, within one transaction."""

    def __init__(
        self,
        session: WriteSession,
        actor: Actor,
        import_id: int,
        source: str,
        lines: Sequence[PastLine],
        picture: PastPicture,
        now: datetime,
    ) -> None:
        self.session, self.actor, self.import_id, self.source = session, actor, import_id, source
        self.lines, self.picture, self.now = lines, picture, now
        self.beginning = [x for x in lines if x.completing and x.completing.enrolment_id is None]
        self.ending = [x for x in lines if x.completing and x.completing.enrolment_id is not None]
        self.awarding = [x for x in lines if x.award]
        self.items = [x for x in lines if x.item]
        self.done = [(x, activity, length) for x in lines for activity, length in x.done]

    def write(self) -> None:
        self._enrolments()
        outcomes = self._outcomes()
        events = self._awards()
        items = self._items()
        self._write(AuditEvent, ("at", "actor_id", "action", "entity", "entity_id", "subject_id", "fields"), (
            (self.now, self.actor.person_id, *self._deed(line, outcomes, events, items)) for line in self.lines
        ))  # fmt: skip
        self._write(
            PastImportLine,
            ("import_id", "kind", "row", "person_id", "employee_number", "name", "course", "completed_on", "minutes",
             "says"),
            ((self.import_id, x.kind, x.row, x.person_id, x.number, x.name, x.course, x.on, x.minutes,
              x.says[:LONGEST_SAYING]) for x in self.lines),
        )  # fmt: skip

    def _write(self, model: type[SQLModel], columns: tuple[str, ...], rows: Rows, by: str = "") -> None:
        write_many(self.session, model, columns, rows, by)

    def _new(self, model: type[SQLModel], lines: Sequence[PastLine]) -> dict[int, int]:
        """An id for each line that writes a row of its own, by the line's row in the file."""
        return {x.row: number for x, number in zip(lines, new_ids(self.session, model, len(lines)), strict=True)}

    def _enrolments(self) -> None:
        self.enrolment_of = self._new(Enrolment, self.beginning)
        columns = ("id", "person_id", "course_id", "edition_id", "episode", "source", "enrolled_at", "started_at",
                   "completed_at", "closed_at")  # fmt: skip
        self._write(Enrolment, columns, self._begun())
        self._write(Enrolment, ("id", "source", "started_at", "completed_at", "closed_at"), self._ended(), "id")

    def _begun(self) -> Rows:
        for line in self.beginning:
            assert line.completing
            at = moment_of(line.completing.on, self.now)
            yield (
                self.enrolment_of[line.row], line.person_id, line.course_id, line.completing.edition_id, 1,
                EnrolmentSource.IMPORTED, at, at, at, self.now,
            )  # fmt: skip

    def _ended(self) -> Rows:
        """Closed now, because what came with the list counts for it; completed on the day that the list says."""
        for line in self.ending:
            assert line.completing
            at = moment_of(line.completing.on, self.now)
            started = line.completing.started_at or at
            yield line.completing.enrolment_id, EnrolmentSource.IMPORTED, min(started, at), at, self.now

    def _outcomes(self) -> dict[int, int]:
        """The first outcome of each line, by its row."""
        numbers = new_ids(self.session, Outcome, len(self.done))
        columns = ("id", "person_id", "activity_id", "occurred_on", "minutes", "participatory_minutes", "source",
                   "recorded_at", "recorded_by_id")  # fmt: skip
        self._write(Outcome, columns, (
            (number, x.person_id, activity, x.on, length, 0, OutcomeSource.IMPORTED, self.now, self.actor.person_id)
            for number, (x, activity, length) in zip(numbers, self.done, strict=True)
        ))  # fmt: skip
        return {x.row: number for number, (x, _, _) in reversed(list(zip(numbers, self.done, strict=True)))}

    def _awards(self) -> dict[int, int]:
        held: dict[PersonAndTier, int] = dict(self.picture.awards)
        new = {(x.person_id, x.award.tier) for x in self.awarding if x.award} - held.keys()
        numbers = new_ids(self.session, Award, len(new))
        made = dict(zip(sorted(new), numbers, strict=True))
        self._write(Award, ("id", "person_id", "tier"), ((number, *key) for key, number in made.items()))
        held |= made
        events = self._new(AwardEvent, self.awarding)
        columns = ("id", "award_id", "kind", "occurred_on", "valid_until", "edition_id", "source", "recorded_at",
                   "recorded_by_id")  # fmt: skip
        self._write(AwardEvent, columns, (
            (events[x.row], held[x.person_id, x.award.tier], x.award.kind, x.award.on, x.award.until, x.edition_id,
             self.source[:LONGEST_AWARD_SOURCE], self.now, self.actor.person_id)
            for x in self.awarding if x.award
        ))  # fmt: skip
        return events

    def _items(self) -> dict[int, int]:
        items = self._new(EvidenceItem, self.items)
        columns = ("id", "person_id", "title", "title_key", "provider", "provider_key", "completed_on", "minutes",
                   "reference", "source", "source_key", "made_at", "made_by_id")  # fmt: skip
        source = f"{self.source[:1].upper()}{self.source[1:]}"[:LONGEST_SOURCE]
        self._write(EvidenceItem, columns, (
            (items[x.row], x.person_id, x.item.title, key_of(x.item.title), x.item.provider, key_of(x.item.provider),
             x.on, x.minutes, x.item.reference, source, x.item.key, self.now, self.actor.person_id)
            for x in self.items if x.item
        ))  # fmt: skip
        return items

    def _deed(
        self, line: PastLine, outcomes: dict[int, int], events: dict[int, int], items: dict[int, int]
    ) -> tuple[Any, ...]:
        """One event for each line, about the largest thing that it writes; its values stand in the import's record."""
        if line.kind is PastKind.EVIDENCE:
            return "record learning from elsewhere", "evidence_item", items[line.row], line.person_id, "title"
        if line.completing:
            enrolment = line.completing.enrolment_id or self.enrolment_of[line.row]
            said = "completed_at,closed_at,source" + (",award" if line.award else "")
            return "import completion", "enrolment", enrolment, line.person_id, said
        if line.row in events:
            return "import completion", "award_event", events[line.row], line.person_id, "occurred_on,valid_until"
        return "import completion", "outcome", outcomes[line.row], line.person_id, "occurred_on,source"
