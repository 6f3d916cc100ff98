"""An assessor decides, and puts a decision right."""

from app.access.gates import Requires
from app.access.permissions import Permission
from app.kernel.errors import BadInputError, RuleBrokenError, StaleError
from app.recognition import commands
from app.recognition.forms import JudgementForm, decline_command, rule_command, take_back_command
from app.recognition.routes.shown import case_page, changed_page
from app.web.form import Invalid
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown

router = Router("recognition")
ASSESSORS = Requires(Permission.RECOGNISE)
HEAR = "They get a mail, if an address is known."


@router.action("/recognition/items/{item_id}/recognise", access=ASSESSORS, holds=True)
def recognise(deed: Deed, item_id: int) -> Answer:
    form = JudgementForm.parse(deed.posted)
    if isinstance(form, Invalid):
        return Shown(case_page(deed, item_id, form.values, form.errors), 422)
    try:
        case = commands.recognise(deed.session, deed.core.settings, deed.actor, form.command(item_id), deed.now)
    except BadInputError as bad:
        return Shown(case_page(deed, item_id, deed.posted, bad.errors), bad.status)
    except StaleError as stale:
        return Shown(changed_page(deed, item_id), stale.status)
    return deed.go("recognition:desk", flash=f"Recognised: {case.item.title}, for {case.item.person}. {HEAR}")


@router.action("/recognition/items/{item_id}/by-rule", access=ASSESSORS)
def recognise_by_rule(deed: Deed, item_id: int) -> Answer:
    command = rule_command(deed.posted, item_id)
    try:
        case = commands.recognise_by_rule(deed.session, deed.core.settings, deed.actor, command, deed.now)
    except RuleBrokenError as broken:
        return Shown(case_page(deed, item_id, errors={"rules": str(broken)}), broken.status)
    except StaleError as stale:
        return Shown(changed_page(deed, item_id), stale.status)
    return deed.go("recognition:desk", flash=f"Recognised: {case.item.title}, for {case.item.person}. {HEAR}")


@router.action("/recognition/items/{item_id}/decline", access=ASSESSORS, holds=True)
def decline(deed: Deed, item_id: int) -> Answer:
    command = decline_command(deed.posted, item_id)
    try:
        case = commands.decline_offer(deed.session, deed.core.settings, deed.actor, command, deed.now)
    except BadInputError as bad:
        return Shown(case_page(deed, item_id, deed.posted, {"why_not": str(bad)}), bad.status)
    except (StaleError, RuleBrokenError) as late:
        return Shown(changed_page(deed, item_id), late.status)
    return deed.go("recognition:desk", flash=f"Not recognised: {case.item.title}, for {case.item.person}. {HEAR}")


@router.action("/recognition/items/{item_id}/take-back", access=ASSESSORS, holds=True)
def take_back(deed: Deed, item_id: int) -> Answer:
    command = take_back_command(deed.posted, item_id)
    try:
        commands.take_back_recognition(deed.session, deed.core.settings, deed.actor, command, deed.now)
    except BadInputError as bad:
        return Shown(case_page(deed, item_id, deed.posted, {"why_back": str(bad)}), bad.status)
    except StaleError as stale:
        return Shown(changed_page(deed, item_id), stale.status)
    return deed.go("recognition:case", flash=f"The recognition was taken back. {HEAR}", item_id=item_id)
