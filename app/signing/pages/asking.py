"""A learner's page: what is confirmed, what they say, whom they ask, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.curriculum.views import ActivityView
from app.kernel.config import Settings
from app.learning.queries import OnCourse
from app.learning.wording import place_in_course
from app.signing.pages.words import Line, history, on_day, whom
from app.signing.queries import Entitled, RequestRow, Requests
from app.signing.rules import SignOffState
from app.web.page import FieldError, Option, Page, errors_of

WHO_SEES = (
    "You, and whoever you ask: they see your name, your team, the course, and what you write here. When nobody can "
    "confirm it, the QI team's administrators see that you wait, but not what you wrote."
)
BEGIN = ("Ask for the sign-off", "")
HOW_TO_ASK = {
    SignOffState.REQUESTED: (
        "Change it and ask again",
        "Your earlier words are then no longer asked about. You can also ask somebody else.",
    ),
    SignOffState.CONFIRMED: (
        "Change it and ask again",
        "It is then no longer confirmed, and no longer counts, until somebody confirms what you say now.",
    ),
    SignOffState.REJECTED: ("Ask again", "Change what you say, and ask again: the same person or somebody else."),
    SignOffState.WITHDRAWN: ("Ask again", ""),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where it stands in the course, and whether the reader has joined."""

    slug: str
    key: str
    module: str
    where: str
    back: str
    joined: bool

    @classmethod
    def of(cls, course: OnCourse, activity: ActivityView) -> "Place":
        module = course.module(activity.module)
        return cls(
            slug=course.view.slug,
            key=activity.key,
            module=module.key,
            where=place_in_course(course.view, module, partner=False),
            back=f"Back to module {module.number}, {module.title}",
            joined=course.enrolment is not None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How it stands: `tone` is wait, good or not; `words` are the learner's, `comment` the decider's."""

    heading: str
    note: str
    tone: str
    words: str
    comment: str
    waits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForm:
    """What is filled in to ask. `folded`: behind a line to open, because something waits or is confirmed."""

    account: str
    asked: str
    people: tuple[Option, ...]
    button: str
    note: str
    folded: bool
    opened: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOffPage(Page):
    template: ClassVar[str] = "signing/sign_off.html"
    who_sees: ClassVar[str] = WHO_SEES

    place: Place
    title: str
    statement: str
    prompt: str
    hint: str
    status: Status | None
    form: AskForm | None
    nobody: str
    closed: str
    completed_id: int | None
    seen: int
    history: tuple[Line, ...]
    errors: tuple[FieldError, ...]
    wrong_account: str
    wrong_asked: str

    @classmethod
    def of(
        cls,
        course: OnCourse,
        activity: ActivityView,
        requests: Requests,
        people: Sequence[Entitled],
        settings: Settings,
        *,
        values: Mapping[str, str] | None = None,
        errors: Mapping[str, str] | None = None,
    ) -> "SignOffPage":
        """`values` are what was posted and could not be saved, shown again as it was typed."""
        latest, wrong = requests.latest, errors or {}
        return cls(
            place=Place.of(course, activity),
            title=activity.title,
            statement=activity.statement,
            prompt=activity.prompt,
            hint=activity.hint,
            status=_status(latest, stuck=course.is_open and not people) if latest else None,
            form=_form(course, latest, people, values),
            nobody=_nobody(course, latest, people, settings),
            closed=_closed(course, latest),
            completed_id=course.enrolment.id if course.enrolment and course.is_completed else None,
            seen=requests.seen,
            history=history(requests),
            errors=errors_of(wrong),
            wrong_account=wrong.get("account", ""),
            wrong_asked=wrong.get("asked", ""),
        )


def _status(latest: RequestRow, *, stuck: bool = False) -> Status:
    """`stuck`: nobody may confirm it today, not even the person asked."""
    decided = f"{latest.decided_by} on {on_day(latest.decided_at)}"
    headings = {
        SignOffState.REQUESTED: (f"Waiting for {latest.asked}", "wait"),
        SignOffState.CONFIRMED: (f"Confirmed by {decided}", "good"),
        SignOffState.REJECTED: (f"Not confirmed yet by {decided}", "not"),
    }
    heading, tone = headings.get(latest.state, ("You took your request back", "not"))
    waits = latest.state is SignOffState.REQUESTED
    asked_on = f"You asked on {on_day(latest.asked_at)}."
    note = f"{asked_on} They find it on their page, and hear of it in their next weekly mail." if waits else asked_on
    if waits and stuck:
        heading, note = "Waiting for somebody who can confirm it", asked_on
    return Status(heading=heading, note=note, tone=tone, words=latest.account, comment=latest.comment, waits=waits)


def _form(
    course: OnCourse, latest: RequestRow | None, people: Sequence[Entitled], values: Mapping[str, str] | None
) -> AskForm | None:
    if not course.is_open or not (people or values):
        return None
    button, note = HOW_TO_ASK[latest.state] if latest else BEGIN
    before = {"account": latest.account, "asked": str(latest.asked_id)} if latest else {}
    typed = values or before
    options = whom(people)
    asked = typed.get("asked", "")
    return AskForm(
        account=typed.get("account", ""),
        asked=asked if asked in {o.value for o in options} else options[0].value if options else "",
        people=options,
        button=button,
        note=note,
        folded=latest is not None and latest.state in {SignOffState.REQUESTED, SignOffState.CONFIRMED},
        opened=values is not None,
    )


def _nobody(course: OnCourse, latest: RequestRow | None, people: Sequence[Entitled], settings: Settings) -> str:
    """Whom to call when nobody may confirm it."""
    if not course.is_open or people or (latest and latest.state is SignOffState.CONFIRMED):
        return ""
    reached = ", ".join(part for part in (settings.qi_contact_phone, settings.qi_contact_email) if part)
    contact = f"{settings.qi_contact} ({reached})" if reached else settings.qi_contact
    stays = "Your request stays, and goes to the right person by itself. " if latest and _waits(latest) else ""
    return (
        f"At present nobody can confirm this for you: no manager or lead is recorded for where you work, or no coach. "
        f"{stays}Please tell {contact}."
    )


def _closed(course: OnCourse, latest: RequestRow | None) -> str:
    if course.enrolment is None or course.is_open:
        return ""
    if latest and _waits(latest):
        return "You completed the course without it, so nobody is asked about it any more."
    return "You have completed the course, so what you say here can no longer be changed."


def _waits(latest: RequestRow) -> bool:
    return latest.state is SignOffState.REQUESTED


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoRequestsPage(Page):
    """Something happened since the page was opened: what stands now, what was sent, and neither is lost."""

    template: ClassVar[str] = "signing/two_versions.html"
    who_sees: ClassVar[str] = WHO_SEES

    place: Place
    title: str
    status: Status | None
    typed: str
    both: str
    asked: str
    may_ask: bool
    seen: int

    @classmethod
    def of(
        cls, course: OnCourse, activity: ActivityView, requests: Requests, posted: Mapping[str, str]
    ) -> "TwoRequestsPage":
        latest, typed = requests.latest, posted.get("account", "").strip()
        saved = latest.account if latest else ""
        return cls(
            place=Place.of(course, activity),
            title=activity.title,
            status=_status(latest) if latest else None,
            typed=typed,
            both=saved if typed in saved else f"{saved}\n\n{typed}".strip(),
            asked=posted.get("asked", ""),
            may_ask=course.is_open,
            seen=requests.seen,
        )
