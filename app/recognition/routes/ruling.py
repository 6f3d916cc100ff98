"""Rules of recognition."""

from collections.abc import Mapping

from app.access.gates import Requires
from app.access.permissions import Permission
from app.curriculum.queries import tiers
from app.kernel.errors import BadInputError
from app.recognition import commands, queries
from app.recognition.forms import RuleForm
from app.recognition.pages.ruling import RuleCheckPage, RulePage, RulesPage
from app.recognition.rules import key_of
from app.web.form import Invalid, tried
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown, Visit

router = Router("recognition")
ASSESSORS = Requires(Permission.RECOGNISE)


@router.page("/recognition/rules", access=ASSESSORS)
def rules(visit: Visit) -> Answer:
    return _page(visit, {})


@router.action("/recognition/rules/check", access=ASSESSORS)
def check_rule(deed: Deed) -> Answer:
    form = RuleForm.parse(deed.posted)
    if isinstance(form, Invalid):
        return Shown(_page(deed, form.values, form.errors), 422)
    command = form.command()
    if errors := commands.wrong_rule(deed.session, deed.actor, command):
        return Shown(_page(deed, deed.posted, errors), BadInputError.status)
    provider, title, me = key_of(command.provider), key_of(command.title), deed.actor.person_id
    found = queries.matches(deed.session, provider, title, but=me)
    return RuleCheckPage.of(command, found, tiers(deed.session))


@router.action("/recognition/rules", access=ASSESSORS, holds=True)
def keep_rule(deed: Deed) -> Answer:
    wrong = tried(
        RuleForm,
        deed.posted,
        lambda form: commands.keep_rule(deed.session, deed.actor, form.command(), deed.now),
        "title",
    )
    if wrong:
        return Shown(_page(deed, wrong.values, wrong.errors), 422)
    return deed.go("recognition:rules", flash="The rule is kept. It stands beside every item that it fits.")


@router.page("/recognition/rules/{rule_id}", access=ASSESSORS)
def rule(visit: Visit, rule_id: int) -> Answer:
    queries.may_assess(visit.actor)
    found = queries.rule_by_id(visit.session, rule_id)
    me = visit.actor.person_id
    return RulePage.of(found, queries.matches(visit.session, found.provider_key, found.title_key, but=me))


@router.action("/recognition/rules/{rule_id}/end", access=ASSESSORS)
def end_rule(deed: Deed, rule_id: int) -> Answer:
    commands.end_rule(deed.session, deed.actor, commands.EndRule(rule_id=rule_id), deed.now)
    return deed.go("recognition:rules", flash="The rule is ended. What was recognised by it stands.")


def _page(visit: Visit | Deed, values: Mapping[str, str], errors: Mapping[str, str] | None = None) -> RulesPage:
    queries.may_assess(visit.actor)
    return RulesPage.of(queries.rules_in_force(visit.session), tiers(visit.session), values, errors)
