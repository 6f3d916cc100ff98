"""Questions as learners have them, which can be tried; work for people to judge, and sign-offs."""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus

from starlette.responses import Response

from app.assessment.kinds import KINDS
from app.assessment.kinds.contract import AnswerProblem, StepTakenError
from app.assessment.pages import QuestionPage
from app.assessment.queries import Asked, Sitting
from app.authoring.pages import Way
from app.authoring.preview.learner import MOST_ACTIVITIES, Learner
from app.authoring.routes.course import ways
from app.authoring.routes.desk import Endpoint, Look
from app.curriculum.rules import ActivityKind
from app.curriculum.views import ActivityView
from app.kernel.clock import london_date
from app.kernel.errors import NotFoundError
from app.marking.pages.work import WorkPage
from app.marking.queries.own import OwnWork
from app.signing.pages.asking import SignOffPage
from app.signing.queries import Entitled, Requests
from app.signing.rules import Tie

TRIED = "Tried, and not recorded: this is a preview."
SOMEBODY = Entitled(person_id=1, name="Whoever manages you", tie=Tie.MANAGER, place="your team")


def start(look: Look) -> Response:
    learner = look.learner(look.param("course"))
    shown = learner.course.activity(look.param("activity"))
    return look.go(key_of(learner, shown))


def question(look: Look) -> Response:
    learner, sitting = _sitting(look)
    return _show(look, learner, sitting, sitting.question(look.number("number")))


def save(look: Look) -> Response:
    """The answer is read as on the site, and remembered until this preview ends, so that tasks in steps go on."""
    learner, sitting = _sitting(look)
    asked = sitting.question(look.number("number"))
    try:
        answer = KINDS[asked.kind].read(asked.shown, look.posted, asked.seed, asked.answer)
    except AnswerProblem as problem:
        return _show(look, learner, sitting, asked, problem)
    except StepTakenError:
        return _show(look, learner, sitting, asked)
    slug, activity = learner.course.view.slug, sitting.activity
    look.desk.tried[slug, activity.key, asked.key] = (asked.shown, answer)
    if look.request.headers.get("HX-Target"):
        return _show(look, learner, sitting, replace(asked, answer=answer))
    number = asked.number + (0 if "stay" in look.posted else -1 if look.sent("then") == "back" else 1)
    if number > len(sitting.asked):
        return look.go(key_of(learner, activity))
    return look.go(look.desk.path_for("assessment:question", attempt=activity.id, number=max(number, 1)))


def check(look: Look) -> Response:
    learner, sitting = _sitting(look)
    return look.go(key_of(learner, sitting.activity))


def work(look: Look) -> Response:
    learner = look.learner(look.param("course"))
    shown = learner.course.activity(look.param("activity"), ActivityKind.TASK)
    own = OwnWork(course=learner.course, activity=shown, guide=learner.guide(shown), goes=())
    key = Way(words="The samples and their marks", href=key_of(learner, shown))
    page = WorkPage.of(own, london_date(look.now))
    return look.show(page, learner.actor, ways=[*ways(look, learner), key])


def sign_off(look: Look) -> Response:
    learner = look.learner(look.param("course"))
    shown = learner.course.activity(look.param("activity"), ActivityKind.SIGN_OFF)
    page = SignOffPage.of(learner.course, shown, Requests(), (SOMEBODY,), look.desk.settings)
    return look.show(page, learner.actor, ways=ways(look, learner))


def key_of(learner: Learner, activity: ActivityView) -> str:
    """The page with the key of a quiz, or with the samples of a guide."""
    return f"/preview/{learner.course.view.slug}/{activity.key}"


def _sitting(look: Look) -> tuple[Learner, Sitting]:
    """Numbers of attempts are numbers of activities here: nobody has begun any."""
    number = look.number("attempt")
    places = look.desk.watched.places().items()
    learner = look.learner(next((slug for slug, place in places if place[0] == number // MOST_ACTIVITIES), ""))
    activity = learner.course.view.activity_by_id(number)
    if activity is None or not activity.is_quiz:
        raise NotFoundError("attempt")
    bank = learner.bank(activity)
    tried = look.tried(learner.course.view.slug, activity.key, bank)
    return learner, learner.sitting(activity, tried, look.now)


def _show(
    look: Look, learner: Learner, sitting: Sitting, asked: Asked, problem: AnswerProblem | None = None
) -> Response:
    page = QuestionPage.of(sitting, asked, learner.actor, look.now, problem=problem)
    if problem is None and asked.answer is not None:
        page = replace(page, status=TRIED)
    href = f"{key_of(learner, sitting.activity)}#question-{asked.number}"
    key = Way(words="The key to this question", href=href)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return look.show(page, learner.actor, ways=[*ways(look, learner), key], status=status)


LEARNERS: Mapping[str, Endpoint] = {
    "assessment:before": start,
    "assessment:start": start,
    "assessment:question": question,
    "assessment:save": save,
    "assessment:check": check,
    "assessment:submit": check,
    "assessment:result": check,
    "marking:work": work,
    "marking:save_work": work,
    "signing:sign_off": sign_off,
    "signing:request": sign_off,
}
