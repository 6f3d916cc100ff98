"""People who answer the same question again and again through the real routes, and note what the server confirmed."""

import http.client
import threading
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

import sqlalchemy as sa

from app.assessment.kinds.contract import ANSWER_FIELD
from app.assessment.models import AttemptAnswer
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from tests.assessment.course import Learner
from tests.world import World

_answer, _event = table(AttemptAnswer), table(AuditEvent)


@dataclass
class Answering:
    """One learner in one browser. `confirmed` is the last answer whose redirect arrived."""

    attempt_id: int
    number: int
    question: str
    token: str
    confirmed: int = 0
    refused: list[int] = field(default_factory=list)

    @classmethod
    def begin(cls, world: World) -> "Answering":
        learner = Learner(world, world.hire().id)
        attempt = learner.start("try-it")
        asked = next(a for a in learner.sitting(attempt).asked if a.kind == "numeric")
        return cls(attempt.id, asked.number, asked.key, world.sign_in(learner.person_id))

    def answer_on(self, url: str, stop: threading.Event) -> None:
        """Save 1, 2, 3, … until told to stop or the server is gone."""
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)
        headers = {
            "Cookie": f"qi_session={self.token}",
            "Sec-Fetch-Site": "same-origin",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            while not stop.is_set():
                body = urlencode({"version": self.confirmed, ANSWER_FIELD: self.confirmed + 1})
                path = f"/attempts/{self.attempt_id}/questions/{self.number}"
                connection.request("POST", path, body, headers)
                status = self._status(connection)
                if status != http.client.SEE_OTHER:
                    self.refused.append(status)
                    return
                self.confirmed += 1
        except (OSError, http.client.HTTPException):
            return
        finally:
            connection.close()

    def _status(self, connection: http.client.HTTPConnection) -> int:
        answer = connection.getresponse()
        answer.read()
        return answer.status

    def lost(self, world: World) -> str:
        """What is wrong with this learner's saved answer, in words; empty when nothing is."""
        with world.db.read() as session:
            row = session.execute(
                sa.select(_answer).where(_answer.c.attempt_id == self.attempt_id, _answer.c.question == self.question)
            ).first()
            saved = row.version if row else 0
            events = session.scalar(
                sa.select(sa.func.count()).where(
                    _event.c.action == "save answer", _event.c.entity_id == (row.id if row else 0)
                )
            )
        if saved < self.confirmed:
            return f"{self.confirmed} was confirmed, {saved} is there"
        if row and (int(row.value) != saved or events != saved):
            return f"answer {row.value}, version {saved} and {events} audit events do not belong together"
        self.confirmed = saved
        return ""
