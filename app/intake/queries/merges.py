"""Merges that were done, what each did to how many rows, and pairs that were judged to be two people."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.intake.models import PersonMerge, PersonMergeRow, TwoPeople
from app.intake.queries.obstacles import LARGEST_ID, later_merge, whole_trust
from app.intake.rules.merging import RowDeed
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.organisation.models import Person

PAGE = 50

_merge, _row, _two = table(PersonMerge), table(PersonMergeRow), table(TwoPeople)
_person = table(Person)
_gone, _kept, _by, _undoer = (_person.alias(name) for name in ("gone", "kept", "by", "undoer"))


@dataclass(frozen=True, slots=True)
class MergeRow:
    id: int
    gone: str
    kept_id: int
    kept: str
    reason: str
    merged_at: datetime
    merged_by: str
    undone_at: datetime | None
    undone_by: str | None


@dataclass(frozen=True, slots=True)
class JudgedRow:
    first_id: int
    first: str
    second_id: int
    second: str
    judged_at: datetime
    judged_by: str


@dataclass(frozen=True, slots=True)
class MergeLooked:
    """`counts` are rows by table and deed. `blocked`: another merge was built on this one. `own`: it is the actor's."""

    merge: MergeRow
    counts: tuple[tuple[str, RowDeed, int], ...]
    blocked: bool
    own: bool


_MERGES = (
    sa.select(
        _merge.c.id,
        _gone.c.name,
        _kept.c.id,
        _kept.c.name,
        _merge.c.reason,
        _merge.c.merged_at,
        _by.c.name,
        _merge.c.undone_at,
        _undoer.c.name,
    )
    .select_from(_merge)
    .join(_gone, _gone.c.id == _merge.c.gone_id)
    .join(_kept, _kept.c.id == _merge.c.kept_id)
    .join(_by, _by.c.id == _merge.c.merged_by_id)
    .outerjoin(_undoer, _undoer.c.id == _merge.c.undone_by_id)
    .order_by(_merge.c.id.desc())
)


def merges(session: ReadSession, actor: Actor, page: int) -> tuple[list[MergeRow], int]:
    """One page, the newest first, and how many there are. Raises NotFoundError for part of a trust."""
    whole_trust(actor)
    total = session.scalar(sa.select(sa.func.count()).select_from(_merge)) or 0
    rows = session.execute(_MERGES.limit(PAGE).offset((max(page, 1) - 1) * PAGE))
    return [MergeRow(*row) for row in rows], total


def judged(session: ReadSession, actor: Actor) -> list[JudgedRow]:
    """The newest pairs that were judged to be two people."""
    whole_trust(actor)
    wanted = (
        sa.select(_gone.c.id, _gone.c.name, _kept.c.id, _kept.c.name, _two.c.judged_at, _by.c.name)
        .select_from(_two)
        .join(_gone, _gone.c.id == _two.c.first_id)
        .join(_kept, _kept.c.id == _two.c.second_id)
        .join(_by, _by.c.id == _two.c.judged_by_id)
        .order_by(_two.c.id.desc())
        .limit(PAGE)
    )
    return [JudgedRow(*row) for row in session.execute(wanted)]


def one_merge(session: ReadSession, actor: Actor, merge_id: int) -> MergeLooked:
    """Raises NotFoundError for none, and for part of a trust."""
    whole_trust(actor)
    found = session.get(PersonMerge, min(merge_id, LARGEST_ID))
    if found is None:
        raise NotFoundError("merge")
    counts = sa.select(_row.c.name, _row.c.deed, sa.func.count()).where(_row.c.merge_id == found.id)
    return MergeLooked(
        merge=MergeRow(*session.execute(_MERGES.where(_merge.c.id == found.id)).one()),
        counts=tuple((row[0], row[1], row[2]) for row in session.execute(counts.group_by(_row.c.name, _row.c.deed))),
        blocked=found.undone_at is None and later_merge(session, found) is not None,
        own=actor.person_id in {found.kept_id, found.gone_id},
    )
