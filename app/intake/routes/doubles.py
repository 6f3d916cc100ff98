"""Records that may be one person: found, looked at, merged, and taken apart again."""

from collections.abc import Mapping

from app.access.gates import Requires
from app.access.permissions import Permission
from app.intake.commands.merging import JudgeTwo, UndoMerge, judge_two, merge_people, take_back_judgement, undo_merge
from app.intake.forms.merging import MergeForm
from app.intake.pages.doubles import DoublesPage
from app.intake.pages.merges import MergePage, MergesPage
from app.intake.pages.pair import PairPage
from app.intake.queries.doubles import doubles as pairs_of
from app.intake.queries.merges import judged, one_merge
from app.intake.queries.merges import merges as merges_done
from app.intake.queries.pairs import side_by_side
from app.kernel.errors import BadInputError
from app.organisation.queries import one_person
from app.web.form import Invalid, tried
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown, Visit

router = Router("intake")

MANAGES = Requires(Permission.MANAGE_PEOPLE)


@router.page("/doubles", access=MANAGES)
def doubles(visit: Visit, q: str = "", page: str = "") -> Answer:
    return _list(visit, q, _number(page), {})


@router.page("/doubles/compare", access=MANAGES)
def compare(visit: Visit, one: str = "", other: str = "") -> Answer:
    typed = {"one": one[:100], "other": other[:100]}
    try:
        found = [_one(visit, typed[field], field) for field in typed]
    except BadInputError as error:
        return Shown(_list(visit, "", 1, typed, error.errors), 422)
    return visit.go("intake:pair", one_id=found[0], other_id=found[1])


@router.page("/doubles/{one_id}/{other_id}", access=MANAGES)
def pair(visit: Visit, one_id: int, other_id: int, stays: str = "") -> Answer:
    return _pair(visit, one_id, other_id, _number(stays))


@router.action("/doubles/{one_id}/{other_id}/merge", access=MANAGES, holds=True)
def merge_them(deed: Deed, one_id: int, other_id: int) -> Answer:
    def do(form: MergeForm) -> None:
        merge_people(deed.session, deed.actor, form.command(one_id, other_id), deed.now)

    stays = _number(deed.posted.get("stays", ""))
    if wrong := tried(MergeForm, deed.posted, do, "stays"):
        return Shown(_pair(deed, one_id, other_id, stays, wrong), 422)
    return deed.go("accounts:person", person_id=stays, flash="The two records are one. It can be undone under Merges.")


@router.action("/doubles/{one_id}/{other_id}/two", access=MANAGES)
def two_people(deed: Deed, one_id: int, other_id: int) -> Answer:
    judge_two(deed.session, deed.actor, JudgeTwo(one_id, other_id), deed.now)
    return deed.go("intake:doubles", flash="Two people: this pair is not listed again.")


@router.action("/doubles/{one_id}/{other_id}/again", access=MANAGES)
def look_again(deed: Deed, one_id: int, other_id: int) -> Answer:
    take_back_judgement(deed.session, deed.actor, JudgeTwo(one_id, other_id), deed.now)
    return deed.go("intake:pair", one_id=one_id, other_id=other_id, flash="The judgement is taken back.")


@router.page("/merges", access=MANAGES)
def merges(visit: Visit, page: str = "") -> Answer:
    number = max(_number(page), 1)
    found, total = merges_done(visit.session, visit.actor, number)
    return MergesPage.of(found, total, number, judged(visit.session, visit.actor), visit.path_for)


@router.page("/merges/{merge_id}", access=MANAGES)
def merge(visit: Visit, merge_id: int) -> Answer:
    return MergePage.of(one_merge(visit.session, visit.actor, merge_id))


@router.action("/merges/{merge_id}/undo", access=MANAGES)
def undo(deed: Deed, merge_id: int) -> Answer:
    undo_merge(deed.session, deed.actor, UndoMerge(merge_id), deed.now)
    return deed.go("intake:merge", merge_id=merge_id, flash="The merge is undone. There are two records again.")


def _list(
    visit: Visit, q: str, page: int, typed: Mapping[str, str], errors: Mapping[str, str] | None = None
) -> DoublesPage:
    words, number = " ".join(q.split())[:100], max(page, 1)
    pairs, total = pairs_of(visit.session, visit.actor, words, number)
    return DoublesPage.of(pairs, total, words, number, visit.path_for, typed, errors)


def _one(visit: Visit, words: str, field: str) -> int:
    found = one_person(visit.session, visit.actor, Permission.MANAGE_PEOPLE, words, visit.today, field)
    if found is None:
        raise BadInputError({field: "Enter a name, an e-mail address or an employee number"})
    return found


def _pair(visit: Visit | Deed, one_id: int, other_id: int, stays: int, invalid: Invalid | None = None) -> PairPage:
    found = side_by_side(visit.session, visit.actor, one_id, other_id, visit.now)
    typed = {"reason": invalid.values.get("reason", "")} if invalid else {}
    return PairPage.of(found, stays, typed, invalid.errors if invalid else None)


def _number(text: str) -> int:
    """A number in an address; 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else 0  # noqa: PLR2004
