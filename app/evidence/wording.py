"""The sentences of a person's evidence, the same on the page, in the file and in print."""

from datetime import date

from app.evidence.queries.person import CourseLine, LevelLine, PersonEvidence
from app.evidence.queries.rows import EvidenceRow
from app.evidence.rules import Period
from app.learning.life_wording import explained
from app.learning.rules import Holding
from app.recognition.queries import ElsewhereRow
from app.recognition.rules import OFFERED
from app.web.words import day, minutes, plural

NEVER_HERE = "Marks, answers and unsuccessful attempts are not kept here, and nobody can export them."
SAYS_DEMONSTRATION = "Demonstration only. This trust does not exist, and nobody learned this."

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


def in_appraisal(evidence: PersonEvidence) -> str:
    """One sentence that can be copied into an appraisal as it stands."""
    when = f"Between {day(evidence.period.starts_on)} and {day(evidence.period.ends_on)}"
    name = evidence.person.name
    if not evidence.courses:
        return f"{when}, no learning about quality improvement is recorded for {name}."
    completed = [f"{c.title} ({edition(c.edition)})" for c in evidence.courses if c.completed_on]
    first = f"completed {_listed(completed)} and " if completed else ""
    with_others = evidence.participatory_minutes
    apart = f"{minutes(with_others)} of it participatory" if with_others else "none of it participatory"
    return f"{when}, {name} {first}did {minutes(evidence.minutes)} of learning about quality improvement, {apart}."


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
