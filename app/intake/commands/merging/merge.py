"""Two records of one person become one: the staying record gets both histories, the other one leads to it."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.intake.commands.merging.beside import merge_elsewhere, merge_leave, merge_programmes
from app.intake.commands.merging.courses import merge_learning
from app.intake.commands.merging.journal import Journal
from app.intake.commands.merging.needs import close_account, merge_needs, merge_the_rest
from app.intake.commands.merging.posts import merge_posts
from app.intake.commands.merging.views import merge_ratings
from app.intake.models import PersonMerge
from app.intake.queries.obstacles import obstacles, staff_named, whole_trust
from app.kernel import audit
from app.kernel.bulk import hold
from app.kernel.db import WriteSession, table
from app.kernel.errors import BadInputError, RuleBrokenError
from app.kernel.names import tidy
from app.learning.commands.reach import one_at_a_time
from app.organisation.commands.posts import staff_data_changed
from app.organisation.models import Employment, Person

_post = table(Employment)
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePeople:
    """`kept_id` is the record that stays, with its sign-in and its name."""

    kept_id: int
    gone_id: int
    reason: str


def merge_people(session: WriteSession, actor: Actor, command: MergePeople, now: datetime) -> PersonMerge:
    """Raises NotFoundError for anybody who is no member of staff, and RuleBrokenError with what stands in the way."""
    whole_trust(actor)
    reason = checked_reason(command.reason)
    hold_both(session, command.kept_id, command.gone_id)
    people = staff_named(session, (command.kept_id, command.gone_id))
    kept, gone = people[command.kept_id], people[command.gone_id]
    if why := obstacles(session, actor, kept, gone):
        raise RuleBrokenError(" ".join(why))
    merge = PersonMerge(
        gone_id=gone.id,
        kept_id=kept.id,
        reason=reason,
        numbers=_numbers(session, (kept.id, gone.id)),
        merged_at=now,
        merged_by_id=actor.person_id,
    )
    session.add(merge)
    session.flush()
    journal = Journal(session, merge.id)
    merge_posts(journal, actor, kept.id, gone.id, now)
    merge_needs(journal, kept.id, gone.id, now)
    merge_the_rest(journal, kept.id, gone.id)
    merge_leave(journal, kept.id, gone.id)
    merge_elsewhere(journal, kept.id, gone.id)
    merge_programmes(journal, kept.id, gone.id)
    merge_ratings(journal, kept.id, gone.id)
    merge_learning(journal, actor, kept.id, gone.id, now)
    close_account(journal, kept.id, gone.id, now)
    changed = {"person_id": (str(gone.id), str(kept.id)), "reason": (None, reason)}
    audit.record(
        session, actor, "merge records", "person_merge", merge.id, now=now, subject_id=kept.id, changed=changed
    )
    staff_data_changed(session, now)
    session.flush()
    session.expire_all()
    session.refresh(merge)
    return merge


def _numbers(session: WriteSession, both: tuple[int, int]) -> list[str]:
    wanted = sa.select(_post.c.employee_number).where(_post.c.person_id.in_(both), _post.c.employee_number.is_not(None))
    return sorted(set(session.scalars(wanted)))


def checked_reason(text: str) -> str:
    reason = tidy(text)
    if not reason:
        raise BadInputError({"reason": "Enter why these are one person"})
    if len(reason) > LONGEST_REASON:
        raise BadInputError({"reason": f"The reason must be {LONGEST_REASON} characters or fewer"})
    return reason


def hold_both(session: WriteSession, one: int, other: int) -> None:
    """Nobody hires, moves, imports, enrols or records for either until this transaction ends."""
    hold(session, Person, Employment)
    for person_id in sorted({one, other}):
        one_at_a_time(session, person_id)
