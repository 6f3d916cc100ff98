"""Rules of need: list, write, preview, save, end."""

from collections.abc import Mapping

from app.access.actor import Actor
from app.access.gates import Requires
from app.access.permissions import Permission
from app.capability.choosing import number_in
from app.capability.commands import EndRule, Ran, begin_rule, end_rule, previewed, previewed_end
from app.capability.commands.rule_checks import may_end
from app.capability.commands.ruling import STALE
from app.capability.forms import rule_in, typed_rule
from app.capability.pages.rule_form import RuleFormPage, RulePreviewPage
from app.capability.pages.rules import EndRulePage, RulePage, RulesPage
from app.capability.queries.places import places
from app.capability.queries.ruling import asked_by, counts_by_rule, rule_seen, rules_seen
from app.capability.queries.standings import matrix_tiers
from app.kernel.db import ReadSession
from app.kernel.errors import BadInputError, StaleError
from app.web.form import Invalid, Posted
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown, Steps, Visit
from app.web.words import plural

router = Router("capability")
SEES, SETS = Requires(Permission.SEE_CAPABILITY), Requires(Permission.SET_NEED)


@router.page("/teams/rules", access=SEES)
def rules(visit: Visit) -> Answer:
    counts = counts_by_rule(visit.session, visit.actor, visit.today)
    return RulesPage.of(rules_seen(visit.session, visit.actor), counts, visit.path_for, visit.today)


@router.page("/teams/rules/new", access=SETS)
def new_rule(visit: Visit, follows: str = "0") -> Answer:
    rule_id = number_in(follows)
    posted = typed_rule(rule_seen(visit.session, visit.actor, rule_id), visit.today) if rule_id else Posted({})
    return _form(visit, visit.session, posted)


@router.steps("/teams/rules/preview", access=SETS)
def preview_rule(steps: Steps) -> Answer:
    """It looks at everybody whom the rule could touch, so it holds up nobody who saves meanwhile."""
    with steps.core.db.read() as session:
        if steps.posted.get("edit"):
            return _form(steps, session, steps.posted)
        return _previewed(steps, session, steps.actor, steps.posted)


@router.action("/teams/rules/save", access=SETS, holds=True)
def save_rule(deed: Deed) -> Answer:
    command = rule_in(deed.posted, deed.today)
    if isinstance(command, Invalid):
        return _form(deed, deed.session, deed.posted, command.errors)
    try:
        ran = begin_rule(deed.session, deed.actor, command, deed.now)
    except BadInputError as wrong:
        return _form(deed, deed.session, deed.posted, wrong.errors)
    except StaleError:
        with deed.core.db.read() as session:  # without what this save had begun
            return _previewed(deed, session, deed.actor, deed.posted, stale=STALE)
    return deed.go("capability:rule", rule_id=ran.rule_id, flash=_said("The rule is saved.", ran))


@router.page("/teams/rules/{rule_id}", access=SEES)
def rule(visit: Visit, rule_id: int) -> Answer:
    row = rule_seen(visit.session, visit.actor, rule_id)
    asked = asked_by(visit.session, visit.actor, row, visit.today)
    return RulePage.of(row, asked, visit.path_for, visit.today, may_end=may_end(visit.session, visit.actor, row))


@router.page("/teams/rules/{rule_id}/end", access=SETS)
def end_rule_page(visit: Visit, rule_id: int) -> Answer:
    row, shown = previewed_end(visit.session, visit.actor, rule_id, visit.now)
    return EndRulePage.of(row, shown, visit.path_for)


@router.action("/teams/rules/{rule_id}/end", access=SETS)
def finish_rule(deed: Deed, rule_id: int) -> Answer:
    try:
        ran = end_rule(deed.session, deed.actor, EndRule(rule_id=rule_id, mark=deed.posted.get("mark", "")), deed.now)
    except StaleError:
        with deed.core.db.read() as session:  # without what this save had begun
            row, shown = previewed_end(session, deed.actor, rule_id, deed.now)
        return Shown(EndRulePage.of(row, shown, deed.path_for, stale=STALE), 409)
    return deed.go("capability:rules", flash=_said("The rule has ended.", ran))


def _said(done: str, ran: Ran) -> str:
    if ran.later:
        return f"{done} {plural(ran.changes, 'need')} will change within the next minutes, a part at a time."
    return f"{done} {plural(ran.changes, 'need')} changed." if ran.changes else f"{done} No need changed."


def _form(
    visit: Visit | Deed | Steps, session: ReadSession, posted: Posted, errors: Mapping[str, str] | None = None
) -> Answer:
    here = places(session, visit.actor, visit.today)
    page = RuleFormPage.of(posted, here, matrix_tiers(session), visit.path_for, errors)
    return Shown(page, 422) if errors else page


def _previewed(visit: Deed | Steps, session: ReadSession, actor: Actor, posted: Posted, stale: str = "") -> Answer:
    command = rule_in(posted, visit.today)
    if isinstance(command, Invalid):
        return _form(visit, session, posted, command.errors)
    try:
        rule, shown = previewed(session, actor, command, visit.now)
    except BadInputError as wrong:
        return _form(visit, session, posted, wrong.errors)
    level = next(t for t in matrix_tiers(session) if t.slug == rule.tier)
    here = places(session, actor, visit.today)
    page = RulePreviewPage.of(rule, shown, level, posted, here, visit.path_for, visit.today, stale=stale)
    return Shown(page, 409) if stale else page
