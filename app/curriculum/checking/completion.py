"""The completion rule: everything that it asks for can be done, or will be."""

from difflib import get_close_matches

from app.curriculum.checking.outline import Outline
from app.curriculum.format import Quizzed
from app.curriculum.problems import one_of_these


def check_completion(outline: Outline) -> None:
    course = outline.course
    opens_later = any(module.opens for module in course.modules)
    if opens_later != (course.status == "partly-open"):
        wanted = "partly-open" if opens_later else "open"
        remedy = f"Write status: {wanted}, or change 'opens: later' in the modules"
        outline.tell(("status",), f"the status is '{course.status}'", remedy)
    tiers = {t.slug for t in outline.framework.tiers}
    if course.completion.awards is not None and course.completion.awards not in tiers:
        remedy = one_of_these(course.completion.awards, tiers)
        outline.tell(("completion", "awards"), f"unknown tier '{course.completion.awards}'", remedy)
    _check_required(outline, opens_later=opens_later)
    _check_notes(outline)
    _check_comparisons(outline)


def _check_required(outline: Outline, *, opens_later: bool) -> None:
    activities = {a.id for m in outline.course.modules for a in m.activities}
    seen: set[str] = set()
    for place, wanted in enumerate(outline.course.completion.requires):
        where = ("completion", "requires", place)
        if wanted in seen:
            outline.tell(where, f"'{wanted}' is required twice", "Delete one")
        seen.add(wanted)
        # What a later module will bring has no activity yet; a name so near to one that exists is a slip.
        is_slip = get_close_matches(wanted, activities, n=1, cutoff=0.9)
        if wanted not in activities and (is_slip or not opens_later):
            outline.tell(where, f"unknown activity '{wanted}'", one_of_these(wanted, activities))
    if opens_later and seen <= activities:
        message = "somebody could complete the course although modules are not yet open"
        outline.tell(("completion", "requires"), message, "Require the ids that the later activities will have")


def _check_notes(outline: Outline) -> None:
    required = set(outline.course.completion.requires)
    for place, module in enumerate(outline.course.modules):
        for number, activity in enumerate(module.activities):
            if activity.kind == "note" and activity.required != (activity.id in required):
                where = ("modules", place, "activities", number, "required")
                said = "true, but completion does not ask for it" if activity.required else "false, but completion asks"
                outline.tell(where, f"'{activity.id}' says required: {said}", "Write the same in both places")
            if activity.kind == "note" and activity.after_days and activity.required:
                where = ("modules", place, "activities", number, "after_days")
                message = f"the course cannot be completed before '{activity.id}' is asked, and it is asked afterwards"
                outline.tell(where, message, "Write required: false, and leave it out of completion")


def _check_comparisons(outline: Outline) -> None:
    """Both ask questions, and the second comes later."""
    quizzes = [a.id for m in outline.course.modules for a in m.activities if isinstance(a, Quizzed)]
    for place, pair in enumerate(outline.course.comparisons):
        where = ("comparisons", place)
        for field, key in (("before", pair.before), ("after", pair.after)):
            if key not in quizzes:
                outline.tell((*where, field), f"'{key}' is no activity with questions", one_of_these(key, quizzes))
        if {pair.before, pair.after} <= set(quizzes) and quizzes.index(pair.before) >= quizzes.index(pair.after):
            outline.tell(where, f"'{pair.after}' does not come after '{pair.before}'", "Name the later one as after")
