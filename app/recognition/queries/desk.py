"""What waits for an assessor: offers, the oldest first, and items that nobody offered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.curriculum.models import Tier
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.kernel.names import folded
from app.organisation.models import Employment, Person
from app.organisation.queries import PersonRow, open_on, person_record
from app.recognition.models import EvidenceFile, EvidenceItem, Recognition, RecognitionOffer
from app.recognition.queries.cases import Case, case_of, is_on_record, on_record
from app.recognition.rules import OfferState, Verdict

_item, _offer, _decision, _file = (
    table(model) for model in (EvidenceItem, RecognitionOffer, Recognition, EvidenceFile)
)
_person, _tier, _post = table(Person), table(Tier), table(Employment)
A_PAGE = 50


@dataclass(frozen=True, slots=True)
class WaitingRow:
    item_id: int
    person: str
    title: str
    provider: str
    title_key: str
    provider_key: str
    completed_on: date
    level: str | None
    offered_at: datetime


@dataclass(frozen=True, slots=True)
class Desk:
    """One page of the offers that wait, the oldest first. `own` are the assessor's, for another to decide."""

    rows: Sequence[WaitingRow]
    total: int
    oldest: datetime | None
    own: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Undecided:
    """An item on somebody's record that waits for nobody and was not recognised."""

    item_id: int
    person: str
    title: str
    provider: str
    title_key: str
    provider_key: str
    completed_on: date
    source: str


@dataclass(frozen=True, slots=True)
class Found:
    rows: Sequence[Undecided]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """`level` is None where it was declined."""

    item_id: int
    person: str
    title: str
    level: str | None
    decided_at: datetime


def may_assess(actor: Actor) -> None:
    """Raises NotFoundError unless the actor assesses for the whole trust."""
    if not actor.reach(Permission.RECOGNISE).trust:
        raise NotFoundError("recognition")


def waiting_count(session: ReadSession, actor: Actor, today: date) -> int:
    """How many offers the actor may decide today. No statement for anybody who assesses nothing."""
    if not actor.may(Permission.RECOGNISE):
        return 0
    wanted = _waits(today, sa.func.count()).where(_item.c.person_id != actor.person_id)
    return int(session.scalar(wanted) or 0)


def waiting(session: ReadSession, actor: Actor, today: date, page: int = 1) -> Desk:
    """Three statements, however many wait. Of leavers nothing waits any more."""
    may_assess(actor)
    others = _item.c.person_id != actor.person_id
    counted = session.execute(_waits(today, sa.func.count(), sa.func.min(_offer.c.offered_at)).where(others)).one()
    own = session.scalar(_waits(today, sa.func.count()).where(~others)) or 0
    pages = max(1, -(-counted[0] // A_PAGE))
    at = min(max(page, 1), pages)
    columns = (
        _item.c.id, _person.c.name, _item.c.title, _item.c.provider, _item.c.title_key, _item.c.provider_key,
        _item.c.completed_on, _tier.c.title, _offer.c.offered_at,
    )  # fmt: skip
    wanted = _waits(today, *columns).where(others).order_by(_offer.c.offered_at, _offer.c.id)
    rows = session.execute(wanted.limit(A_PAGE).offset((at - 1) * A_PAGE))
    return Desk([WaitingRow(*row) for row in rows], counted[0], counted[1], own, at, pages)


def undecided(session: ReadSession, actor: Actor, words: str, page: int = 1) -> Found:
    """What lists of other systems brought, and what was declined, by the words of a title, a provider or a name."""
    may_assess(actor)
    waits = sa.exists().where(_offer.c.item_id == _item.c.id, _offer.c.state == OfferState.WAITING)
    recognised = sa.exists().where(
        _decision.c.item_id == _item.c.id,
        _decision.c.verdict == Verdict.RECOGNISED,
        _decision.c.taken_back_at.is_(None),
    )
    conditions = [on_record(), ~waits, ~recognised, *(_anywhere(word) for word in folded(words).split())]
    base = sa.select(sa.func.count()).select_from(_item).join(_person, _person.c.id == _item.c.person_id)
    total = int(session.scalar(base.where(*conditions)) or 0)
    pages = max(1, -(-total // A_PAGE))
    at = min(max(page, 1), pages)
    rows = session.execute(
        sa.select(
            _item.c.id,
            _person.c.name,
            _item.c.title,
            _item.c.provider,
            _item.c.title_key,
            _item.c.provider_key,
            _item.c.completed_on,
            _item.c.source,
        )
        .join(_person, _person.c.id == _item.c.person_id)
        .where(*conditions)
        .order_by(_item.c.title_key, _person.c.sort_key, _item.c.id)
        .limit(A_PAGE)
        .offset((at - 1) * A_PAGE)
    )
    return Found([Undecided(*row) for row in rows], total, at, pages)


def case_for(session: ReadSession, actor: Actor, item_id: int, today: date) -> tuple[Case, PersonRow]:
    """One item as an assessor sees it, and where its person works.

    Raises NotFoundError out of reach, and for an item that its person took back.
    """
    may_assess(actor)
    case = case_of(session, item_id)
    if not is_on_record(session, item_id):
        raise NotFoundError("evidence item")
    return case, person_record(session, actor, Permission.RECOGNISE, case.item.person_id, today)


def file_for(session: ReadSession, actor: Actor, file_id: int, today: date) -> tuple[EvidenceFile, int]:
    """A file with its content, and whose it is, for an assessor. Raises NotFoundError."""
    may_assess(actor)
    file = session.get(EvidenceFile, file_id)
    if file is None:
        raise NotFoundError("file")
    case, _person_row = case_for(session, actor, file.item_id, today)
    return file, case.item.person_id


def decided_lately(session: ReadSession, actor: Actor, limit: int = 20) -> list[DecidedRow]:
    """What was decided last and still stands, the newest first."""
    may_assess(actor)
    rows = session.execute(
        sa.select(_item.c.id, _person.c.name, _item.c.title, _tier.c.title, _decision.c.decided_at)
        .select_from(_decision)
        .join(_item, _item.c.id == _decision.c.item_id)
        .join(_person, _person.c.id == _item.c.person_id)
        .outerjoin(_tier, _tier.c.slug == _decision.c.tier)
        .where(_decision.c.taken_back_at.is_(None))
        .order_by(_decision.c.decided_at.desc(), _decision.c.id.desc())
        .limit(limit)
    )
    return [DecidedRow(*row) for row in rows]


def _waits(today: date, *columns: Any) -> sa.Select[Any]:
    here = sa.exists().where(_post.c.person_id == _item.c.person_id, open_on(_post, today))
    return (
        sa.select(*columns)
        .select_from(_offer)
        .join(_item, _item.c.id == _offer.c.item_id)
        .join(_person, _person.c.id == _item.c.person_id)
        .outerjoin(_tier, _tier.c.slug == _offer.c.tier)
        .where(_offer.c.state == OfferState.WAITING, here)
    )


def _anywhere(word: str) -> sa.ColumnElement[bool]:
    return sa.or_(*(column.contains(word) for column in (_item.c.title_key, _item.c.provider_key, _person.c.sort_key)))
