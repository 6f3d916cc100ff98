"""Past learning is written down: some people's completions in one transaction, or nothing of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.intake.commands.applying import MovedError
from app.intake.commands.past_rows import Writing
from app.intake.models.past import PastColumnsKept, PastDecisionKept, PastImport, PastImportProblem, PastUpload
from app.intake.queries.past import AT_ONCE, newest_words, seen_of
from app.intake.rules.past.decisions import PastDecisions
from app.intake.rules.past.picture import PastPicture
from app.intake.rules.past.plan import PastLine
from app.intake.rules.rows import Problem
from app.kernel import audit
from app.kernel.bulk import write_many
from app.kernel.db import WriteSession, table
from app.kernel.errors import NotAllowedError
from app.organisation.models import Person

_person, _columns, _decision = table(Person), table(PastColumnsKept), table(PastDecisionKept)
_import, _upload = table(PastImport), table(PastUpload)
LONGEST_REASON = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginPast:
    """A list that is about to be applied. `plan` is its plan's fingerprint; `upload_id` where it waited, if it did."""

    file_name: str
    file_hash: str
    plan: str
    rows: int
    counts: Mapping[str, int]
    columns: Mapping[str, str]
    fingerprint: str
    remarks: tuple[str, ...]
    problems: Sequence[Problem]
    decided: PastDecisions
    upload_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakePast:
    """Completions of some people, all of what the list says of each. `picture` is what they were worked out from."""

    source: str
    lines: Sequence[PastLine]
    picture: PastPicture


def begin_past(session: WriteSession, actor: Actor, command: BeginPast, now: datetime) -> PastImport:
    """Write down that a list is applied, with what is kept for the next one. Its lines follow, and then `end_past`."""
    _trust_wide(actor)
    record = PastImport(
        applied_at=now,
        applied_by_id=actor.person_id,
        file_name=command.file_name[:200],
        file_hash=command.file_hash,
        plan=command.plan,
        rows=command.rows,
        counts=dict(command.counts),
        columns=dict(command.columns),
        remarks=list(command.remarks),
    )
    session.add(record)
    session.flush()
    audit.record(session, actor, "import past learning", "past_import", record.id, now=now, rows=command.rows)
    session.execute(sa.delete(_columns).where(_columns.c.fingerprint == command.fingerprint))
    session.add(PastColumnsKept(fingerprint=command.fingerprint, columns=dict(command.columns), kept_at=now))
    decide_past(session, actor, command.decided, now)
    if command.upload_id is not None:
        session.execute(sa.delete(_upload).where(_upload.c.id == command.upload_id))
    _problems(session, record.id, command.problems)
    return record


def take_past(session: WriteSession, actor: Actor, import_id: int, command: TakePast, now: datetime) -> None:
    """Write these people's completions. Raises MovedError, having done nothing, when the picture is another."""
    _trust_wide(actor)
    people = sorted({line.person_id for line in command.lines})
    _one_at_a_time(session, people)
    before = {person_id: command.picture.seen[person_id] for person_id in people if person_id in command.picture.seen}
    if seen_of(session, people) != before or newest_words(session) != command.picture.words:
        raise MovedError("What is known of people’s learning has changed since the preview.")
    Writing(session, actor, import_id, command.source, command.lines, command.picture, now).write()


def end_past(session: WriteSession, import_id: int, now: datetime) -> None:
    session.execute(sa.update(_import).where(_import.c.id == import_id).values(ended_at=now))


def decide_past(session: WriteSession, actor: Actor, decided: PastDecisions, now: datetime) -> None:
    """Keep what was decided of courses, for this list and every later one."""
    _trust_wide(actor)
    wanted = sa.select(PastDecisionKept).where(_decision.c.words.in_(list(decided)[:AT_ONCE]))
    kept = {found.words: found for found in session.scalars(wanted)}
    for words, decision in decided.items():
        found = kept.get(words)
        if found and (found.meaning, found.course) == (decision.meaning, decision.course):
            continue
        changed = {"meaning": (str(found.meaning) if found else None, str(decision.meaning))}
        if found is None:
            found = PastDecisionKept(
                words=words, meaning=decision.meaning, decided_at=now, decided_by_id=actor.person_id
            )
        found.meaning, found.course = decision.meaning, decision.course
        found.decided_at, found.decided_by_id = now, actor.person_id
        session.add(found)
        session.flush()
        audit.record(session, actor, "decide past course", "past_decision", found.id, now=now, changed=changed)


def _trust_wide(actor: Actor) -> None:
    if not actor.reach(Permission.MANAGE_PEOPLE).trust:
        raise NotAllowedError("Only somebody who manages people in the whole trust can bring in past learning.")


def _one_at_a_time(session: WriteSession, people: Sequence[int]) -> None:
    """Nobody else records for any of these meanwhile; in one order, so that no two wait for each other."""
    for start in range(0, len(people), AT_ONCE):
        theirs = _person.c.id.in_(people[start : start + AT_ONCE])
        session.execute(sa.select(_person.c.id).where(theirs).order_by(_person.c.id).with_for_update(key_share=True))


def _problems(session: WriteSession, import_id: int, problems: Sequence[Problem]) -> None:
    rows = ((import_id, p.row, p.column[:200], p.reason[:LONGEST_REASON], p.number) for p in problems)
    columns = ("import_id", "row", "field", "reason", "employee_number")
    write_many(session, PastImportProblem, columns, rows)
