"""One course in outline: what is next, what one can do after it, what decides, what it counts for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from app.access.actor import Actor
from app.access.permissions import Permission
from app.curriculum.rules import ActivityKind
from app.curriculum.views import ActivityView, CourseView, ModuleView
from app.kernel.clock import london_date
from app.learning.pages.catalogue import PARTNER_SEES, PLANNERS_SEE, course_state
from app.learning.pages.moved import Moved
from app.learning.pages.taught import TaughtLine, taught_lines
from app.learning.queries import Holding, JudgedBy, LastMove, OnCourse
from app.learning.wording import State, how_it_ends, is_partner, module_state, needs, state_of, taken, title_of
from app.web.page import Page
from app.web.words import day, minutes, plural

SHOWN_AT_ONCE = 5
REGULATORS = {
    "nmc": "Nurses, midwives and nursing associates (NMC)",
    "gmc": "Doctors (GMC)",
    "hcpc": "Professions of the HCPC",
}
SIGNERS = {"supervisor": "your supervisor confirms it", "coach": "a QI coach confirms it"}
DECIDING = {ActivityKind.ASSESSMENT, ActivityKind.TASK, ActivityKind.SIGN_OFF}


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityLine:
    title: str
    needs: str
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleLine:
    key: str
    number: int
    title: str
    about: str
    time: str
    state: State
    opens_later: bool
    objectives: tuple[str, ...]
    activities: tuple[ActivityLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A name and what is said of it."""

    name: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoursePage(Page):
    template: ClassVar[str] = "learning/course.html"
    who_sees: ClassVar[str] = PLANNERS_SEE

    slug: str
    title: str
    summary: str
    for_whom: str
    takes: str
    state: State
    begin: str
    """What the button that joins the course says; empty for somebody who is on it."""
    again: bool
    go_on: str
    go_on_module: str
    certificate_of: int | None
    moved: Moved | None
    can_do: tuple[str, ...]
    can_do_more: tuple[str, ...]
    modules: tuple[ModuleLine, ...]
    ends_with: str
    decides: tuple[Said, ...]
    taught: tuple[TaughtLine, ...]
    counts: tuple[Said, ...]
    edition: str
    teaches: bool
    may_move: bool

    @classmethod
    def of(
        cls,
        course: OnCourse,
        held: Mapping[str, Holding],
        judged: Mapping[str, JudgedBy],
        move: LastMove | None,
        actor: Actor,
    ) -> "CoursePage":
        """`judged`: how each task is marked. `move`: when they were last moved to this edition, if they were."""
        view, module = course.view, course.to_do
        partner = is_partner(actor)
        page = PartnerCoursePage if partner else cls
        completed = course.enrolment.id if course.enrolment and course.is_completed else None
        can_do = tuple(objective.text for objective in view.objectives)
        return page(
            slug=view.slug,
            title=view.title,
            summary=view.summary,
            for_whom=view.for_whom,
            takes=taken(view, partner=partner),
            state=course_state(course, held),
            begin=_begin(course),
            again=course.is_completed,
            go_on=_go_on(course, module, partner=partner),
            go_on_module=module.key if course.is_open and module else "",
            certificate_of=completed,
            moved=Moved.of(move, course.finished, partner=partner) if move else None,
            can_do=can_do[:SHOWN_AT_ONCE],
            can_do_more=can_do[SHOWN_AT_ONCE:],
            modules=tuple(_module(m, course) for m in view.modules),
            ends_with=how_it_ends(view),
            decides=tuple(_decides(a, judged) for a in view.activities if a.required and a.kind in DECIDING),
            taught=taught_lines(view),
            counts=() if partner else _counts(view),
            edition=_edition(view),
            teaches=actor.may(Permission.TEACH) and bool(view.sessions),
            may_move=actor.may(Permission.AUTHOR),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerCoursePage(CoursePage):
    who_sees: ClassVar[str] = PARTNER_SEES


def _begin(course: OnCourse) -> str:
    if course.is_completed:
        return "Begin again"
    return "" if course.is_open else "Begin this course"


def _go_on(course: OnCourse, module: ModuleView | None, *, partner: bool) -> str:
    if not course.is_open or module is None:
        return ""
    unit = "part" if partner else "module"
    begun = course.enrolment is not None and course.enrolment.started_at is not None
    return f"Go on with {unit} {module.number}: {module.title}" if begun else f"Begin with {unit} 1: {module.title}"


def _module(module: ModuleView, course: OnCourse) -> ModuleLine:
    time = minutes(module.minutes) if module.activities else ""
    if module.participatory_minutes:
        time += f", {minutes(module.participatory_minutes)} of it with others"
    return ModuleLine(
        key=module.key,
        number=module.number,
        title=module.title,
        about=module.about,
        time=time,
        state=module_state(module, course),
        opens_later=module.opens_later,
        objectives=tuple(o.text for o in module.objectives),
        activities=tuple(
            ActivityLine(title=title_of(a), needs=needs(a), state=state_of(a, course)) for a in module.activities
        ),
    )


def _decides(activity: ActivityView, judged: Mapping[str, JudgedBy]) -> Said:
    if activity.kind is ActivityKind.TASK:
        return Said(name=title_of(activity), words=_marked(judged.get(activity.key)))
    if activity.kind is ActivityKind.SIGN_OFF:
        signer = SIGNERS.get(activity.signer, "your supervisor or a QI coach confirms it")
        return Said(name=title_of(activity), words=f"Done at work; {signer}.")
    return Said(name=title_of(activity), words=f"{_asked(activity)}.")


def _asked(activity: ActivityView) -> str:
    """20 questions of a larger number, of which 14 right answers pass; as many tries as you like."""
    asked = f"{plural(activity.draw, 'question')} drawn for you, of which" if activity.draw else "Questions, of which"
    right = f"{plural(activity.pass_mark or 0, 'right answer passes', 'right answers pass')}"
    tries = "as many tries as you like" if activity.attempts is None else plural(activity.attempts, "try", "tries")
    limit = f"; {minutes(activity.time_limit)} for each try" if activity.time_limit else ""
    return f"{asked} {right}; {tries}{limit}"


def _marked(by: JudgedBy | None) -> str:
    if by is None:
        return "A person judges it by a guide."
    markers = plural(by.markers, "person marks", "people mark")
    who = f"{markers} it without knowing whose it is"
    if by.markers == 1 and by.second_mark_every:
        who += f", and a second person every {_nth(by.second_mark_every)} piece of work"
    again = plural(by.resubmissions, "time") if by.resubmissions is not None else "as often as you like"
    after = (
        "It cannot be handed in again"
        if by.resubmissions == 0
        else f"If it does not pass, you may hand it in again, {again}"
    )
    return f"{who}. It passes with {by.pass_mark} points; there are {by.points}. {after}."


def _nth(number: int) -> str:
    return {2: "second", 3: "third"}.get(number, f"{number}th")


def _counts(view: CourseView) -> tuple[Said, ...]:
    """What it counts for: the certificate, the regulators' words, how long it holds."""
    apart = minutes(view.participatory_minutes) if view.participatory_minutes else "none"
    certificate = "taking part" if view.of_taking_part else "completion"
    holds = f"{view.validity_months} months" if view.validity_months else "For good"
    said = [
        Said(name="On your record", words=f"{minutes(view.minutes)}, of which {apart} with others (participatory)"),
        *(Said(name=REGULATORS[body], words=view.cpd[body]) for body in REGULATORS if view.cpd.get(body)),
        Said(name="Certificate", words=f"Of {certificate}, with a code that anybody can check"),
    ]
    if view.awards:
        said.append(Said(name="How long it holds", words=f"{holds}. {view.refresh}".strip()))
    return tuple(said)


def _edition(view: CourseView) -> str:
    return (
        f"Edition {view.edition_number}, these words since {day(london_date(view.loaded_at))}. "
        f"Looked after by {view.owner}, to be reviewed by {day(view.review_by)}."
    )
