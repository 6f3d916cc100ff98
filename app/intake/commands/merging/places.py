"""Learning of two records that were merged, taken apart again."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.curriculum.queries import course_view
from app.intake.commands.merging.courses import out_of_the_way
from app.intake.commands.merging.journal import Row, as_was, delete, insert, row_at, rows_where, table_of, write
from app.intake.models import PersonMerge, PersonMergeRow
from app.intake.rules.merging import RowDeed
from app.kernel import audit
from app.kernel.db import WriteSession, table
from app.kernel.errors import RuleBrokenError
from app.learning.models import Enrolment, Outcome
from app.learning.queries import EnrolmentRow, done, enrolments_of
from app.learning.rules import OutcomeSource, is_complete
from app.marking.models import PieceOfWork
from app.signing.models import SignOff
from app.signing.rules import SignOffState

_enrolment, _outcome, _work, _sign_off = table(Enrolment), table(Outcome), table(PieceOfWork), table(SignOff)


def part_learning(
    session: WriteSession, actor: Actor, merge: PersonMerge, rows: Sequence[PersonMergeRow], now: datetime
) -> None:
    """A course that only both together had completed is open again for whose place it is.

    Raises RuleBrokenError where a certificate was issued for such a course.
    """
    _part_levels(session, rows)
    _part_places(session, [row for row in rows if row.name == "enrolment"])
    _part_outcomes(session, [row for row in rows if row.name == "outcome"])
    _follow_the_places(session, merge)
    for person_id in (merge.kept_id, merge.gone_id):
        for enrolment in enrolments_of(session, person_id):
            _open_again(session, actor, enrolment, merge.kept_id, now)


def _back(session: WriteSession, row: PersonMergeRow) -> Row | None:
    """What a row is to be: its values of before, where they are still as the merge left them."""
    found = row_at(session, row.name, row.row_id)
    if found is None:
        return None
    left, before = as_was(row.name, row.after), as_was(row.name, row.before)
    return {column: value for column, value in before.items() if found[column] == left[column]}


def _part_levels(session: WriteSession, rows: Sequence[PersonMergeRow]) -> None:
    again: dict[int, int] = {}
    for row in rows:
        if row.name == "award" and row.deed is RowDeed.REMOVED:
            again[row.row_id] = insert(session, "award", as_was("award", row.before))
    for row in rows:
        if row.name in {"award", "award_event"} and row.deed is RowDeed.CHANGED and (back := _back(session, row)):
            values = dict(back)
            if "award_id" in values:
                values["award_id"] = again[values["award_id"]]
            write(session, row.name, row.row_id, values)


def _part_places(session: WriteSession, rows: Sequence[PersonMergeRow]) -> None:
    back = {row.row_id: values for row in rows if (values := _back(session, row)) is not None}
    now = {enrolment_id: found for enrolment_id in back if (found := row_at(session, "enrolment", enrolment_id))}
    for found in now.values():
        out_of_the_way(session, found)
    after = {enrolment_id: {**found, **back[enrolment_id]} for enrolment_id, found in now.items()}
    for enrolment_id, values in sorted(after.items(), key=lambda item: item[1]["closed_at"] is None):
        here = {"person_id": values["person_id"], "course_id": values["course_id"]}
        others = rows_where(session, "enrolment", **here)
        goes_on = values["closed_at"] is None
        closed_at = (
            values["enrolled_at"] if goes_on and any(o["closed_at"] is None for o in others) else values["closed_at"]
        )
        taken = {other["episode"] for other in others if other["id"] != enrolment_id}
        episode = values["episode"] if values["episode"] not in taken else max(taken) + 1
        kept = {"person_id": values["person_id"], "counts_from": values["counts_from"]}
        write(session, "enrolment", enrolment_id, kept | {"episode": episode, "closed_at": closed_at})


def _part_outcomes(session: WriteSession, rows: Sequence[PersonMergeRow]) -> None:
    for row in rows:
        if row.deed is RowDeed.REMOVED:
            insert(session, "outcome", as_was("outcome", row.before))
        elif back := _back(session, row):
            write(session, "outcome", row.row_id, back)


def _follow_the_places(session: WriteSession, merge: PersonMerge) -> None:
    """What was marked or signed off since the merge, and a certificate, belong to the place where it was done."""
    judged = (
        (OutcomeSource.MARKED, _work, _work.c.released_at.is_not(None) & _work.c.passed),
        (OutcomeSource.SIGNED_OFF, _sign_off, _sign_off.c.state == SignOffState.CONFIRMED),
    )
    for source, rests_on, holds in judged:
        theirs = (
            sa.select(rests_on.c.activity_id)
            .join(_enrolment, _enrolment.c.id == rests_on.c.enrolment_id)
            .where(_enrolment.c.person_id == merge.gone_id, holds)
        )
        own = (
            sa.select(rests_on.c.activity_id)
            .join(_enrolment, _enrolment.c.id == rests_on.c.enrolment_id)
            .where(_enrolment.c.person_id == merge.kept_id, holds)
        )
        since = sa.and_(
            _outcome.c.person_id == merge.kept_id,
            _outcome.c.source == source,
            _outcome.c.recorded_at >= merge.merged_at,
            _outcome.c.activity_id.in_(theirs),
            _outcome.c.activity_id.not_in(own),
        )
        session.execute(sa.update(_outcome).where(since).values(person_id=merge.gone_id))
    certificate = table_of("certificate")
    whose = sa.select(_enrolment.c.person_id).where(_enrolment.c.id == certificate.c.enrolment_id).scalar_subquery()
    of_both = certificate.c.person_id.in_((merge.kept_id, merge.gone_id))
    session.execute(sa.update(certificate).where(of_both).values(person_id=whose))


def _open_again(session: WriteSession, actor: Actor, enrolment: EnrolmentRow, holder: int, now: datetime) -> None:
    """`holder` is whoever got the level that came with the completion."""
    if enrolment.completed_at is None:
        return
    view = course_view(session, enrolment.revision_id)
    if is_complete(view.completion, done(session, enrolment.id)):
        return
    if rows_where(session, "certificate", enrolment_id=enrolment.id):
        raise RuleBrokenError(
            f"“{view.public_title}” was completed with what both records hold, and a certificate was issued for it. "
            "Taken apart, neither has completed it. Nothing was undone."
        )
    others = [e for e in enrolments_of(session, enrolment.person_id) if e.course_id == enrolment.course_id]
    closed_at = enrolment.closed_at if any(e.is_open for e in others) else None
    write(session, "enrolment", enrolment.id, {"completed_at": None, "closed_at": closed_at})
    if view.awards:
        _not_granted(session, enrolment, rows_where(session, "award", tier=view.awards, person_id=holder))
    audit.record(
        session, actor, "open course again", "enrolment", enrolment.id, now=now, subject_id=enrolment.person_id,
        fields=("completed_at", "closed_at"),
    )  # fmt: skip


def _not_granted(session: WriteSession, enrolment: EnrolmentRow, awards: Sequence[Row]) -> None:
    """The level that came with that completion, and with it alone, was never reached."""
    for award in awards:
        events = rows_where(session, "award_event", award_id=award["id"])
        here = {"recorded_at": enrolment.completed_at, "edition_id": enrolment.edition_id}
        taken = [event for event in events if all(event[column] == value for column, value in here.items())]
        for event in taken:
            delete(session, "award_event", event["id"])
        if taken and len(taken) == len(events):
            delete(session, "award", award["id"])
