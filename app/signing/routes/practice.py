"""A level used in practice: told, decided, or named by whoever may confirm it."""

from collections.abc import Mapping

from app.access.gates import Requires
from app.access.permissions import Permission
from app.curriculum.queries import edition_names, tiers
from app.kernel.errors import BadInputError, StaleError
from app.organisation.queries import on_leave, person_in_reach
from app.signing import commands, queries
from app.signing.forms import UseDecisionForm, UseForm
from app.signing.pages.practice import NamedUsePage, PracticePage
from app.signing.pages.uses import UsesPage
from app.web.form import Invalid
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown, Visit

router = Router("signing")
LEARNERS = Requires(Permission.LEARN, Permission.LEARN_AS_PARTNER)
DECIDERS = Requires(Permission.LEARN)
LEADS = Requires(Permission.SEE_CAPABILITY)
TOLD = "You have told of it. You see here what becomes of it."
TAKEN_BACK = "You took it back. Nobody is asked any more."


@router.page("/used-in-practice", access=DECIDERS)
def uses(visit: Visit) -> Answer:
    return UsesPage.of(*queries.uses_for(visit.session, visit.actor, visit.now), visit.today)


@router.page("/used-in-practice/{tier}", access=LEARNERS)
def practice(visit: Visit, tier: str) -> Answer:
    return _page(visit, tier)


@router.action("/used-in-practice/{tier}/tell", access=LEARNERS, holds=True)
def tell_use(deed: Deed, tier: str) -> Answer:
    form = UseForm.parse(deed.posted)
    if isinstance(form, Invalid):
        return Shown(_page(deed, tier, deed.posted, form.errors), 422)
    try:
        commands.tell_use(deed.session, deed.core.settings, deed.actor, form.command(tier), deed.now)
    except BadInputError as bad:
        return Shown(_page(deed, tier, deed.posted, bad.errors), bad.status)
    except StaleError as stale:
        return Shown(_page(deed, tier, deed.posted, changed=True), stale.status)
    return deed.go("signing:practice", flash=TOLD, tier=tier)


@router.action("/used-in-practice/{tier}/withdraw", access=LEARNERS)
def withdraw_use(deed: Deed, tier: str) -> Answer:
    try:
        commands.withdraw_use(deed.session, deed.actor, tier, deed.now)
    except StaleError as stale:
        return deed.go("signing:practice", flash=str(stale), tier=tier)
    return deed.go("signing:practice", flash=TAKEN_BACK, tier=tier)


@router.action("/used-in-practice/decide/{use_id}", access=DECIDERS, holds=True)
def decide_use(deed: Deed, use_id: int) -> Answer:
    if not queries.is_asked(deed.session, deed.actor, use_id, deed.today):
        return Shown(_waiting(deed, use_id, changed=True), 404)
    form = UseDecisionForm.parse(deed.posted)
    if isinstance(form, Invalid):
        return Shown(_waiting(deed, use_id, form.errors), 422)
    try:
        use = commands.decide_use(deed.session, deed.core.settings, deed.actor, form.command(use_id), deed.now)
    except BadInputError as bad:
        return Shown(_waiting(deed, use_id, bad.errors), bad.status)
    except StaleError as stale:
        return Shown(_waiting(deed, use_id, changed=True), stale.status)
    done = "Confirmed" if form.decision == "confirm" else "Sent back"
    return deed.go("signing:uses", flash=f"{done}: {use.person}. They see it on their page.")


@router.page("/teams/people/{person_id}/used-in-practice/{tier}", access=LEADS)
def named_use(visit: Visit, person_id: int, tier: str) -> Answer:
    return _named(visit, person_id, tier)


@router.action("/teams/people/{person_id}/used-in-practice/{tier}", access=LEADS, holds=True)
def confirm_use(deed: Deed, person_id: int, tier: str) -> Answer:
    form = UseForm.parse(deed.posted)
    if isinstance(form, Invalid):
        return Shown(_named(deed, person_id, tier, deed.posted, form.errors), 422)
    command = form.confirming(person_id, tier)
    try:
        use = commands.confirm_use(deed.session, deed.core.settings, deed.actor, command, deed.now)
    except BadInputError as bad:
        return Shown(_named(deed, person_id, tier, deed.posted, bad.errors), bad.status)
    return deed.go("signing:named_use", flash=f"Confirmed: {use.what}.", person_id=person_id, tier=tier)


def _page(
    visit: Visit | Deed,
    tier: str,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    *,
    changed: bool = False,
) -> PracticePage:
    session, me = visit.session, visit.actor.person_id
    uses = queries.uses_of(session, me, tier)
    held = queries.level_told_of(session, me, tier, uses, visit.today)
    return PracticePage.of(
        _title(visit, tier),
        tier,
        held,
        uses,
        queries.confirmers(session, [me], visit.today).of(me),
        edition_names(session),
        visit.actor,
        visit.core.settings,
        visit.path_for,
        visit.today,
        away=on_leave(session, me, visit.today),
        typed=typed,
        errors=errors,
        changed=changed,
    )


def _title(visit: Visit | Deed, slug: str) -> str:
    return next(tier.title for tier in tiers(visit.session) if tier.slug == slug)


def _waiting(deed: Deed, use_id: int, errors: Mapping[str, str] | None = None, *, changed: bool = False) -> UsesPage:
    found, comment = queries.uses_for(deed.session, deed.actor, deed.now), deed.posted.get("comment", "").strip()
    return UsesPage.of(*found, deed.today, about=use_id, comment=comment, errors=errors, changed=changed)


def _named(
    visit: Visit | Deed,
    person_id: int,
    tier: str,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> NamedUsePage:
    session = visit.session
    person = person_in_reach(session, visit.actor, Permission.SEE_CAPABILITY, person_id, visit.today)
    queries.check_confirms(session, visit.actor, person_id, visit.today)
    held = queries.held_level(session, person_id, tier, visit.today)
    return NamedUsePage.of(
        person,
        _title(visit, tier),
        tier,
        held,
        queries.uses_of(session, person_id, tier),
        edition_names(session),
        visit.path_for,
        visit.today,
        away=on_leave(session, person_id, visit.today),
        reader=visit.actor.person_id,
        typed=typed,
        errors=errors,
    )
