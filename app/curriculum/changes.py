"""What one edition of a course asks for that another does not: activity by activity, from what both say of marking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.curriculum.guides import GuideView
from app.curriculum.rules import ActivityKind
from app.curriculum.views import ActivityView, CourseView, QuestionView


class What(StrEnum):
    ADDED = "added"
    GONE = "gone"
    NOW_REQUIRED = "now required"
    NO_LONGER_REQUIRED = "no longer required"
    OTHER_MARKING = "other marking"


@dataclass(frozen=True, slots=True)
class Change:
    """One activity. `required`: whether completing the newer edition (of one that is gone: the older) needs it."""

    key: str
    activity_id: int
    title: str
    module: str
    what: What
    required: bool
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Whole:
    """An edition in its newest words, with the questions of its assessments and the guides of its tasks."""

    view: CourseView
    questions: Mapping[str, tuple[QuestionView, ...]]
    guides: Mapping[str, GuideView]


def changes(before: Whole, after: Whole) -> tuple[Change, ...]:
    """In the order of the newer edition; what is gone comes last."""
    old = {activity.key: activity for activity in before.view.activities}
    kept = {activity.key for activity in after.view.activities}
    found = [_between(old.get(a.key), a, before, after) for a in after.view.activities]
    gone = [_change(a, before.view, What.GONE) for a in before.view.activities if a.key not in kept]
    return (*(change for change in found if change is not None), *gone)


def _change(activity: ActivityView, view: CourseView, what: What, details: Sequence[str] = ()) -> Change:
    module = view.module(activity.module)
    title = activity.quiz_title or activity.title
    if activity.kind is ActivityKind.READ:
        title = f"Read the text of {title}"
    return Change(
        activity.key, activity.id, title, module.title if module else "", what, activity.required, tuple(details)
    )


def _between(old: ActivityView | None, new: ActivityView, before: Whole, after: Whole) -> Change | None:
    if old is None:
        return _change(new, after.view, What.ADDED)
    details = _details(old, new, before, after)
    if old.required != new.required:
        what = What.NOW_REQUIRED if new.required else What.NO_LONGER_REQUIRED
        return _change(new, after.view, what, details)
    return _change(new, after.view, What.OTHER_MARKING, details) if details else None


def _details(old: ActivityView, new: ActivityView, before: Whole, after: Whole) -> list[str]:
    said = [
        f"{name}: {_said(was)} before, {_said(now)} now"
        for name, was, now in (
            ("questions drawn", old.draw, new.draw),
            ("right answers to pass", old.pass_mark, new.pass_mark),
            ("tries", old.attempts, new.attempts),
            ("minutes for a try", old.time_limit, new.time_limit),
            ("who confirms it", old.signer or None, new.signer or None),
        )
        if was != now
    ]
    if dict(old.blueprint) != dict(new.blueprint):
        said.append("other numbers of questions for each objective")
    if new.kind is ActivityKind.ASSESSMENT:
        said += _questions(before.questions.get(old.key, ()), after.questions.get(new.key, ()))
    if new.kind is ActivityKind.TASK and old.key in before.guides and new.key in after.guides:
        said += _guide(before.guides[old.key], after.guides[new.key])
    if [s.id for s in old.statements] != [s.id for s in new.statements]:
        said.append("other statements to rate")
    return said


def _said(value: object) -> str:
    return "no limit" if value is None else str(value)


def _questions(old: Sequence[QuestionView], new: Sequence[QuestionView]) -> list[str]:
    was, now = {q.key: q.marking for q in old}, {q.key: q.marking for q in new}
    added, gone = now.keys() - was.keys(), was.keys() - now.keys()
    other = [key for key in was.keys() & now.keys() if was[key] != now[key]]
    counted = ((len(added), "new"), (len(gone), "gone"), (len(other), "marked in another way or explained anew"))
    said = ", ".join(f"{count} {words}" for count, words in counted if count)
    return [f"questions: {said}"] if said else []


def _guide(old: GuideView, new: GuideView) -> list[str]:
    said = [
        f"{name}: {_said(was)} before, {_said(now)} now"
        for name, was, now in (
            ("points to pass", old.pass_mark, new.pass_mark),
            ("points in all", old.out_of, new.out_of),
            ("how often it may be handed in again", old.resubmissions, new.resubmissions),
        )
        if was != now
    ]
    if [p.id for p in old.parts] != [p.id for p in new.parts]:
        said.append("other parts to write")
    if {p.id: (p.values, p.least) for p in old.points} != {p.id: (p.values, p.least) for p in new.points}:
        said.append("other points to judge it by")
    return said
