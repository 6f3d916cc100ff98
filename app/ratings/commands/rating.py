"""People say what they can do, and leads, or whom they asked, say it of those they lead."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.access.actor import Actor
from app.kernel.clock import london_date
from app.kernel.db import WriteSession
from app.kernel.errors import BadInputError, NotFoundError
from app.ratings.commands.recording import View, check_said, hold_still, write_view
from app.ratings.queries import may_rate_all, must_be_on, rated_person, sheet, voices_for_rater
from app.ratings.queries.depth import Needs
from app.ratings.rules import LONGEST_REFLECTION, OVERALL, Said, Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class RateMyself:
    """`said` by competency, and under the empty key the one judgement. `reflection` goes with that one."""

    said: Mapping[str, Said]
    reflection: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatePerson:
    person_id: int
    said: Mapping[str, Said]


@dataclass(frozen=True, slots=True, kw_only=True)
class RateTeam:
    """`said`: the one judgement of each person."""

    team_id: int
    said: Mapping[int, Said]


@dataclass(frozen=True, slots=True)
class Judged:
    """Of how many people the judgement changed, and how many were left out, who are not in the team any more."""

    changed: int
    left_out: int


def rate_myself(session: WriteSession, actor: Actor, command: RateMyself, now: datetime) -> int:
    """Returns how many answers changed. Raises BadInputError for an answer that there is not."""
    must_be_on(session)
    reflection = command.reflection.strip()
    if len(reflection) > LONGEST_REFLECTION:
        raise BadInputError(
            {"reflection": f"Write at most {LONGEST_REFLECTION:,} characters. You have {len(reflection):,}"}
        )
    check_said(session, command.said)
    hold_still(session, {actor.person_id})
    view = View(actor.person_id, Voice.OWN, actor.person_id, command.said, reflection)
    return write_view(session, actor, view, now)


def rate_person(session: WriteSession, actor: Actor, command: RatePerson, now: datetime, needs: Needs) -> int:
    """Returns how many answers changed. Raises NotFoundError for somebody whom the actor does not rate.

    All competencies are rated only of those for whom they are meant.
    """
    must_be_on(session)
    hold_still(session, {command.person_id})
    today = london_date(now)
    person = rated_person(session, actor, command.person_id, today)
    check_said(session, command.said)
    if set(command.said) - {OVERALL}:
        voices = voices_for_rater(session, actor, person.person_id)
        if not may_rate_all(session, person.person_id, voices, today, needs):
            raise NotFoundError("competencies")
    view = View(person.person_id, Voice.LEAD, person.hand.lead_id, command.said)
    return write_view(session, actor, view, now)


def rate_team(session: WriteSession, actor: Actor, command: RateTeam, now: datetime) -> Judged:
    """Whoever has moved away meanwhile is left out, and the others are not lost with them.

    Raises NotFoundError for a team that is not theirs.
    """
    must_be_on(session)
    hold_still(session, set(command.said))
    found = sheet(session, actor, command.team_id, london_date(now))
    there = {line.person_id for line in found.lines}
    for said in command.said.values():
        check_said(session, {OVERALL: said})
    changed = sum(
        write_view(session, actor, View(person_id, Voice.LEAD, found.hand.lead_id, {OVERALL: said}), now)
        for person_id, said in sorted(command.said.items())
        if person_id in there
    )
    return Judged(changed, len(set(command.said) - there))
