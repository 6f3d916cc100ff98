"""Open attempts of everybody at the bench's own quizzes: each can be handed in once, or looked at."""

from random import Random
from typing import Any

from app.assessment.models import Attempt, AttemptAnswer
from app.learning.models import Enrolment
from app.learning.rules import EnrolmentSource
from bench.course import ASSESSMENTS, CHARTS, DRAWN, PLAIN, SLUG
from bench.history import Taught, taught
from bench.people import Staff, at
from bench.rows import Rows


def begin_attempts(rows: Rows, random: Random, staff: Staff) -> None:
    """The enrolments are closed: nobody's first screen or matrix speaks of the bench."""
    of = taught(rows, SLUG)
    ids = {a.key: a.id for a in of.activities}
    for person in staff.present:
        day = at(staff.started[person])
        enrolment = rows.add(
            Enrolment,
            person_id=person,
            course_id=of.course_id,
            edition_id=of.edition_id,
            source=EnrolmentSource.SELF,
            enrolled_at=day,
            started_at=day,
            closed_at=day,
        )
        for quiz in (*ASSESSMENTS, *CHARTS, PLAIN):
            _begin(rows, random, of, enrolment, quiz, {"activity_id": ids[quiz], "began_at": day})


def _begin(rows: Rows, random: Random, of: Taught, enrolment: int, quiz: str, where: dict[str, Any]) -> None:
    asked = of.questions[quiz]
    asked = random.sample(asked, DRAWN) if quiz in ASSESSMENTS else list(asked)
    attempt = rows.add(
        Attempt,
        enrolment_id=enrolment,
        revision_id=of.revision_id,
        number=1,
        seed=enrolment,
        questions=asked,
        out_of=len(asked),
        pass_mark=14 if quiz in ASSESSMENTS else None,
        **where,
    )
    for key in asked:
        value: object = {"points": [41], "rules": ["outside"]} if quiz in CHARTS else random.choice("abc")
        rows.add(AttemptAnswer, attempt_id=attempt, question=key, value=value, saved_at=where["began_at"])
