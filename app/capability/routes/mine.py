"""A member of staff's own levels."""

from collections.abc import Mapping

from app.access.gates import Requires
from app.access.permissions import Permission
from app.capability.commands import ask_for_level
from app.capability.forms import AskForm
from app.capability.pages.mine import MySkillsPage
from app.capability.queries.mine import my_levels
from app.curriculum.queries import all_courses, edition_names
from app.curriculum.rules import Audience
from app.kernel.errors import BadInputError
from app.learning.queries import follow_ups, next_step
from app.organisation.queries import manages_anybody
from app.ratings.queries import are_on, was_asked
from app.recognition.queries import waiting_count
from app.signing.queries import duty_of, last_uses, uses_waiting
from app.web.form import Invalid
from app.web.router import Answer, Nav, Router
from app.web.visit import Deed, Shown, Visit

router = Router("capability")


@router.page("/my-skills", access=Requires(Permission.LEARN), nav=Nav("My improvement skills", 10, lands=10))
def my_skills(visit: Visit) -> Answer:
    return _page(visit)


@router.action("/my-skills/ask", access=Requires(Permission.LEARN), holds=True)
def ask(deed: Deed) -> Answer:
    form = AskForm.parse(deed.posted)
    assert not isinstance(form, Invalid), "every text is a value of this form"
    try:
        ask_for_level(deed.session, deed.actor, form.command(), deed.now)
    except BadInputError as wrong:
        return Shown(_page(deed, form.model_dump(), wrong.errors), 422)
    return deed.go(
        "capability:my_skills", flash="You have asked. Your directorate lead will answer, and you see it here."
    )


def _page(
    visit: Visit | Deed, typed: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None
) -> MySkillsPage:
    return MySkillsPage.of(
        my_levels(visit.session, visit.actor, visit.now),
        next_step(visit.session, visit.actor.person_id),
        duty_of(visit.session, visit.actor, visit.now),
        waiting_count(visit.session, visit.actor, visit.today),
        follow_ups(visit.session, visit.actor.person_id, visit.today),
        {course.tier: course.slug for course in all_courses(visit.session, Audience.STAFF)},
        last_uses(visit.session, visit.actor.person_id),
        edition_names(visit.session),
        visit.core.settings,
        visit.path_for,
        visit.today,
        uses_waiting=uses_waiting(visit.session, visit.actor, visit.now),
        manages=manages_anybody(visit.session, visit.actor.person_id, visit.today),
        ratings=are_on(visit.session),
        rates=was_asked(visit.session, visit.actor, visit.today),
        typed=typed,
        errors=errors,
    )
