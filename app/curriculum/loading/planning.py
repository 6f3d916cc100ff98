"""What a checked course means for what is already loaded: nothing, new words, a new edition, or a refusal."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from app.curriculum.checking import CheckedCourse
from app.curriculum.loading.stored import content_hash, rules_hash, stored_course
from app.curriculum.models import Activity, Course, Edition, Revision
from app.curriculum.problems import Problem
from app.kernel.db import ReadSession, table

_course, _edition, _revision, _activity = table(Course), table(Edition), table(Revision), table(Activity)


class What(StrEnum):
    EDITION = "new edition"
    REVISION = "new words"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`edition` and `revision` are the numbers that will be the newest. `activities` are those already known."""

    what: What
    edition: int
    revision: int
    course_id: int | None
    edition_id: int | None
    activities: dict[str, str]
    rules_hash: str
    content_hash: str
    stored: dict[str, Any]


def plan(session: ReadSession, checked: CheckedCourse, problems: list[Problem]) -> Plan:
    """What is to be done. What must not be done is added to `problems`."""
    course = session.execute(sa.select(_course).where(_course.c.slug == checked.course.slug)).first()
    newest = _newest(session, course.id) if course else None
    known: dict[str, str] = {}
    if course:
        rows = session.execute(sa.select(_activity.c.key, _activity.c.kind).where(_activity.c.course_id == course.id))
        known = {row.key: row.kind.value for row in rows}
        problems += _moved(checked, course) + _other_kinds(checked, known)
    rules, stored = rules_hash(checked), stored_course(checked)
    words = content_hash(checked, stored)
    number = checked.course.edition
    if newest and number == newest.edition:
        problems += _other_rules(checked, newest, rules)
        what = What.UNCHANGED if newest.content_hash == words else What.REVISION
        revision = newest.revision + (what is What.REVISION)
    else:
        problems += _older(checked, newest)
        what, revision = What.EDITION, 1
    return Plan(
        what=what,
        edition=number,
        revision=revision,
        course_id=course.id if course else None,
        edition_id=newest.edition_id if newest and what is not What.EDITION else None,
        activities=known,
        rules_hash=rules,
        content_hash=words,
        stored=stored,
    )


def _newest(session: ReadSession, course_id: int) -> Any:
    return session.execute(
        sa.select(
            _edition.c.id.label("edition_id"),
            _edition.c.number.label("edition"),
            _edition.c.rules_hash,
            _revision.c.number.label("revision"),
            _revision.c.content_hash,
        )
        .join(_revision, _revision.c.edition_id == _edition.c.id)
        .where(_edition.c.course_id == course_id)
        .order_by(_edition.c.number.desc(), _revision.c.number.desc())
        .limit(1)
    ).first()


def _problem(checked: CheckedCourse, where: tuple[str | int, ...], message: str, remedy: str) -> list[Problem]:
    return [Problem(checked.file, checked.document.line(where), message, remedy)]


def _other_rules(checked: CheckedCourse, newest: Any, rules: str) -> list[Problem]:
    if newest.rules_hash == rules:
        return []
    message = f"the marking or the completion rule has changed since edition {newest.edition} was loaded"
    remedy = f"Write edition: {newest.edition + 1}. Whoever has begun stays on edition {newest.edition}."
    remedy += " If no marking was meant to change, take the change back."
    return _problem(checked, ("edition",), message, remedy)


def _older(checked: CheckedCourse, newest: Any) -> list[Problem]:
    if newest is None or checked.course.edition > newest.edition:
        return []
    message = f"edition {newest.edition} is loaded already"
    return _problem(checked, ("edition",), message, f"Write edition: {newest.edition} or a higher number.")


def _moved(checked: CheckedCourse, course: Any) -> list[Problem]:
    if (course.tier, course.audience.value) == (checked.course.tier, checked.course.audience):
        return []
    message = f"the course was loaded for the tier '{course.tier}' and the audience '{course.audience.value}'"
    return _problem(checked, ("tier",), message, "Keep both, or make a new course in a new folder.")


def _other_kinds(checked: CheckedCourse, known: dict[str, str]) -> list[Problem]:
    """An activity's id stands for the same thing for ever: what people have done is kept under it."""
    problems: list[Problem] = []
    for place, module in enumerate(checked.course.modules):
        for number, activity in enumerate(module.activities):
            if known.get(activity.id, activity.kind) != activity.kind:
                message = f"'{activity.id}' was of the kind '{known[activity.id]}' when it was loaded"
                where = ("modules", place, "activities", number)
                problems += _problem(checked, where, message, "Give the new activity an id of its own.")
    return problems
