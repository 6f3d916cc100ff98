"""A request whose person can no longer decide it goes to the next who can, so that nobody waits for a leaver, nor for
somebody on long leave."""

from datetime import date, datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.kernel import outbox
from app.kernel.clock import london_date
from app.kernel.config import Settings
from app.kernel.db import WriteSession, table
from app.kernel.errors import StaleError
from app.organisation.models import Employment
from app.organisation.queries import leaves_of, open_on
from app.organisation.rules import away_on
from app.signing.commands.recording import asked_key, moved_key, turn
from app.signing.commands.using import ask_about, ask_no_longer, tell_moved, turn_use
from app.signing.queries import Asked, Entitled, confirmers, request_by_id, waiting_everywhere
from app.signing.queries.deciding import with_words
from app.signing.queries.practice import every_use_waiting, use_by_id
from app.signing.rules import MoveReason, SignOffDeed
from app.signing.wording import asked_line, moved_line

_employment = table(Employment)


def move_requests(session: WriteSession, settings: Settings, actor: Actor, now: datetime) -> int:
    """Ask the nearest who may decide today, in place of each who may not. Returns how many moved; 0 the second time.

    A request that nobody may decide stays where it is: its learner's page says whom to call.
    """
    keys, found, kinds = waiting_everywhere(session, now)
    moving = {
        key: found.of(key.learner_id, kinds[key.id])
        for key in keys
        if found.works_here(key.learner_id) and not found.may(key.asked_id, key.learner_id, kinds[key.id])
    }
    today, asked_ids = london_date(now), {key.asked_id for key in moving}
    here = _working(session, asked_ids, today)
    away = {p for p, spells in leaves_of(session, asked_ids, today).items() if away_on(spells, today)}
    moved = 0
    for key, may in sorted(moving.items(), key=lambda pair: (pair[0].learner_id, pair[0].id)):
        if may:
            reason = MoveReason.ON_LEAVE if key.asked_id in away else MoveReason.NOT_THEIRS
            reason = reason if key.asked_id in here else MoveReason.LEFT
            asked = with_words(session, request_by_id(session, key.id))
            # Another worker may have moved it since the list was read.
            if asked.request.asked_id == key.asked_id:
                moved += _move(session, settings, actor, asked, may[0], reason, now)
    return moved


def move_uses(session: WriteSession, settings: Settings, actor: Actor, now: datetime) -> int:
    """Ask the nearest who may confirm today, in place of each who may not. Returns how many; 0 the second time."""
    waiting = every_use_waiting(session)
    if not waiting:
        return 0
    may, moved = confirmers(session, {use.person_id for use in waiting}, london_date(now)), 0
    for use in waiting:
        nearest = may.of(use.person_id)
        if nearest and not may.may(use.asked_id, use.person_id):
            try:
                turn_use(session, actor, use, "move use in practice", now, asked_id=nearest[0].person_id)
            except StaleError:
                continue
            ask_no_longer(session, use, now)
            asked_now = use_by_id(session, use.id)
            ask_about(session, settings, asked_now, now)
            tell_moved(session, settings, asked_now, use.asked, now)
            moved += 1
    return moved


def _move(
    session: WriteSession,
    settings: Settings,
    actor: Actor,
    asked: Asked,
    to: Entitled,
    reason: MoveReason,
    now: datetime,
) -> bool:
    request, title = asked.request, asked.activity.title
    try:
        event_id = turn(session, actor, request, SignOffDeed.MOVED, now, asked_id=to.person_id, comment=reason.value)
    except StaleError:
        return False
    lines = (
        (asked_key(event_id), to.person_id, "sign-off-asked", asked_line(settings, request, title, asked.view.title)),
        (moved_key(event_id), request.learner_id, "sign-off-moved", moved_line(settings, request, title, to.name)),
    )
    for key, person_id, kind, line in lines:
        outbox.tell(session, key=key, person_id=person_id, kind=kind, line=line, now=now)
    return True


def _working(session: WriteSession, people: set[int], on: date) -> set[int]:
    here = sa.select(_employment.c.person_id).where(_employment.c.person_id.in_(people), open_on(_employment, on))
    return set(session.scalars(here))
