"""From the course that a revision stores to the values that other rooms use."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from app.curriculum.rules import ActivityKind, Audience
from app.curriculum.views import (
    ActivityView,
    CourseView,
    ModuleView,
    Objective,
    SessionView,
    Source,
    Statement,
    TermView,
)

Stored = Mapping[str, Any]


class RevisionRow(Protocol):
    """A row of revision, edition and course, joined."""

    course_id: int
    slug: str
    tier: str
    audience: Audience
    edition_id: int
    edition_number: int
    revision_id: int
    revision_number: int
    loaded_at: Any
    title: str
    public_title: str
    course: dict[str, Any]


def unpack(row: RevisionRow, activity_ids: Mapping[str, int]) -> CourseView:
    """`activity_ids` maps the course's activity keys to their rows."""
    stored = row.course
    objectives = {o["id"]: Objective(**o) for o in stored["objectives"]}
    return CourseView(
        course_id=row.course_id,
        slug=row.slug,
        tier=row.tier,
        audience=row.audience,
        edition_id=row.edition_id,
        edition_number=row.edition_number,
        revision_id=row.revision_id,
        revision_number=row.revision_number,
        loaded_at=row.loaded_at,
        title=row.title,
        public_title=row.public_title,
        summary=stored["summary"],
        for_whom=stored["for_whom"],
        owner=stored["owner"],
        review_by=date.fromisoformat(stored["review_by"]),
        retention=stored["retention"],
        language=stored["language"],
        partly_open=stored["status"] == "partly-open",
        objectives=tuple(objectives.values()),
        modules=tuple(
            _module(number, module, stored, objectives, activity_ids)
            for number, module in enumerate(stored["modules"], start=1)
        ),
        sessions=tuple(_session(session, objectives) for session in stored.get("sessions", ())),
        completion=tuple(stored["completion"]["requires"]),
        awards=stored["completion"]["awards"],
        comparisons=tuple((pair["before"], pair["after"]) for pair in stored.get("comparisons", ())),
        of_taking_part=stored["completion"]["certificate"] == "taking-part",
        validity_months=stored["validity"] and stored["validity"]["months"],
        refresh=stored["validity"]["refresh"] if stored["validity"] else "",
        cpd=stored["cpd"],
        sources=tuple(Source(**source) for source in stored["sources"]),
        terms=tuple(TermView(**term) for term in stored.get("terms", ())),
    )


def _module(
    number: int, stored: Stored, course: Stored, objectives: Mapping[str, Objective], ids: Mapping[str, int]
) -> ModuleView:
    return ModuleView(
        key=stored["id"],
        number=number,
        title=stored["title"],
        about=stored["about"],
        opens_later=stored["opens"] == "later",
        has_easy_read=bool(stored["easy_read"]),
        objectives=tuple(objectives[o] for o in stored["objectives"]),
        activities=tuple(_activity(a, stored, course, ids) for a in stored["activities"]),
    )


def _session(stored: Stored, objectives: Mapping[str, Objective]) -> SessionView:
    return SessionView(
        key=stored["id"],
        title=stored["title"],
        kind=stored["kind"],
        minutes=stored["minutes"],
        participatory_minutes=stored["participatory_minutes"],
        about=stored["about"],
        objectives=tuple(objectives[o] for o in stored["objectives"]),
        has_slides=bool(stored["slides"]),
        handouts=tuple((h["id"], h["title"]) for h in stored["handouts"]),
    )


def _activity(stored: Stored, module: Stored, course: Stored, ids: Mapping[str, int]) -> ActivityView:
    quiz = course["quizzes"].get(stored.get("quiz", ""), {})
    guide_title = course.get("guides", {}).get(stored.get("guide", ""), "")
    attempts = stored.get("attempts", "unlimited")
    blueprint = stored.get("blueprint") or {}
    return ActivityView(
        id=ids[stored["id"]],
        key=stored["id"],
        kind=ActivityKind(stored["kind"]),
        module=module["id"],
        title=stored.get("title") or quiz.get("title") or guide_title or module["title"],
        minutes=stored["minutes"],
        participatory_minutes=stored["participatory_minutes"],
        required=stored["id"] in course["completion"]["requires"],
        quiz=stored.get("quiz", ""),
        quiz_title=quiz.get("title", ""),
        quiz_intro=quiz.get("intro", ""),
        draw=sum(blueprint.values()) if blueprint else stored.get("draw"),
        blueprint=blueprint,
        pass_mark=stored.get("pass_mark"),
        attempts=None if attempts == "unlimited" else attempts,
        prompt=stored.get("prompt", ""),
        hint=stored.get("hint", ""),
        readers=stored.get("readers", ""),
        may_share=stored.get("sharing") == "optional",
        after_days=stored.get("after_days"),
        items=tuple(stored.get("items", ())),
        statements=tuple(Statement(**s) for s in stored.get("statements", ())),
        guide=stored.get("guide", ""),
        time_limit=stored.get("time_limit"),
        statement=stored.get("statement", ""),
        signer=stored.get("signer", ""),
    )
