"""course.yaml against itself and the framework: what one field alone cannot say."""

from app.curriculum.checking.completion import check_completion
from app.curriculum.checking.outline import Outline
from app.curriculum.checking.partners import check_partner_course
from app.curriculum.format import Module
from app.curriculum.problems import one_of_these

UNCHECKABLE = ("understand", "appreciate", "be aware", "know ")

# Pages that stand beside the modules of a course, under the same address.
TAKEN = frozenset({"editions"})


def check_outline(outline: Outline, folder: str) -> None:
    course = outline.course
    if course.slug != folder:
        outline.tell(("slug",), f"the slug '{course.slug}' is not the folder's name", f"Write slug: {folder}")
    outline.refuse_repeats(("objectives",), course.objectives, "objective")
    outline.refuse_repeats(("modules",), course.modules, "module")
    outline.refuse_repeats(("sources",), course.sources, "source")
    outline.refuse_repeats(("sessions",), course.sessions, "session")
    if course.reading_age.from_ > course.reading_age.to:
        outline.tell(("reading_age",), "the reading age ends before it begins", "Write the lower age first")
    _check_tier(outline)
    _check_objectives(outline)
    for place, module in enumerate(course.modules):
        if module.id in TAKEN:
            outline.tell(("modules", place, "id"), f"'{module.id}' is the address of another page", "Choose another id")
        _check_module(outline, place, module)
    _check_activities(outline)
    check_completion(outline)
    if course.audience == "partner":
        check_partner_course(outline)


def _check_tier(outline: Outline) -> None:
    course = outline.course
    tiers = {t.slug: t for t in outline.framework.tiers}
    tier = tiers.get(course.tier)
    if tier is None:
        outline.tell(("tier",), f"unknown tier '{course.tier}'", one_of_these(course.tier, tiers))
        return
    if tier.audience != course.audience:
        outline.tell(("audience",), f"the tier '{tier.slug}' is for another audience", f"Write {tier.audience}")
    total = sum(a.minutes for m in course.modules for a in m.activities)
    if course.status == "open" and tier.release_hours and total > tier.release_minutes:
        message = f"the activities take {total} minutes, and the tier promises {tier.release_minutes}"
        outline.tell(("modules",), message, "Shorten them, or raise release_hours in framework.yaml")
    months = course.validity.months if course.validity else None
    if course.completion.awards == tier.slug and months != tier.validity_months:
        message = (
            f"the level stays valid for {months or 'all'} months here and {tier.validity_months} in framework.yaml"
        )
        outline.tell(("validity",), message, "Write the same in both")


def _check_objectives(outline: Outline) -> None:
    course = outline.course
    competencies = {c.id for c in outline.framework.competencies}
    levels = {level.level for level in outline.framework.levels}
    taught = {o for m in course.modules for o in m.objectives} | {o for s in course.sessions for o in s.objectives}
    for place, objective in enumerate(course.objectives):
        where = ("objectives", place)
        if objective.competency not in competencies:
            remedy = one_of_these(objective.competency, competencies)
            outline.tell((*where, "competency"), f"unknown competency '{objective.competency}'", remedy)
        if objective.level not in levels:
            outline.tell((*where, "level"), f"unknown level {objective.level}", "Use a level of framework.yaml")
        if word := next((w for w in UNCHECKABLE if objective.text.casefold().startswith(w)), None):
            message = f"the objective begins with '{word.strip()}', which nobody can check"
            outline.tell((*where, "text"), message, "Begin with something that one can see: name, draw, choose, write")
        if objective.id not in taught and course.status == "open":
            remedy = "Name it in a module's objectives, or delete it"
            outline.tell(where, f"no module teaches the objective '{objective.id}'", remedy)


def _check_module(outline: Outline, place: int, module: Module) -> None:
    where: tuple[str | int, ...] = ("modules", place)
    known = {o.id for o in outline.course.objectives}
    for number, objective in enumerate(module.objectives):
        if objective not in known:
            remedy = one_of_these(objective, known)
            outline.tell((*where, "objectives", number), f"unknown objective '{objective}'", remedy)
    if module.opens:
        if module.file or module.easy_read or module.activities or module.objectives:
            remedy = "Keep only id, title and about, or delete opens: later"
            outline.tell(where, f"the module '{module.id}' opens later and has content", remedy)
        if not module.about:
            outline.tell(where, f"the module '{module.id}' does not say what it will hold", "Add about: One sentence.")
        return
    for name, given in (("file", module.file), ("objectives", module.objectives), ("activities", module.activities)):
        if not given:
            remedy = f"Add {name}, or write opens: later"
            outline.tell(where, f"the module '{module.id}' has no {name}", remedy)


def _check_activities(outline: Outline) -> None:
    seen: set[str] = set()
    for place, module in enumerate(outline.course.modules):
        for number, activity in enumerate(module.activities):
            where = ("modules", place, "activities", number)
            if activity.id in seen:
                outline.tell(where, f"the activity '{activity.id}' is there twice", "Give each its own id")
            seen.add(activity.id)
            if activity.participatory_minutes > activity.minutes:
                message = f"'{activity.id}' has more participatory minutes than minutes"
                outline.tell(where, message, "Count the participatory minutes within the minutes")
            if activity.kind == "confidence":
                outline.refuse_repeats((*where, "statements"), activity.statements, "statement")
                if outline.course.audience != "partner":
                    outline.tell(where, f"'{activity.id}' rates confidence in a staff course", "Use a note or steps")
