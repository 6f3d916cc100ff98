"""A person offers evidence of what they learnt elsewhere, offers it again with more, or takes their offer back."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.curriculum.queries import tiers
from app.curriculum.rules import Audience
from app.kernel import audit
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, WriteSession, table
from app.kernel.errors import BadInputError, RuleBrokenError, StaleError
from app.learning.commands.reach import one_at_a_time
from app.recognition.commands.items import RecordItem, record_item, wrong_item
from app.recognition.models import EvidenceFile, EvidenceItem, RecognitionOffer
from app.recognition.queries import on_record, own_case
from app.recognition.rules import OFFERED, OfferState, file_name, host_of, key_of, kind_of, wrong_file

_item, _offer = table(EvidenceItem), table(RecognitionOffer)
LONGEST_WORDS = 4000
LONGEST_LINK = 500
MOST_FILES = 5
CHANGED = "Something happened to this since you opened it."


@dataclass(frozen=True, slots=True)
class OfferedFile:
    """A file as it came, before anybody looked into it."""

    name: str
    content: bytes = field(repr=False)
    too_large: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Backing:
    """What somebody says and shows for an item. `tier` is the level that they think it meets; empty: they do not say.

    At least one of words, a link and a file is needed.
    """

    tier: str = ""
    words: str = ""
    link: str = ""
    file: OfferedFile | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferItem:
    title: str
    completed_on: date
    provider: str = ""
    minutes: int | None = None
    backing: Backing


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferAgain:
    """`seen` is the version that the writer had before them (`Case.seen`)."""

    item_id: int
    seen: int
    backing: Backing


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawOffer:
    item_id: int
    seen: int


def offer_item(session: WriteSession, actor: Actor, command: OfferItem, now: datetime) -> int:
    """Put something on one's own record and ask that it be recognised. Returns the item's id.

    Raises BadInputError by field, also for what stands on the record already.
    """
    record = _record(actor, command)
    one_at_a_time(session, actor.person_id)
    errors = wrong_offer(session, actor, command, now)
    if not errors and _is_there(session, record):
        errors = {"title": "This is on your record already, with the same day. Open it there to offer it"}
    if errors:
        raise BadInputError(errors)
    item_id = record_item(session, actor, record, now)
    _offer_it(session, actor, item_id, 1, command.backing, now)
    return item_id


def wrong_offer(session: ReadSession, actor: Actor, command: OfferItem, now: datetime) -> dict[str, str]:
    """What stands in the way of an offer, by field, whatever stands on the record already."""
    errors = wrong_item(_record(actor, command), london_date(now))
    return errors | _wrong_backing(session, command.backing, shown=False)


def _record(actor: Actor, command: OfferItem) -> RecordItem:
    return RecordItem(
        person_id=actor.person_id,
        title=command.title,
        provider=command.provider,
        completed_on=command.completed_on,
        minutes=command.minutes,
        source=OFFERED,
    )


def offer_again(session: WriteSession, actor: Actor, command: OfferAgain, now: datetime) -> None:
    """Offer an item that is on one's record: one from a list, one that was declined, one that was taken back.

    Raises NotFoundError for anybody else's, StaleError when something happened to it since, RuleBrokenError while it
    waits or is recognised, and BadInputError by field.
    """
    one_at_a_time(session, actor.person_id)
    case = own_case(session, actor, command.item_id)
    if command.seen != case.seen:
        raise StaleError(CHANGED)
    if case.waiting or case.standing:
        raise RuleBrokenError("This waits for an assessor or is recognised already. Look at the page again.")
    errors = _wrong_backing(session, command.backing, shown=bool(case.files))
    if command.backing.file and len(case.files) >= MOST_FILES:
        errors["file"] = f"{MOST_FILES} files are there already. Say the rest in words, or give a link"
    if errors:
        raise BadInputError(errors)
    _offer_it(session, actor, case.item.id, len(case.offers) + 1, command.backing, now)


def withdraw_offer(session: WriteSession, actor: Actor, command: WithdrawOffer, now: datetime) -> None:
    """Take back an offer that waits; one that was taken back stays so. Raises StaleError when it was decided first."""
    one_at_a_time(session, actor.person_id)
    case = own_case(session, actor, command.item_id)
    latest = case.offers[-1] if case.offers else None
    if latest is not None and latest.state is OfferState.WITHDRAWN:
        return
    if latest is None or command.seen != case.seen or latest.state is not OfferState.WAITING:
        raise StaleError(CHANGED)
    end_offer(session, latest.id, OfferState.WITHDRAWN, now)
    audit.record(
        session,
        actor,
        "withdraw offer of learning",
        "recognition_offer",
        latest.id,
        now=now,
        subject_id=actor.person_id,
        fields=("state",),
    )


def end_offer(session: WriteSession, offer_id: int, state: OfferState, now: datetime) -> None:
    """Set how an offer that waits ended. Raises StaleError when it waits no longer."""
    waits = sa.and_(_offer.c.id == offer_id, _offer.c.state == OfferState.WAITING)
    done = session.execute(sa.update(_offer).where(waits).values(state=state, ended_at=now))
    if not done.rowcount:  # type: ignore[attr-defined]
        raise StaleError(CHANGED)


def _is_there(session: ReadSession, record: RecordItem) -> bool:
    same = (
        _item.c.person_id == record.person_id,
        _item.c.completed_on == record.completed_on,
        _item.c.title_key == key_of(record.title),
        _item.c.provider_key == key_of(record.provider),
    )
    return session.execute(sa.select(_item.c.id).where(*same, on_record()).limit(1)).first() is not None


def _offer_it(session: WriteSession, actor: Actor, item_id: int, number: int, backing: Backing, now: datetime) -> None:
    offer = RecognitionOffer(
        item_id=item_id,
        number=number,
        tier=backing.tier or None,
        words=backing.words,
        link=backing.link,
        state=OfferState.WAITING,
        offered_at=now,
    )
    session.add(offer)
    if backing.file is not None:
        session.add(_file(item_id, backing.file))
    session.flush()
    given = {"tier": backing.tier, "words": backing.words, "link": backing.link, "file": backing.file}
    audit.record(
        session,
        actor,
        "offer learning for recognition",
        "recognition_offer",
        offer.id,
        now=now,
        subject_id=actor.person_id,
        fields=tuple(name for name, value in given.items() if value),
    )


def _file(item_id: int, file: OfferedFile) -> EvidenceFile:
    kind = kind_of(file.content)
    assert kind is not None, "it was looked into before"
    return EvidenceFile(
        item_id=item_id,
        file_name=file_name(file.name, kind),
        media_type=kind.value,
        size=len(file.content),
        sha256=hashlib.sha256(file.content).hexdigest(),
        content=file.content,
    )


def _wrong_backing(session: ReadSession, backing: Backing, *, shown: bool) -> dict[str, str]:
    """`shown`: a file is there from before, so that nothing more need be said."""
    errors = {}
    if backing.tier and backing.tier not in {t.slug for t in tiers(session) if t.audience is Audience.STAFF}:
        errors["tier"] = "Choose a level from the list, or leave it open"
    if len(backing.words) > LONGEST_WORDS:
        errors["words"] = f"Write at most {LONGEST_WORDS:,} characters. You have {len(backing.words):,}"
    if backing.link and (len(backing.link) > LONGEST_LINK or not host_of(backing.link)):
        errors["link"] = "Enter a whole address that begins with https:// or http://, or leave it empty"
    if backing.file and (said := wrong_file(backing.file.content, too_large=backing.file.too_large)):
        errors["file"] = said
    if not (backing.words or backing.link or backing.file or shown):
        errors["words"] = "Say what it was in a few words, give a link, or choose a file: one of them is enough"
    return errors
