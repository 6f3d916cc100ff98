"""Needs, a request, a pause that has run out, what a lead keeps and a download: for the house tests."""

from dataclasses import replace
from datetime import date, timedelta

from app.access.actor import SYSTEM
from app.capability.commands import (
    AskForLevel,
    BeginRule,
    Cell,
    MakeSelection,
    SaveView,
    SetNeeds,
    ask_for_level,
    begin_rule,
    make_selection,
    previewed,
    previewed_end,
    save_view,
    set_needs,
)
from app.capability.need_rules import By, Conditions, DueFrom
from app.capability.rules import Need, PauseReason
from app.kernel import spool
from app.learning.commands import GrantAward, grant_award
from tests.house.stage import HOSTILE, Cast
from tests.world import OPENED, World


def furnish(world: World, cast: Cast) -> None:
    lead = world.actor(cast.people["lead-own"])
    for person_id in (*cast.crowd, cast.sam):
        _decide(world, cast, person_id, "pocket-qi", Need.REQUIRED)
        _decide(world, cast, person_id, "board", Need.PAUSED)
        with world.db.write() as session:
            ask = AskForLevel(tier="qi-coach", why=f"Why {HOSTILE}")
            request = ask_for_level(session, world.actor(person_id), ask, world.now)
        cast.put("request_id", request.id)
    _turn(world, len(cast.crowd) + 1)
    _rule(world, cast)
    _keep(world, cast)
    with world.db.write() as session:
        export = spool.spool(
            session,
            world.settings.spool_dir,
            lead,
            kind="levels",
            about=f"Levels {HOSTILE}",
            file_name="levels.csv",
            media_type="text/csv",
            content=b"Person\r\n",
            rows=0,
            now=world.now,
        )
    cast.put("export_id", export.id, route="capability:download")


def _rule(world: World, cast: Cast) -> None:
    """A rule that asks everybody in the ward, and the marks of two previews: of ending it, and of another."""
    lead = world.actor(cast.people["lead-own"])
    command = BeginRule(
        name=f"Nurses {HOSTILE}",
        tier="senior-clinical-leaders",
        directorate_id=None,
        team_id=world.team(f"Ward 7 {HOSTILE}", f"Medicine {HOSTILE}").id,
        conditions=Conditions(job_roles=(f"Nurse {HOSTILE}",), bands=(f"5{HOSTILE}",)),
        by=By(DueFrom.REACHED, many=3),
        why=f"Because {HOSTILE}",
        starts_on=world.today,
    )
    with world.db.write() as session:
        _, shown = previewed(session, lead, command, world.now)
        ran = begin_rule(session, lead, replace(command, mark=shown.mark), world.now)
    cast.put("rule_id", ran.rule_id)
    seniors = BeginRule(
        name="Seniors",
        tier="improvement-leaders",
        directorate_id=world.directorate(f"Medicine {HOSTILE}").id,
        team_id=None,
        conditions=Conditions(band_from="8a"),
        by=By(DueFrom.DATE, on=date(2027, 3, 31)),
        why="Because",
        starts_on=world.today,
    )
    with world.db.read() as session:
        cast.put("rule_mark", previewed_end(session, lead, ran.rule_id, world.now)[1].mark)
        cast.put("seniors_mark", previewed(session, lead, seniors, world.now)[1].mark)


def _keep(world: World, cast: Cast) -> None:
    """A lead's own views and selections, more of them where there are more people."""
    lead = world.actor(cast.people["lead-own"])
    for one in range(len(cast.crowd) + 1):
        people = frozenset({cast.sam, *cast.crowd[:one]})
        with world.db.write() as session:
            view = save_view(session, lead, SaveView(f"View {one} {HOSTILE}", {"band": f"5{HOSTILE}"}), world.now)
            selection = make_selection(session, lead, MakeSelection(f"Chosen {one} {HOSTILE}", people), world.now)
    cast.put("view_id", view.id)
    cast.put("selection_id", selection.id)
    cast.put("tier", "improvement-leaders")


def _turn(world: World, how_many: int) -> None:
    """A month with people who joined, moved in, moved and left, to and from another directorate and within this one."""
    ward, other = (
        world.team(f"Ward 7 {HOSTILE}", f"Medicine {HOSTILE}"),
        world.team(f"Ward 8 {HOSTILE}", f"Medicine {HOSTILE}"),
    )
    theatres, first = world.team(f"Theatres {HOSTILE}", f"Surgery {HOSTILE}"), world.today.replace(day=2)
    words = {"job_role": f"Nurse {HOSTILE}", "band": f"5{HOSTILE}"}
    for one in range(how_many):
        came, moved, went, left = (
            world.hire(f"Turn{HOSTILE}", f"{one}{HOSTILE}", team=team, starts_on=began, **words)
            for team, began in ((ward, first), (theatres, OPENED), (ward, OPENED), (ward, OPENED))
        )
        with world.db.write() as session:
            command = GrantAward(person_id=left.id, tier="pocket-qi", occurred_on=OPENED, source=f"Before {HOSTILE}")
            grant_award(session, SYSTEM, command, world.now)
        world.move(moved, ward, first)
        world.move(went, theatres, first)
        world.move(came, other, first + timedelta(days=2))
        world.leave(left, first + timedelta(days=3))


def _decide(world: World, cast: Cast, person_id: int, tier: str, need: Need) -> None:
    lead = world.actor(cast.people["lead-own"])
    paused = need is Need.PAUSED
    command = SetNeeds(
        cells=(Cell(person_id, tier, 0),),
        need=need,
        due=world.today + timedelta(days=1 if paused else 90),
        pause_reason=PauseReason.CARER if paused else None,
        reason=f"Because {HOSTILE}",
    )
    with world.db.write() as session:
        decision = set_needs(session, lead, command, world.now)
    assert decision is not None
    cast.put("decision_id", decision.id)
