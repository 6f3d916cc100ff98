"""How a view changes: what was said before is superseded and stays, and one line in the audit log names no value."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.curriculum.queries import competencies
from app.kernel import audit
from app.kernel.db import WriteSession, table
from app.kernel.errors import BadInputError
from app.organisation.models import Person
from app.ratings.models import Rating
from app.ratings.rules import OVERALL, Said, Voice, may_say

_rating, _person = table(Rating), table(Person)


@dataclass(frozen=True, slots=True)
class View:
    """What is said of a person, as whose view: by competency, and under the empty key the one judgement."""

    person_id: int
    voice: Voice
    whose_id: int
    said: Mapping[str, Said]
    reflection: str = ""


def hold_still(session: WriteSession, people: Collection[int]) -> None:
    """Two who rate the same person wait for each other. (On SQLite all writers do.)"""
    session.execute(
        sa.select(_person.c.id).where(_person.c.id.in_(people)).order_by(_person.c.id).with_for_update(key_share=True)
    ).all()


def check_said(session: WriteSession, said: Mapping[str, Said]) -> None:
    """Raises BadInputError for an answer that the question does not have, or a competency that there is not."""
    known = {OVERALL, *(one.key for one in competencies(session))} if set(said) - {OVERALL} else {OVERALL}
    if any(about not in known or one not in may_say(about) for about, one in said.items()):
        raise BadInputError({"said": "Choose one of the answers"})


def write_view(session: WriteSession, actor: Actor, view: View, now: datetime) -> int:
    """Write what differs from what the actor says now, or said for another lead. Returns how many answers that were."""
    before = {
        row.competency or OVERALL: row
        for row in session.execute(
            sa.select(_rating).where(
                _rating.c.person_id == view.person_id,
                _rating.c.author_id == actor.person_id,
                _rating.c.superseded_at.is_(None),
            )
        )
    }
    changed = [
        about
        for about, said in view.said.items()
        if about not in before or _kept(before[about]) != (said, _reflection(view, about), view.whose_id)
    ]
    for about in changed:
        _write(session, actor, view, about, before[about].id if about in before else None, now)
    return len(changed)


def _kept(row: sa.Row[tuple[object, ...]]) -> tuple[object, ...]:
    return row.said, row.reflection, row.whose_id


def _reflection(view: View, about: str) -> str:
    return view.reflection if about == OVERALL else ""


def _write(session: WriteSession, actor: Actor, view: View, about: str, before: int | None, now: datetime) -> None:
    if before is not None:
        session.execute(sa.update(_rating).where(_rating.c.id == before).values(superseded_at=now))
    made = Rating(
        person_id=view.person_id,
        voice=view.voice,
        whose_id=view.whose_id,
        author_id=actor.person_id,
        competency=about or None,
        said=view.said[about],
        reflection=_reflection(view, about),
        rated_at=now,
    )
    session.add(made)
    session.flush()
    fields = ("said", "reflection") if made.reflection else ("said",)
    audit.record(session, actor, "rate", "rating", made.id, now=now, subject_id=view.person_id, fields=fields)
