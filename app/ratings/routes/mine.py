"""A member of staff's own view, what others say of them, and with whom they share theirs."""

from collections.abc import Mapping
from datetime import datetime

from app.access.gates import Requires
from app.access.permissions import Permission
from app.curriculum.queries import competencies, judgements, levels
from app.kernel.errors import BadInputError, NotFoundError
from app.ratings import commands, queries, sheet
from app.ratings.forms import ONLY, own_command, own_levels_command, to_rater_command
from app.ratings.pages.levels import MyLevelsPage
from app.ratings.pages.mine import MinePage
from app.ratings.rules import Voice
from app.ratings.wording import level_names
from app.web import csv
from app.web.download import File, hand_over
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown, Steps, Visit

router = Router("ratings")
STAFF = Requires(Permission.LEARN)


@router.page("/ratings/mine", access=STAFF)
def mine(visit: Visit) -> Answer:
    return _page(visit)


@router.action("/ratings/mine/say", access=STAFF, holds=True)
def say(deed: Deed) -> Answer:
    try:
        commands.rate_myself(deed.session, deed.actor, own_command(deed.posted), deed.now)
    except BadInputError as bad:
        return Shown(_page(deed, typed=deed.posted, errors=bad.errors), bad.status)
    return deed.go("ratings:mine", flash="Saved. What you said before is kept below, with its dates.")


@router.action("/ratings/mine/share/{with_id}", access=STAFF)
def share(deed: Deed, with_id: int) -> Answer:
    name = commands.share_with(deed.session, deed.actor, with_id, deed.now)
    return deed.go("ratings:mine", flash=f"{name} can now see your own view.")


@router.action("/ratings/mine/keep/{with_id}", access=STAFF)
def keep(deed: Deed, with_id: int) -> Answer:
    commands.stop_sharing(deed.session, deed.actor, with_id, deed.now)
    return deed.go("ratings:mine", flash="What you say from now on is not shared. What you had shared stays so.")


@router.action("/ratings/mine/notes/{with_id}", access=STAFF, holds=True)
def write(deed: Deed, with_id: int) -> Answer:
    try:
        commands.write_to_rater(deed.session, deed.actor, to_rater_command(deed.posted, with_id), deed.now)
    except BadInputError as bad:
        return Shown(_page(deed, with_id, deed.posted, bad.errors), bad.status)
    return deed.go("ratings:mine", flash="Written. You two can read it.")


@router.page("/ratings/mine/all", access=STAFF)
def my_levels(visit: Visit) -> Answer:
    return _levels(visit)


@router.action("/ratings/mine/all/save", access=STAFF, holds=True)
def save_my_levels(deed: Deed) -> Answer:
    try:
        commands.rate_myself(deed.session, deed.actor, own_levels_command(deed.posted), deed.now)
    except BadInputError as bad:
        return Shown(_levels(deed, errors=bad.errors), bad.status)
    if deed.request.headers.get("HX-Request"):
        return _levels(deed, deed.now, only=deed.posted.get(ONLY, ""))
    return deed.go("ratings:mine", flash="Saved.")


@router.steps("/ratings/mine/download", access=STAFF, makes_file=True)
def download_mine(steps: Steps) -> Answer:
    with steps.core.db.read() as session:
        queries.must_be_on(session)
        voices, notes = queries.my_voices(session, steps.actor), queries.notes_of(session, steps.actor.person_id)
        content, rows = sheet.content(voices, notes, competencies(session), level_names(levels(session)))
    file = File(
        kind="ratings",
        about="My ratings",
        name=f"my-ratings-{steps.today:%Y-%m-%d}.csv",
        media_type=csv.MEDIA_TYPE,
        content=content,
        rows=rows,
        subject_id=steps.actor.person_id,
    )
    return hand_over(steps, file)


def _page(
    visit: Visit | Deed,
    about: int = 0,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> MinePage:
    session, me = visit.session, visit.actor.person_id
    agreement = queries.standing_agreement(session)
    if agreement is None:
        raise NotFoundError("ratings")
    return MinePage.of(
        queries.my_voices(session, visit.actor),
        queries.record_of(session, me, visit.today, answers=True),
        queries.raters_of(session, me, visit.today),
        queries.open_shares(session, me),
        queries.notes_of(session, me),
        competencies(session),
        levels(session),
        judgements(session),
        agreement,
        visit.core.settings.ratings_kept_days,
        about=about,
        typed=typed,
        errors=errors,
    )


def _levels(
    visit: Visit | Deed, saved_at: datetime | None = None, errors: Mapping[str, str] | None = None, *, only: str = ""
) -> MyLevelsPage:
    queries.must_be_on(visit.session)
    voices = queries.my_voices(visit.session, visit.actor)
    said = {row.about: row.said for row in voices.rows if row.voice is Voice.OWN and row.holds and row.about}
    action = visit.path_for("ratings:save_my_levels")
    return MyLevelsPage.of(competencies(visit.session), levels(visit.session), said, action, saved_at, errors, only)
