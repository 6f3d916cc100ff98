"""Items with everything that was said and decided about them: a person's own, and any one of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.curriculum.models import Tier
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.learning.models import AwardEvent
from app.organisation.models import Person
from app.recognition.models import EvidenceFile, EvidenceItem, Recognition, RecognitionOffer
from app.recognition.rules import OfferState, Verdict, Way

_item, _file, _offer, _decision = (
    table(model) for model in (EvidenceItem, EvidenceFile, RecognitionOffer, Recognition)
)
_person, _tier, _event = table(Person), table(Tier), table(AwardEvent)
_decider, _taker = _person.alias("decider"), _person.alias("taker")


@dataclass(frozen=True, slots=True)
class ItemRow:
    id: int
    person_id: int
    person: str
    email: str | None
    title: str
    provider: str
    title_key: str
    provider_key: str
    completed_on: date
    minutes: int | None
    reference: str
    source: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class OfferRow:
    item_id: int
    id: int
    tier: str | None
    level: str | None
    words: str
    link: str
    state: OfferState
    offered_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """`rests_on` is the source that the level was granted with."""

    item_id: int
    id: int
    offer_id: int | None
    verdict: Verdict
    way: Way
    tier: str | None
    level: str | None
    counts_from: date | None
    valid_until: date | None
    reason: str
    decided_at: datetime
    decided_by_id: int
    decided_by: str
    taken_back_at: datetime | None
    taken_back_by: str | None
    taken_back_reason: str
    rests_on: str | None


@dataclass(frozen=True, slots=True)
class FileRow:
    item_id: int
    id: int
    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Case:
    """One item with its offers, decisions and files, each in the order in which they came."""

    item: ItemRow
    offers: Sequence[OfferRow] = ()
    decisions: Sequence[DecisionRow] = ()
    files: Sequence[FileRow] = ()

    @property
    def waiting(self) -> OfferRow | None:
        return next((o for o in self.offers if o.state is OfferState.WAITING), None)

    @property
    def standing(self) -> DecisionRow | None:
        """The decision by which it is recognised today."""
        return next((d for d in self.decisions if d.verdict is Verdict.RECOGNISED and not d.taken_back_at), None)

    @property
    def last_decision(self) -> DecisionRow | None:
        return self.decisions[-1] if self.decisions else None

    @property
    def seen(self) -> int:
        """Which version a page shows: how many things have happened to the item."""
        withdrawn = sum(o.state is OfferState.WITHDRAWN for o in self.offers)
        return len(self.offers) + withdrawn + len(self.decisions) + sum(bool(d.taken_back_at) for d in self.decisions)


ITEMS = sa.select(
    _item.c.id,
    _person.c.id,
    _person.c.name,
    _person.c.email,
    _item.c.title,
    _item.c.provider,
    _item.c.title_key,
    _item.c.provider_key,
    _item.c.completed_on,
    _item.c.minutes,
    _item.c.reference,
    _item.c.source,
    _item.c.made_at,
).join(_person, _person.c.id == _item.c.person_id)
_OFFERS = sa.select(
    _offer.c.item_id,
    _offer.c.id,
    _offer.c.tier,
    _tier.c.title,
    _offer.c.words,
    _offer.c.link,
    _offer.c.state,
    _offer.c.offered_at,
    _offer.c.ended_at,
).outerjoin(_tier, _tier.c.slug == _offer.c.tier)
_DECISIONS = (
    sa.select(
        _decision.c.item_id,
        _decision.c.id,
        _decision.c.offer_id,
        _decision.c.verdict,
        _decision.c.way,
        _decision.c.tier,
        _tier.c.title,
        _decision.c.counts_from,
        _decision.c.valid_until,
        _decision.c.reason,
        _decision.c.decided_at,
        _decision.c.decided_by_id,
        _decider.c.name,
        _decision.c.taken_back_at,
        _taker.c.name,
        _decision.c.taken_back_reason,
        _event.c.source,
    )
    .outerjoin(_tier, _tier.c.slug == _decision.c.tier)
    .join(_decider, _decider.c.id == _decision.c.decided_by_id)
    .outerjoin(_taker, _taker.c.id == _decision.c.taken_back_by_id)
    .outerjoin(_event, _event.c.id == _decision.c.award_event_id)
)
_FILES = sa.select(_file.c.item_id, _file.c.id, _file.c.file_name, _file.c.media_type, _file.c.size)


def on_record() -> sa.ColumnElement[bool]:
    """Whether a row of table(EvidenceItem) stands on its person's record: not once they took back all they offered."""
    offer = _offer.alias("still_offered")
    stands = sa.exists().where(offer.c.item_id == _item.c.id, offer.c.state != OfferState.WITHDRAWN)
    return sa.or_(_item.c.source_key.is_not(None), _item.c.made_by_id != _item.c.person_id, stands)


def is_on_record(session: ReadSession, item_id: int) -> bool:
    stands = sa.select(_item.c.id).where(_item.c.id == item_id, on_record())
    return session.execute(stands).first() is not None


def cases_of(session: ReadSession, person_id: int) -> list[Case]:
    """Everything of one person, the last completed first. Four statements. Ask first whether the actor may."""
    mine = _item.c.person_id == person_id
    return _cases(session, mine, _item.c.completed_on.desc(), _item.c.id.desc())


def case_of(session: ReadSession, item_id: int) -> Case:
    """One item, whoever's it is: ask whether the actor may know of it. Raises NotFoundError."""
    found = _cases(session, _item.c.id == item_id)
    if not found:
        raise NotFoundError("evidence item")
    return found[0]


def own_case(session: ReadSession, actor: Actor, item_id: int) -> Case:
    """One of the actor's own. Raises NotFoundError for everybody else's, as for one that does not exist."""
    case = case_of(session, item_id)
    if case.item.person_id != actor.person_id:
        raise NotFoundError("evidence item")
    return case


def own_file(session: ReadSession, actor: Actor, file_id: int) -> EvidenceFile:
    """One of the actor's own, with its content. Raises NotFoundError."""
    mine = sa.and_(_file.c.id == file_id, _item.c.person_id == actor.person_id)
    found = session.scalar(sa.select(EvidenceFile).join(_item, _item.c.id == _file.c.item_id).where(mine))
    if found is None:
        raise NotFoundError("file")
    return found


def _cases(session: ReadSession, condition: sa.ColumnElement[bool], *order: Any) -> list[Case]:
    items = [ItemRow(*row) for row in session.execute(ITEMS.where(condition).order_by(*order))]
    wanted = sa.select(_item.c.id).where(condition)
    offers: dict[int, list[OfferRow]] = defaultdict(list)
    for row in session.execute(_OFFERS.where(_offer.c.item_id.in_(wanted)).order_by(_offer.c.id)):
        offers[row.item_id].append(OfferRow(*row))
    decisions: dict[int, list[DecisionRow]] = defaultdict(list)
    for row in session.execute(_DECISIONS.where(_decision.c.item_id.in_(wanted)).order_by(_decision.c.id)):
        decisions[row.item_id].append(DecisionRow(*row))
    files: dict[int, list[FileRow]] = defaultdict(list)
    for row in session.execute(_FILES.where(_file.c.item_id.in_(wanted)).order_by(_file.c.id)):
        files[row.item_id].append(FileRow(*row))
    return [Case(i, offers[i.id], decisions[i.id], files[i.id]) for i in items]
