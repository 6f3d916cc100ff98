"""Judge a worked sample, to see whether one judges as was agreed."""

from dataclasses import dataclass
from datetime import datetime

from app.access.actor import Actor
from app.kernel import audit
from app.kernel.db import WriteSession
from app.kernel.errors import BadInputError, StaleError
from app.learning.commands.reach import one_at_a_time
from app.marking.models import Calibration
from app.marking.queries.calibration import standing
from app.marking.rules import Marks, agreed


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeSample:
    """`course` and `activity` by their short names; `number` is the round that the page was opened in."""

    course: str
    activity: str
    sample: str
    number: int
    marks: Marks


def judge_sample(session: WriteSession, actor: Actor, command: JudgeSample, now: datetime) -> None:
    """Keep what was said of the next sample. One that was judged in this round already stays as it was.

    Raises NotFoundError for an unknown task, BadInputError (by the point's id) for a point without a value, StaleError
    when another round has begun, or the samples have changed.
    """
    one_at_a_time(session, actor.person_id)
    one = standing(session, actor, command.course, command.activity)
    if one.last and one.last.number == command.number and command.sample in one.last.judged:
        return
    sample = one.now.next_sample
    if sample is None or (one.now.number, sample.id) != (command.number, command.sample):
        raise StaleError("Another sample is next. It is below.")
    points = one.now.guide.points
    wrong = {p.id: f"{p.text}: choose an answer" for p in points if command.marks.get(p.id) not in p.values}
    if wrong:
        raise BadInputError(wrong)
    judged = Calibration(
        marker_id=actor.person_id,
        activity_id=one.task.activity.id,
        revision_id=one.now.revision_id,
        sample=sample.id,
        number=command.number,
        marks={point.id: command.marks[point.id] for point in points},
        agreed=agreed(sample.marks, command.marks),
        out_of=len(sample.marks),
        marked_at=now,
    )
    session.add(judged)
    session.flush()
    audit.record(session, actor, "judge sample", "calibration", judged.id, now=now, fields=("marks",))
