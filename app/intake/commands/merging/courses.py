"""Places on courses, what was done there and the levels held: of two records, made those of one person."""

from collections import defaultdict
from datetime import datetime

from app.access.actor import Actor
from app.intake.commands.merging.journal import Journal, Row, rows_where, write
from app.intake.rules.merging import Place, one_course
from app.kernel.clock import london_date
from app.kernel.db import WriteSession
from app.learning.commands.completion import apply_completion
from app.learning.queries import open_enrolment
from app.learning.rules import AwardEventKind

FAR = 10_000
"""Beyond every episode: where a number waits until the one it gets is free."""


def merge_learning(journal: Journal, actor: Actor, kept: int, gone: int, now: datetime) -> None:
    """Halves join: a course that both together have done is complete."""
    courses = _merge_places(journal, kept, gone)
    _merge_outcomes(journal, kept, gone)
    _merge_levels(journal, kept, gone)
    _merge_notes(journal, kept, gone)
    for course_id in courses:
        if (enrolment := open_enrolment(journal.session, kept, course_id)) is not None:
            apply_completion(journal.session, actor, enrolment, now)


def _merge_places(journal: Journal, kept: int, gone: int) -> list[int]:
    """The courses on which the person now has a place."""
    by_course: dict[int, list[Row]] = defaultdict(list)
    for person_id in (kept, gone):
        for row in rows_where(journal.session, "enrolment", person_id=person_id):
            by_course[row["course_id"]].append(row)
    for rows in by_course.values():
        if any(row["person_id"] == gone for row in rows):
            _merge_course(journal, rows, kept, gone)
    return sorted(by_course)


def _merge_course(journal: Journal, rows: list[Row], kept: int, gone: int) -> None:
    placed = one_course([_place(row, kept) for row in rows])
    for row in rows:
        out_of_the_way(journal.session, row)
    for row in sorted(rows, key=lambda row: placed[row["id"]].closed_at is None):
        to = placed[row["id"]]
        values = {
            "person_id": gone if to.aside else kept,
            "episode": to.episode,
            "counts_from": to.counts_from,
            "closed_at": to.closed_at,
        }
        write(journal.session, "enrolment", row["id"], values)
        journal.change("enrolment", row, **values)


def out_of_the_way(session: WriteSession, row: Row) -> None:
    """So that no two share a number, or are open at once, while places change one by one."""
    aside = {"episode": FAR + row["id"], "closed_at": row["enrolled_at"]}
    write(session, "enrolment", row["id"], aside)


def _place(row: Row, kept: int) -> Place:
    return Place(
        id=row["id"],
        kept=row["person_id"] == kept,
        edition_id=row["edition_id"],
        episode=row["episode"],
        enrolled_at=row["enrolled_at"],
        counts_from=row["counts_from"],
        used=row["started_at"] is not None or row["counts_from"] is not None,
        completed_on=london_date(row["completed_at"]) if row["completed_at"] else None,
        closed_at=row["closed_at"],
    )


def _merge_outcomes(journal: Journal, kept: int, gone: int) -> None:
    def same(row: Row) -> tuple[object, ...]:
        return row["activity_id"], row["source"], row["occurred_on"]

    own = {same(row) for row in rows_where(journal.session, "outcome", person_id=kept)}
    for row in rows_where(journal.session, "outcome", person_id=gone):
        if same(row) in own:
            journal.remove("outcome", row)
        else:
            journal.change("outcome", row, person_id=kept)


def _merge_levels(journal: Journal, kept: int, gone: int) -> None:
    own = {row["tier"]: row["id"] for row in rows_where(journal.session, "award", person_id=kept)}
    for award in rows_where(journal.session, "award", person_id=gone):
        if award["tier"] not in own:
            journal.change("award", award, person_id=kept)
            continue
        for event in rows_where(journal.session, "award_event", award_id=award["id"]):
            journal.change("award_event", event, award_id=own[award["tier"]])
        journal.remove("award", award)
        _granted_once(journal, own[award["tier"]])


def _granted_once(journal: Journal, award_id: int) -> None:
    """Of a level that both were granted, the later grant is a refresh: a person comes to hold it once."""
    events = rows_where(journal.session, "award_event", award_id=award_id)
    holds = False
    for event in sorted(events, key=lambda event: (event["occurred_on"], event["id"])):
        if event["kind"] is AwardEventKind.GRANTED and holds:
            journal.change("award_event", event, kind=AwardEventKind.REFRESHED)
        if event["kind"] is not AwardEventKind.APPLIED:
            holds = event["kind"] is not AwardEventKind.WITHDRAWN


def _merge_notes(journal: Journal, kept: int, gone: int) -> None:
    own = {row["activity_id"] for row in rows_where(journal.session, "note", person_id=kept)}
    for row in rows_where(journal.session, "note", person_id=gone):
        if row["activity_id"] in own:
            journal.leave("note", row)
        else:
            journal.change("note", row, person_id=kept)
