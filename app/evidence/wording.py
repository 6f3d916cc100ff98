"""The sentences of a person's evidence, the same on the page, in the file and in print."""

from datetime import date

from app.evidence.queries.person import CourseLine, LevelLine, PersonEvidence
from app.evidence.queries.rows import EvidenceRow
from app.evidence.rules import Period, Where
from app.learning.life_wording import explained
from app.learning.rules import Holding
from app.recognition.queries import ElsewhereRow
from app.recognition.rules import OFFERED
from app.web.words import day, minutes, plural

NEVER_HERE = "Marks, answers and unsuccessful attempts are not kept here, and nobody can export them."
SAYS_DEMONSTRATION = "Demonstration only. This trust does not exist, and nobody learned this."

LEFT = "Left"
NO_POST = "No post on that day"
_ELSEWHERE = "learning from elsewhere is recorded"
_DOCTORS = (
    "For doctors: these courses are continuing professional development. The GMC also asks, at least once in each "
    "revalidation cycle, for quality improvement activity that you took part in. Add your project or audit, its "
    "result and what you learned."
)
_NURSES = (
    "For nurses and midwives: the NMC asks for 35 hours of professional development in three years, 20 of them "
    "participatory. Participatory time is counted apart here."
)
_HCPC = (
    "For people registered with the HCPC: these dates and times can go into your continuous record of different "
    "kinds of learning."
)
_BY_STAFF_GROUP = {
    "Medical and Dental": _DOCTORS,
    "Nursing and Midwifery Registered": _NURSES,
    "Allied Health Professionals": _HCPC,
    "Healthcare Scientists": _HCPC,
    "Additional Professional Scientific and Technical": _HCPC,
}


def span(period: Period) -> str:
    """24 November 2025 to 23 November 2026"""
    return f"{day(period.starts_on)} to {day(period.ends_on)}"


def explained_in(line: LevelLine, evidence: PersonEvidence) -> str:
    """How a level's dates come about. On pages alone: a file leaves the trust, and says nothing of anybody's leave."""
    held = line.holding
    return explained(held, evidence.editions, evidence.period.ends_on) if held is not None else ""


def level_explained(row: EvidenceRow, on: date) -> str:
    """The same of one row of the trust's evidence, as on a day. What the level rests on is its edition, where known."""
    if row.clock_from is None:
        return ""
    source, first = edition(row.edition) if row.edition else "", row.held_since or row.clock_from
    held = Holding(0, row.clock_from, row.held_until, None, source, first, moved=row.moved)
    return explained(held, {}, on)


def nowhere(where: Where) -> str:
    """What stands for the directorate of somebody who was in none."""
    return NO_POST if where is Where.THEN else LEFT


def in_appraisal(evidence: PersonEvidence) -> str:
    """One sentence that can be copied into an appraisal as it stands."""
    when = f"Between {day(evidence.period.starts_on)} and {day(evidence.period.ends_on)}"
    name = evidence.person.name
    did = _did(evidence)
    others = "; ".join(map(_named, evidence.elsewhere))
    if did:
        return f"{when}, {name} {_listed(did)}" + (f"; {_ELSEWHERE} as well: {others}." if others else ".")
    if others:
        return f"{when}, {_ELSEWHERE} for {name}: {others}."
    return f"{when}, no learning about quality improvement is recorded for {name}."


def _did(evidence: PersonEvidence) -> list[str]:
    """What was done in this programme: no course of the list explains a level earned in a classroom, so it is named."""
    earned = [line for line in (*evidence.levels, *evidence.lapsed) if _is_earned(line, evidence)]
    refreshed = [line.title for line in earned if _was_held(line, evidence)]
    completed = [f"{c.title} ({edition(c.edition)})" for c in evidence.courses if c.completed_on]
    completed += [line.title for line in earned if not _was_held(line, evidence)]
    said = [f"completed {_listed(completed)}"] if completed else []
    said += [f"refreshed {_listed(refreshed)}"] if refreshed else []
    return [*said, _time(evidence, "learning in courses" if earned else "learning")] if evidence.courses else said


def _time(evidence: PersonEvidence, what: str) -> str:
    with_others = evidence.participatory_minutes
    apart = f"{minutes(with_others)} of it participatory" if with_others else "none of it participatory"
    return f"did {minutes(evidence.minutes)} of {what} about quality improvement, {apart}"


def _is_earned(line: LevelLine, evidence: PersonEvidence) -> bool:
    """Whether it was completed or refreshed in the period by nothing else that the sentence names."""
    held = line.holding
    if held is None or held.granted_on < evidence.period.starts_on:
        return False
    if held.edition_id is not None:
        return not _by_course(line, evidence)
    return not any(row.level == line.title and row.title in held.source for row in evidence.elsewhere)


def _was_held(line: LevelLine, evidence: PersonEvidence) -> bool:
    """Whether it was completed before what it rests on, and the sentence does not have to say so anew."""
    held = line.holding
    earlier = held is not None and held.first_granted_on < evidence.period.starts_on
    return earlier or _by_course(line, evidence)


def _by_course(line: LevelLine, evidence: PersonEvidence) -> bool:
    return any(course.completed_on and course.level == line.title for course in evidence.courses)


def _named(row: ElsewhereRow) -> str:
    """QSIR Practitioner (NHS England), recognised as Improvement leaders"""
    what = f"{row.title} ({row.provider})" if row.provider else row.title
    return f"{what}, recognised as {row.level}" if row.level else what


def overdue(line: LevelLine) -> str:
    """Refresh overdue since 20 March 2025"""
    return f"Refresh overdue since {day(line.held_until)}"


def for_regulator(staff_group: str) -> str:
    """What a registered person's regulator asks; empty for everybody else."""
    return _BY_STAFF_GROUP.get(staff_group, "")


def edition(number: int | None) -> str:
    return f"edition {number}" if number else "edition not known"


def state(line: CourseLine, otherwise: str = "Not completed in this period") -> str:
    """Completed 3 March 2026, passed"""
    if not line.completed_on:
        return "Passed its assessment" if line.passed else otherwise
    return f"Completed {day(line.completed_on)}" + (", passed" if line.passed else "")


def sums(evidence: PersonEvidence) -> str:
    """2 courses, 3 hours 30 minutes, of which participatory 2 hours"""
    courses = plural(len(evidence.courses), "course")
    return f"{courses}, {minutes(evidence.minutes)}, of which participatory {minutes(evidence.participatory_minutes)}"


def sums_elsewhere(evidence: PersonEvidence) -> str:
    """Learning from elsewhere: 3 items, 12 hours, counted apart"""
    known = sum(row.minutes or 0 for row in evidence.elsewhere)
    time = f", {minutes(known)}" if known else ""
    return f"{plural(len(evidence.elsewhere), 'item')}{time}, counted apart from this programme"


def came_as(row: ElsewhereRow, *, own: bool = False) -> str:
    """Where an item comes from, and what it was recognised as. `own`: to whom it is told that they put it there."""
    source = "You put it there yourself" if own and row.source == OFFERED else row.source
    return f"{source}. Recognised as {row.level}" if row.level else source


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
