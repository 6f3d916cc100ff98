"""People who answer the same question again and again through the real routes, and note what the server confirmed."""

import http.client
import json
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urlencode, urlsplit

import sqlalchemy as sa

from app.access.actor import SYSTEM, Actor, PersonKind, ScopeKind
from app.access.permissions import Role
from app.accounts.commands import GrantRole, OpenAccount, grant_role, open_account
from app.accounts.sessions import begin, held_by
from app.assessment.commands import StartAttempt, start_attempt
from app.assessment.models import AttemptAnswer
from app.curriculum.queries import course_by_slug
from app.kernel.audit import AuditEvent
from app.kernel.config import Settings
from app.kernel.db import Database, WriteSession, table
from app.learning.commands import Enrol, enrol
from app.organisation.commands import Hire, OpenDirectorate, OpenTeam, hire, open_directorate, open_team

OPENED = date(2020, 4, 1)
PATIENCE = 5
HEADERS = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}
MARK = re.compile(r"#(\d+)#")
FILLER = "words that fill the field "

_answer, _event = table(AttemptAnswer), table(AuditEvent)


def _definitions(count: int) -> dict[str, str]:
    """Twelve texts that carry the same number: an answer in which they differ was torn."""
    kinds, parts = ("outcome", "process", "balancing"), ("counted", "over", "often", "who")
    return {f"{kind}-{part}": f"#{count}# {FILLER * (1 + count % 5)}" for kind in kinds for part in parts}


QUIZZES: Mapping[str, Callable[[int], dict[str, str]]] = {
    "try-measures": _definitions,
    "try-aim": lambda count: {"answer": f"#{count}# {FILLER * (1 + count % 7)}"},
    "try-pdsa": lambda count: {"plan-1": "open", "why-1": f"#{count}# {FILLER * (1 + count % 9)}"},
}
"""Exercises of the gallery, and the fields of the answer with a number."""


@dataclass
class Answering:
    """One learner in one browser. `confirmed` is the last answer of which the server said that it is kept.

    `unheard` counts answers that were kept though the server was killed before it could say so.
    """

    attempt_id: int
    quiz: str
    token: str
    confirmed: int = 0
    unheard: int = 0
    refused: list[int] = field(default_factory=list)

    def answer_on(self, url: str, stop: threading.Event, began: threading.Barrier) -> None:
        """Save 1, 2, 3, … until told to stop or the server is gone; all begin once each has a line to the server."""
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=PATIENCE)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            began.wait(PATIENCE)
            while not stop.is_set():
                status = self._save(connection)
                if status != http.client.SEE_OTHER:
                    self.refused.append(status)
                    return
                self.confirmed += 1
        except (OSError, http.client.HTTPException):
            return
        finally:
            connection.close()

    def _save(self, connection: http.client.HTTPConnection) -> int:
        fields = QUIZZES[self.quiz](self.confirmed + 1) | {"version": str(self.confirmed)}
        path = f"/attempts/{self.attempt_id}/questions/1"
        connection.request("POST", path, urlencode(fields), HEADERS | {"Cookie": f"qi_session={self.token}"})
        answer = connection.getresponse()
        answer.read()
        return answer.status

    def lost(self, db: Database) -> str:
        """What is wrong with this learner's saved answer, in words; empty when nothing is."""
        with db.read() as session:
            row = session.execute(
                sa.select(_answer.c.id, _answer.c.version, sa.cast(_answer.c.value, sa.Text).label("value")).where(
                    _answer.c.attempt_id == self.attempt_id
                )
            ).first()
            saved = row.version if row else 0
            events = session.scalar(
                sa.select(sa.func.count()).where(
                    _event.c.action == "save answer", _event.c.entity_id == (row.id if row else 0)
                )
            )
        if saved < self.confirmed:
            return f"{self.confirmed} was confirmed, {saved} is there"
        if saved > self.confirmed + 1:
            return f"{saved} is there, but no more than {self.confirmed + 1} was sent"
        torn = self._torn(row.value, saved) if row else ""
        if torn or events != saved:
            return torn or f"version {saved} and {events} audit events do not belong together"
        self.unheard += saved - self.confirmed
        self.confirmed = saved
        return ""

    def _torn(self, value: str, saved: int) -> str:
        try:
            json.loads(value)
        except ValueError:
            return f"the answer cannot be read: {value[:80]}"
        sent = [found for text in QUIZZES[self.quiz](saved).values() for found in MARK.findall(text)]
        there = MARK.findall(value)
        return "" if there == sent else f"version {saved} holds {there}"


def furnish(db: Database, settings: Settings, now: datetime, many: int) -> list[Answering]:
    """So many people in a trust with courses, each with an exercise open before them."""
    quizzes = list(QUIZZES)
    with db.write() as session:
        home = open_directorate(session, SYSTEM, OpenDirectorate(name="Medicine", starts_on=OPENED), now)
        team = open_team(session, SYSTEM, OpenTeam(directorate_id=home.id, name="Larch", starts_on=OPENED), now)
        people = [_hire(session, team.id, number, now) for number in range(many)]
    found = []
    for number, person_id in enumerate(people):
        quiz = quizzes[number % len(quizzes)]
        with db.write() as session:
            actor = Actor(person_id, PersonKind.STAFF, "", held_by(session, person_id, PersonKind.STAFF, now) or ())
            enrol(session, actor, Enrol(course_id=course_by_slug(session, "gallery").id), now)
            attempt = start_attempt(session, actor, StartAttempt(course="gallery", activity=quiz), now)
            found.append(Answering(attempt.id, quiz, begin(session, settings, person_id, now)))
    return found


def _hire(session: WriteSession, team_id: int, number: int, now: datetime) -> int:
    """Somebody who may open the gallery of exercises."""
    post = Hire(
        given_name="Ash",
        family_name=f"Person{number}",
        email=None,
        team_id=team_id,
        employee_number=f"3{number:07}",
        staff_group="Nursing and Midwifery Registered",
        job_role="Staff Nurse",
        band="5",
        starts_on=OPENED,
    )
    person = hire(session, SYSTEM, post, now)
    role = GrantRole(person_id=person.id, role=Role.QI_ADMIN, scope_kind=ScopeKind.TRUST, starts_on=now.date())
    grant_role(session, SYSTEM, role, now)
    open_account(session, SYSTEM, OpenAccount(person_id=person.id, username=f"person-{person.id}"), now)
    return person.id
