"""What is measured: real requests by people of the filled trust, each with a sign-in of their own."""

import http.client
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import count, cycle, islice
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa

from app.access.permissions import Role
from app.accounts.models import Credential, RoleGrant
from app.accounts.sessions import begin
from app.assessment.models import Attempt
from app.curriculum.models import Activity, Course
from app.kernel.config import Settings
from app.kernel.db import Database, table
from app.learning.models import Enrolment
from app.organisation.models import Employment, Team
from bench.course import ASSESSMENTS, CHARTS, DRAWN, PLAIN
from bench.load import VERSION
from bench.marking import give_work, has_task
from bench.people import PASSWORD

CONCURRENCY = (1, 8, 32)
KEPT_OPEN = 64
LINES = (3_500, *[700] * 7, *[150] * 24)
"""How many attempts each line hands in: the first is alone in a third of the time, the next seven in another."""
QUIZ = "/activities/induction/try-three-questions"
MODULE = "/courses/induction/three-questions"


@dataclass
class Case:
    """One kind of request. `budget` in milliseconds at the median with one person, if there is one.

    `every`: each person sends one in so many seconds; 0: the next as soon as the last is answered.
    """

    name: str
    lines: Iterator[dict[str, Any]]
    answers: set[int]
    budget: float | None = None
    every: float = 0.0
    _taken: list[dict[str, Any]] = field(default_factory=list)

    def take(self, number: int) -> list[dict[str, Any]]:
        """So many lines, the same ones each time: their counters go on where they stood."""
        self._taken += islice(self.lines, max(0, number - len(self._taken)))
        return self._taken[:number]


