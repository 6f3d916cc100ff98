"""The same course in words for staff and in words for patient partners, who have parts instead of modules."""

from dataclasses import dataclass
from datetime import date

from app.access.actor import Actor, PersonKind
from app.curriculum.rules import ActivityKind
from app.curriculum.views import ActivityView, CourseView, ModuleView
from app.kernel.clock import london_date
from app.kernel.config import Settings
from app.learning.queries import Contact, OnCourse
from app.learning.rules import asked_on, is_asked
from app.web.words import day, minutes, plural, short_day

# Before the id of a statement, in the name of its field.
RATING = "sure-"
_REQUIRED = (
    (ActivityKind.READ, "text read", "texts read"),
    (ActivityKind.PRACTICE, "practice done", "practices done"),
    (ActivityKind.STEPS, "list of steps ticked", "lists of steps ticked"),
    (ActivityKind.NOTE, "note written", "notes written"),
    (ActivityKind.CONFIDENCE, "look at how sure you feel", "looks at how sure you feel"),
    (ActivityKind.ASSESSMENT, "check passed", "checks passed"),
    (ActivityKind.TASK, "piece of work passed", "pieces of work passed"),
    (ActivityKind.SIGN_OFF, "sign-off", "sign-offs"),
)


@dataclass(frozen=True, slots=True)
class State:
    """A state in words, and the tone of its tag."""

    words: str
    tone: str


def is_partner(actor: Actor) -> bool:
    return actor.kind is PersonKind.PARTNER


def about(count: int) -> str:
    """Minutes as somebody would say them: about 40 minutes."""
    return f"about {minutes(max(5, round(count / 5) * 5))}"


def place_in_course(view: CourseView, module: ModuleView, *, partner: bool) -> str:
    if partner:
        return f"Part {module.number} of {len(view.modules)} · {about(module.minutes)} · stop whenever you like"
    return f"{view.title} · module {module.number} of {len(view.modules)} · {minutes(module.minutes)}"


def title_of(activity: ActivityView) -> str:
    if activity.kind is ActivityKind.READ:
        return "Read the text"
    return activity.quiz_title or activity.title


def needs(activity: ActivityView) -> str:
    """What an activity takes: 5 questions, 5 minutes; 4 right answers pass; as many tries as you like."""
    said = [minutes(activity.minutes)]
    if activity.draw:
        said.insert(0, plural(activity.draw, "question"))
    if activity.pass_mark:
        said.append(f"{activity.pass_mark} right to pass")
        said.append(
            "as many tries as you like" if activity.attempts is None else plural(activity.attempts, "try", "tries")
        )
    if activity.time_limit is not None:
        said.append("with a time limit")
    return ", ".join(said)


def not_yet_words(activity: ActivityView, course: OnCourse, today: date) -> str:
    """Why a question that comes after the course cannot be answered yet; empty when it can."""
    if activity.after_days is None:
        return ""
    later = _later(activity.after_days)
    if course.enrolment is None or course.enrolment.completed_at is None:
        return f"You are asked this {later} you have completed the course."
    done = london_date(course.enrolment.completed_at)
    if is_asked(done, activity.after_days, today):
        return ""
    return f"You are asked this on {day(asked_on(done, activity.after_days))}, {later} you completed the course."


def _later(days: int) -> str:
    weeks, rest = divmod(days, 7)
    return f"{plural(days, 'day') if rest else plural(weeks, 'week')} after"


def state_of(activity: ActivityView, course: OnCourse) -> State:
    done_on = course.finished.get(activity.key)
    if done_on is not None:
        return State(f"Done {short_day(done_on)}", "good")
    if activity.after_days is not None:
        return State(f"Asked {_later(activity.after_days)} the course", "quiet")
    if not activity.required:
        return State("If you like", "quiet")
    return State("Not done yet", "quiet")


def module_state(module: ModuleView, course: OnCourse) -> State:
    """Where somebody stands with a module, in words."""
    if module.opens_later:
        return State("Not yet open", "quiet")
    if course.enrolment is None:
        return State("Open", "quiet")
    left = course.left_in(module)
    if not left:
        return State("Done", "good")
    begun = course.enrolment.module == module.key or any(a.key in course.finished for a in module.activities)
    return State("Begun" if begun else "Not begun", "act" if begun else "quiet")


def taken(view: CourseView, *, partner: bool = False) -> str:
    """45 minutes in 4 modules, none of it with others."""
    said = f"{minutes(view.minutes)} in {plural(len(view.open_modules), 'part' if partner else 'module')}"
    if view.participatory_minutes:
        said += f", {minutes(view.participatory_minutes)} of it with others"
    return said


def how_it_ends(view: CourseView) -> str:
    """What completing the course takes, in one or two sentences."""
    unopened = [m.title for m in view.modules if m.opens_later]
    if view.partly_open or unopened:
        later = f" Not yet open: {', '.join(unopened)}." if unopened else ""
        return f"Nobody can complete this course yet.{later} What you do now counts when the rest opens."
    required = [a.kind for a in view.activities if a.required]
    said = [plural(required.count(kind), one, many) for kind, one, many in _REQUIRED if kind in required]
    listed = f"{', '.join(said[:-1])} and {said[-1]}" if len(said) > 1 else "".join(said)
    return f"You complete it with {listed}, in any order and at any pace. You can then get your certificate."


def as_seen_by(settings: Settings, contact: Contact | None) -> Settings:
    """The trust's settings with a partner's own contact in place of the trust's: course text names the right person."""
    if contact is None:
        return settings
    own = {"partner_contact": contact.name, "partner_contact_phone": contact.phone}
    return settings.model_copy(update=own | {"partner_contact_hours": contact.hours})
