"""What is added to a record of an external programme: workshops, scores, the certificate, the level, the duties."""

from collections.abc import Callable
from typing import TypeVar

from app.access.gates import Requires
from app.access.permissions import Permission
from app.kernel.errors import BadInputError, StaleError
from app.recognition import commands
from app.recognition.advisor_forms import (
    DutiesForm,
    ReviewForm,
    ScoreForm,
    VerifyForm,
    WorkshopForm,
    certificate_command,
)
from app.recognition.routes.advisors import advisor_page
from app.recognition.rules import MOST_BYTES
from app.web.form import Form, tried
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown

router = Router("recognition")
ASSESSORS = Requires(Permission.RECOGNISE)


@router.action("/recognition/advisors/{record_id}/workshops", access=ASSESSORS)
def add_workshop(deed: Deed, record_id: int) -> Answer:
    def do(form: WorkshopForm) -> None:
        commands.add_workshop(deed.session, deed.actor, form.command(record_id), deed.now)

    return _done(deed, record_id, WorkshopForm, do, "workshop", "The workshop stands in the list.")


@router.action("/recognition/advisors/{record_id}/workshops/{workshop_id}", access=ASSESSORS)
def mark_workshop(deed: Deed, record_id: int, workshop_id: int) -> Answer:
    there = deed.posted.get("there") == "yes"
    command = commands.MarkWorkshop(record_id=record_id, workshop_id=workshop_id, attended=there)
    commands.mark_workshop(deed.session, deed.actor, command, deed.now)
    return deed.go("recognition:advisor", flash="Written down.", record_id=record_id)


@router.action("/recognition/advisors/{record_id}/workshops/{workshop_id}/remove", access=ASSESSORS)
def remove_workshop(deed: Deed, record_id: int, workshop_id: int) -> Answer:
    command = commands.RemoveWorkshop(record_id=record_id, workshop_id=workshop_id)
    commands.remove_workshop(deed.session, deed.actor, command, deed.now)
    return deed.go("recognition:advisor", flash="The workshop is taken out.", record_id=record_id)


@router.action("/recognition/advisors/{record_id}/scores", access=ASSESSORS)
def score_project(deed: Deed, record_id: int) -> Answer:
    def do(form: ScoreForm) -> None:
        commands.score_project(deed.session, deed.actor, form.command(record_id), deed.now)

    return _done(deed, record_id, ScoreForm, do, "score", "The score is kept.")


@router.action("/recognition/advisors/{record_id}/certificate", access=ASSESSORS, takes=MOST_BYTES)
def add_certificate(deed: Deed, record_id: int) -> Answer:
    command = certificate_command(deed.posted, record_id)
    try:
        commands.add_certificate(deed.session, deed.actor, command, deed.now)
    except BadInputError as bad:
        return Shown(advisor_page(deed, record_id, errors=bad.errors), bad.status)
    return deed.go("recognition:advisor", flash="The certificate is here. Verify it next.", record_id=record_id)


@router.action("/recognition/advisors/{record_id}/verify", access=ASSESSORS)
def verify_certificate(deed: Deed, record_id: int) -> Answer:
    def do(form: VerifyForm) -> None:
        commands.verify_certificate(deed.session, deed.actor, form.command(record_id), deed.now)

    return _done(deed, record_id, VerifyForm, do, "how", "The certificate is verified.")


@router.action("/recognition/advisors/{record_id}/grant", access=ASSESSORS)
def grant_advisor_level(deed: Deed, record_id: int) -> Answer:
    command = commands.GrantAdvisorLevel(record_id=record_id)
    commands.grant_advisor_level(deed.session, deed.core.settings, deed.actor, command, deed.now)
    return deed.go("recognition:advisor", flash="The level is granted. They get a mail.", record_id=record_id)


@router.action("/recognition/advisors/{record_id}/duties", access=ASSESSORS)
def set_duties(deed: Deed, record_id: int) -> Answer:
    def do(form: DutiesForm) -> None:
        commands.set_duties(deed.session, deed.actor, form.command(record_id), deed.now)

    return _done(deed, record_id, DutiesForm, do, "days", "The duties are kept.")


@router.action("/recognition/advisors/{record_id}/review", access=ASSESSORS)
def record_review(deed: Deed, record_id: int) -> Answer:
    def do(form: ReviewForm) -> None:
        commands.record_review(deed.session, deed.actor, form.command(record_id), deed.now)

    return _done(deed, record_id, ReviewForm, do, "reviewed_on", "The review is kept, and the level holds on.")


F = TypeVar("F", bound=Form)


def _done(deed: Deed, record_id: int, form: type[F], do: Callable[[F], object], otherwise: str, flash: str) -> Answer:
    """Back on the record; with what was typed and what is wrong with it where it could not be done."""
    try:
        wrong = tried(form, deed.posted, do, otherwise)
    except StaleError as stale:
        return Shown(advisor_page(deed, record_id, deed.posted, {otherwise: f"{stale} Look again."}), stale.status)
    if wrong:
        return Shown(advisor_page(deed, record_id, wrong.values, wrong.errors), 422)
    return deed.go("recognition:advisor", flash=flash, record_id=record_id)