@dataclass
class Visitor:
    person_id: int
    token: str

    def get(self, path: str) -> str:
        return self._request("GET", path, "")

    def post(self, path: str, **fields: str) -> str:
        return self._request("POST", path, urlencode(fields, safe="@"))

    def _request(self, method: str, path: str, body: str) -> str:
        headers = {
            "Host": "127.0.0.1",
            "Accept-Encoding": "gzip",
            "Sec-Fetch-Site": "same-origin",
            "Cookie": f"qi_session={self.token}",
        }
        if method == "POST":
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        return "\r\n".join(lines) + "\r\n\r\n" + body

    def fetch(self, port: int, method: str, path: str) -> tuple[int, str, str]:
        """For preparing: status, where it led, the body."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {"Cookie": f"qi_session={self.token}", "Sec-Fetch-Site": "same-origin"}
        connection.request(method, path, "" if method == "POST" else None, headers)
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, answer.getheader("Location", ""), body


class Cast:
    """Who visits: found in the filled database, signed in for today."""

    def __init__(self, url: str) -> None:
        self.db = Database(url)
        self.settings = Settings(database_url=self.db.url)
        self.now = datetime.now(UTC)
        grant, post, team = table(RoleGrant), table(Employment), table(Team)
        activity = table(Activity)
        course, enrolment, attempt, credential = table(Course), table(Enrolment), table(Attempt), table(Credential)
        with self.db.read() as session:
            self.lead, self.directorate = session.execute(
                sa.select(grant.c.person_id, grant.c.scope_id).where(grant.c.role == Role.LEAD)
            ).one()
            self.hr = session.scalars(sa.select(grant.c.person_id).where(grant.c.role == Role.HR)).one()
            self.staff = session.scalars(
                sa.select(post.c.person_id).join(team).where(post.c.ends_on.is_(None)).order_by(post.c.person_id)
            ).all()
            self.learners = session.scalars(
                sa.select(enrolment.c.person_id)
                .join(course)
                .join(post, post.c.person_id == enrolment.c.person_id)
                .where(course.c.slug == "induction", enrolment.c.closed_at.is_(None), post.c.ends_on.is_(None))
                .where(~sa.exists().where(attempt.c.enrolment_id == enrolment.c.id))
                .order_by(enrolment.c.person_id)
            ).all()
            self.attempts = {
                quiz: session.execute(
                    sa.select(enrolment.c.person_id, attempt.c.id)
                    .join(attempt, attempt.c.enrolment_id == enrolment.c.id)
                    .join(activity, activity.c.id == attempt.c.activity_id)
                    .where(activity.c.key == quiz)
                    .order_by(enrolment.c.person_id)
                ).all()
                for quiz in (*ASSESSMENTS, *CHARTS, PLAIN)
            }
            self.usernames = session.scalars(
                sa.select(credential.c.username)
                .join(post, post.c.person_id == credential.c.person_id)
                .where(post.c.ends_on.is_(None))
            ).all()

    @cached_property
    def everybody(self) -> dict[int, Visitor]:
        """A sign-in for each member of staff."""
        return {visitor.person_id: visitor for visitor in self.visitors(list(self.staff))}

    def visitors(self, people: "list[int] | tuple[int, ...]") -> list[Visitor]:
        with self.db.write() as session:
            return [Visitor(person, begin(session, self.settings, person, self.now)) for person in people]


def cases(cast: Cast, port: int) -> list[Case]:
    staff = cast.visitors(list(cast.staff[:: len(cast.staff) // 64]))
    [lead, hr] = cast.visitors([cast.lead, cast.hr])
    grid = {"directorate": str(cast.directorate), "team": "all"}
    past = {"as_at": (cast.now.date() - timedelta(days=365)).isoformat()}
    evidence = {"directorate": str(cast.directorate), "period": "year"}
    return [
        *_marking(cast),
        Case("Sign in (POST)", _sign_ins(cast), {303}, budget=40),
        Case("Home: My improvement skills", _same(staff, "/my-skills"), {200}),
        Case("Module page", _same(staff, MODULE), {200}, budget=5),
        Case("Saving an answer", saving_lines(cast, port, 0), {303}),
        Case("Saving one answer a second each", saving_lines(cast, port, 1), {303}, every=1.0),
        Case("Marking 20 questions", _handing_in(cast, ASSESSMENTS, DRAWN), {303}),
        Case("Marking a chart", _handing_in(cast, CHARTS, 1), {303}),
        Case("Question page", _opening(cast, PLAIN), {200}),
        Case("Question page with a chart of 60", _opening(cast, CHARTS[0]), {200}),
        Case("Matrix, 1,000 people", _same([lead], f"/teams?{urlencode(grid)}"), {200}, budget=120),
        Case("Matrix as at a year ago", _same([lead], f"/teams?{urlencode(grid | past)}"), {200}, budget=400),
        Case("Directorate's levels, XLSX", _posts(lead, "/teams/download", grid | {"format": "xlsx"}), {303}),
        Case(
            "Directorate's evidence, CSV", _posts(hr, "/evidence/trust/download", evidence | {"format": "csv"}), {303}
        ),
    ]


def _marking(cast: Cast) -> list[Case]:
    """None while no course has a task."""
    if not has_task(cast.db):
        return []
    markers = list(cast.staff[1:3])
    give_work(cast.db, markers, cast.now)
    return [Case("Marking queue, 2,000 waiting", _same(cast.visitors(markers[:1]), "/marking"), {200}, budget=50)]


def _same(visitors: list[Visitor], path: str) -> Iterator[dict[str, Any]]:
    for visitor in cycle(visitors):
        yield {"requests": [visitor.get(path)]}


def _posts(visitor: Visitor, path: str, fields: dict[str, str]) -> Iterator[dict[str, Any]]:
    while True:
        yield {"requests": [visitor.post(path, **fields)]}


def _handing_in(cast: Cast, quizzes: tuple[str, ...], saves: int) -> Iterator[dict[str, Any]]:
    """Every request hands in an attempt that nobody handed in before. The last of each quiz stay open, to look at."""
    found = iter([row for quiz in quizzes for row in cast.attempts[quiz][:-KEPT_OPEN]])
    for share in LINES:
        some = islice(found, share)
        yield {
            "requests": [
                cast.everybody[person].post(f"/attempts/{attempt}/submit", seen=str(saves)) for person, attempt in some
            ]
        }


def _opening(cast: Cast, quiz: str) -> Iterator[dict[str, Any]]:
    for person, attempt in cycle(cast.attempts[quiz][-KEPT_OPEN:]):
        yield {"requests": [cast.everybody[person].get(f"/attempts/{attempt}/questions/1")]}


def _sign_ins(cast: Cast) -> Iterator[dict[str, Any]]:
    """Every request is another person from another address: the limits are for guessing, not for a busy morning."""
    names, numbers = cycle(cast.usernames), count(1)
    while True:
        requests = []
        for _ in range(200):
            number = next(numbers)
            address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
            body = Visitor(0, "").post("/sign-in", username=next(names), password=PASSWORD)
            requests.append(body.replace("\r\n\r\n", f"\r\nX-Forwarded-For: {address}\r\n\r\n", 1))
        yield {"requests": requests}


def saving_lines(cast: Cast, port: int, half: int) -> Iterator[dict[str, Any]]:
    """Each line is a learner with an attempt of their own, who changes their mind about one answer at every request."""
    for visitor in cast.visitors(list(cast.learners[half::2])):
        status, led, _ = visitor.fetch(port, "POST", f"{QUIZ}/start")
        if status != http.client.SEE_OTHER:
            continue
        for number in range(1, 5):
            path = f"{led.rpartition('/')[0]}/{number}"
            choices = re.findall(r'type="radio" name="answer" value="([^"]+)"', visitor.fetch(port, "GET", path)[2])
            if choices:
                bodies = [visitor.post(path, version=VERSION.decode(), answer=choice) for choice in choices[:2]]
                yield {"requests": bodies, "version": 0}
                break
