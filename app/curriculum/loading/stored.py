"""A checked course as it is stored: the course without a single answer, its questions in two parts, and two hashes."""

import hashlib
import json
from typing import Any

from app.curriculum.checking import CheckedCourse, CheckedGuide, CheckedQuestion
from app.curriculum.format import (
    Activity,
    Assessment,
    Confidence,
    MarkingGuide,
    Module,
    Practice,
    Quizzed,
    SignOff,
    Task,
)

WORDS_OF_A_QUESTION = {
    "stem", "text", "left", "feedback", "explanation", "near", "objective", "competency", "difficulty", "source",
}  # fmt: skip
"""Fields that change what is read, and never what is right."""
IN_ANY_ORDER = {"options", "pairs", "rights"}
"""Lists that are shuffled when they are shown: moving an entry changes nothing."""


def stored_course(checked: CheckedCourse) -> dict[str, Any]:
    """course.yaml as a revision keeps it, with the quizzes' titles and the competencies'."""
    course = checked.course
    stored = course.model_dump(mode="json", by_alias=True)
    stored["cpd"] = course.cpd.model_dump(exclude_none=True)
    stored["sources"] = [source | {"url": source["url"] or ""} for source in stored["sources"]]
    stored["objectives"] = [
        objective | {"competency_title": checked.competencies[objective["competency"]].title}
        for objective in stored["objectives"]
    ]
    stored["modules"] = [_module(module) for module in course.modules]
    stored["quizzes"] = {
        key: {"title": quiz.quiz.title, "intro": quiz.quiz.intro} for key, quiz in checked.quizzes.items()
    }
    stored["guides"] = {key: checked_guide.guide.title for key, checked_guide in checked.guides.items()}
    used = sorted({key for made in checked.modules for key in made.used})
    stored["terms"] = [{"term": checked.terms[k].term, "definition": checked.terms[k].definition} for k in used]
    return stored


def _module(module: Module) -> dict[str, Any]:
    stored = module.model_dump(mode="json")
    for kept, activity in zip(stored["activities"], module.activities, strict=True):
        if isinstance(activity, Quizzed):
            kept["quiz"] = quiz_key(activity)
        if isinstance(activity, Task):
            kept["guide"] = guide_key(activity)
    return stored


def stored_guide(checked: CheckedGuide) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What everybody may read, and the samples, which only markers see."""
    stored = checked.guide.model_dump(mode="json", exclude={"samples", "brief"})
    return stored | {"brief_html": checked.brief_html}, [s.model_dump(mode="json") for s in checked.guide.samples]


def guide_key(activity: Task) -> str:
    return activity.guide.removesuffix(".yaml")


def quiz_key(activity: Quizzed) -> str:
    return activity.quiz.removesuffix(".yaml")


def rules_hash(checked: CheckedCourse) -> str:
    """Changes exactly when marking or completion does: another edition, then."""
    course = checked.course
    return _hash(
        {
            "activities": sorted(
                (_activity_rule(a, checked) for m in course.modules for a in m.activities), key=lambda rule: rule["id"]
            ),
            "requires": sorted(course.completion.requires),
            "awards": course.completion.awards,
            "certificate": course.completion.certificate,
            "months": course.validity.months if course.validity else None,
        }
    )


def content_hash(checked: CheckedCourse, stored: dict[str, Any]) -> str:
    """Changes exactly when something changes that anybody can read: another revision, then."""
    return _hash(
        {
            "course": stored,
            "modules": [[m.module.id, m.html, m.easy_html] for m in checked.modules],
            "questions": {
                key: [[q.key, q.kind, q.shown, q.marking] for q in quiz.questions]
                for key, quiz in checked.quizzes.items()
            },
            "guides": {key: stored_guide(guide) for key, guide in checked.guides.items()},
            "packs": [
                [[page.key, page.html, page.notes] for page in (pack.plan, *pack.slides, *pack.handouts) if page]
                for pack in checked.packs
            ],
            "notes": [m.notes for m in checked.modules],
        }
    )


def _activity_rule(activity: Activity, checked: CheckedCourse) -> dict[str, Any]:
    """Nothing depends on how a practice is answered: its questions may be put right without a new edition."""
    rule: dict[str, Any] = {"id": activity.id, "kind": activity.kind}
    if isinstance(activity, Practice | Assessment):
        rule["quiz"] = quiz_key(activity)
    if isinstance(activity, Assessment):
        questions = checked.quizzes[quiz_key(activity)].questions
        rule |= {"draw": activity.draw, "pass_mark": activity.pass_mark, "attempts": activity.attempts}
        if activity.blueprint:
            rule |= {"draw": activity.drawn, "blueprint": activity.blueprint}
        if activity.time_limit is not None:
            rule["time_limit"] = activity.time_limit
        rule["questions"] = sorted((_question_rule(q) for q in questions), key=lambda asked: asked["id"])
    if isinstance(activity, Confidence):
        rule["statements"] = sorted(statement.id for statement in activity.statements)
    if isinstance(activity, Task):
        rule["guide"] = _guide_rule(checked.guides[guide_key(activity)].guide)
    if isinstance(activity, SignOff):
        rule["signer"] = activity.signer
    return rule


def _guide_rule(guide: MarkingGuide) -> dict[str, Any]:
    """What is asked for and what passes; not how it is worded, nor how many people look at it."""
    points = sorted((p.id, p.part, [level.value for level in p.levels], p.least) for p in guide.points)
    return {
        "parts": sorted(part.id for part in guide.parts),
        "points": points,
        "pass_mark": guide.pass_mark,
        "resubmissions": guide.resubmissions,
    }


def _question_rule(question: CheckedQuestion) -> dict[str, Any]:
    rule = _without_words(dict(question.raw), "")
    assert isinstance(rule, dict)
    return rule


def _without_words(value: Any, field: str) -> Any:
    if isinstance(value, dict):
        return {k: _without_words(v, k) for k, v in value.items() if k not in WORDS_OF_A_QUESTION}
    if isinstance(value, list):
        kept = [_without_words(entry, field) for entry in value]
        return sorted(kept, key=_as_text) if field in IN_ANY_ORDER else kept
    return value


def _as_text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)


def _hash(value: Any) -> str:
    return hashlib.sha256(_as_text(value).encode()).hexdigest()
