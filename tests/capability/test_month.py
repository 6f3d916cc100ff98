"""A lead sees who joined, moved and left in a month where they lead, and what each needs or takes along."""

from datetime import date

import pytest

from app.access.actor import SYSTEM, ScopeKind
from app.access.permissions import Role
from app.capability.month import Month, Turn
from app.capability.queries.month import EVERY_DIRECTORATE, MonthFound, month_of
from app.capability.rules import Need
from app.kernel.errors import NotFoundError
from app.organisation.commands import CloseTeam, Rejoin, close_team, rejoin
from app.organisation.models import Person
from tests.capability.conftest import Count, Scene
from tests.client import document

NOVEMBER = Month(date(2026, 11, 1))


def seen(scene: Scene, by: Person | None = None, directorate: int = 0, month: Month = NOVEMBER) -> MonthFound:
    with scene.world.db.read() as session:
        found = month_of(session, scene.actor(by), directorate, month, scene.world.now)
    assert found is not None
    return found


def told(found: MonthFound) -> set[tuple[str, str, str]]:
    """Who did what on which day."""
    return {(e.list_name.split(",")[0], e.turn.value, f"{e.on:%d %b}") for e in found.events}


def page(scene: Scene, by: Person | None = None, **query: str) -> str:
    return document(scene.world.client(by or scene.lead).get("/teams/month", params=query)).text


def come_back(scene: Scene, person: Person, team: str, on: date) -> None:
    place = scene.world.team(team, "Medicine").id
    command = Rejoin(
        person_id=person.id, team_id=place, starts_on=on, employee_number=f"R{person.id}",
        job_role="Staff Nurse", band="5", staff_group="Nursing and Midwifery Registered",
    )  # fmt: skip
    with scene.world.db.write() as session:
        rejoin(session, SYSTEM, command, scene.world.now)


def test_a_month_holds_its_first_day_and_not_the_next_months() -> None:
    assert Month.of(date(2026, 12, 31)).next == date(2027, 1, 1)
    assert [NOVEMBER.holds(day) for day in (date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 30))] == [
        False,
        True,
        True,
    ]
    assert (NOVEMBER.back(11).key, NOVEMBER.next) == ("2025-12", date(2026, 12, 1))


def test_joiners_movers_and_leavers_are_told_from_main_posts(scene: Scene) -> None:
    world = scene.world
    larch, rowan, theatre = world.team("Larch"), world.team("Rowan"), world.team("Theatre", "Surgery")
    world.hire("New", "First", team=larch, starts_on=date(2026, 11, 1))
    world.hire("New", "October", team=larch, starts_on=date(2026, 10, 31))
    world.hire("New", "Last", team=larch, starts_on=date(2026, 11, 30))
    world.hire("New", "December", team=larch, starts_on=date(2026, 12, 1))
    world.move(world.hire("In", "Comer", team=theatre), larch, date(2026, 11, 9))
    world.move(world.hire("Out", "Goer", team=larch), theatre, date(2026, 11, 16))
    world.move(world.hire("Round", "Within", team=larch), rowan, date(2026, 11, 2))
    world.move(world.hire("Up", "Riser", team=larch), larch, date(2026, 11, 3), job_role="Ward Manager", band="7")
    world.leave(world.hire("Old", "Leaver", team=larch), date(2026, 12, 1))
    world.leave(world.hire("Old", "Earlier", team=larch), date(2026, 11, 1))
    assert told(seen(scene)) == {
        ("First", "joined", "01 Nov"),
        ("Last", "joined", "30 Nov"),
        ("Comer", "moved-in", "09 Nov"),
        ("Goer", "moved-out", "16 Nov"),
        ("Within", "within", "02 Nov"),
        ("Riser", "within", "03 Nov"),
        ("Leaver", "left", "30 Nov"),
    }
    assert told(seen(scene, month=NOVEMBER.back(1))) == {("October", "joined", "31 Oct"), ("Earlier", "left", "31 Oct")}


def test_somebody_who_comes_back_is_a_joiner_with_a_past(scene: Scene) -> None:
    person = scene.world.hire("Re", "Joiner", team=scene.world.team("Larch"))
    scene.world.leave(person, date(2026, 9, 1))
    come_back(scene, person, "Rowan", date(2026, 11, 5))
    assert told(seen(scene)) == {("Joiner", "joined", "05 Nov")}
    assert "Came back: worked here until Sep 2026" in page(scene)


def test_whoever_goes_along_when_a_team_is_succeeded_did_not_move(scene: Scene) -> None:
    world = scene.world
    old, new = world.team("Elm"), world.team("Elm and Ash")
    for _ in range(3):
        world.hire(team=old)
    with world.db.write() as session:
        close_team(session, SYSTEM, CloseTeam(team_id=old.id, on=date(2026, 11, 10), successor_id=new.id), world.now)
    assert {e.turn for e in seen(scene).events} == {Turn.WENT_ALONG}
    said = page(scene)
    assert "Elm became Elm and Ash on 10 November 2026, with 3 people." in said
    assert "nobody joined, moved or left so far" in said


def test_what_is_beyond_a_leads_reach_is_not_named(scene: Scene) -> None:
    world = scene.world
    world.move(world.hire("In", "Comer", team=world.team("Theatre", "Surgery")), world.team("Larch"), date(2026, 11, 9))
    world.move(world.hire("Out", "Goer", team=world.team("Larch")), world.team("Theatre", "Surgery"), date(2026, 11, 9))
    mine, theirs = page(scene), page(scene, world.with_role(Role.QI_ADMIN), directorate=str(scene.directorate_id))
    assert "From another directorate" in mine
    assert "To another directorate" in mine
    assert "Theatre" not in mine
    assert "From Theatre, Surgery" in theirs
    assert "To Theatre, Surgery" in theirs


def test_the_qi_team_sees_the_trust_and_nobody_comes_to_it_from_elsewhere(scene: Scene) -> None:
    world = scene.world
    world.move(world.hire("In", "Comer", team=world.team("Theatre", "Surgery")), world.team("Larch"), date(2026, 11, 9))
    world.leave(scene.stranger, date(2026, 11, 9))
    admin = world.with_role(Role.QI_ADMIN)
    assert told(seen(scene, admin, EVERY_DIRECTORATE)) == {("Comer", "within", "09 Nov"), ("Kim", "left", "08 Nov")}
    said = page(scene, admin)
    assert "The whole trust, November 2026: 1 changed team or post, 1 left." in said
    assert "moved in" not in said


def test_what_a_joiner_needs_is_said_as_in_the_grid_and_leads_to_its_cells(scene: Scene) -> None:
    world = scene.world
    new = world.hire("New", "Joiner", team=world.team("Larch"), starts_on=date(2026, 11, 2))
    scene.complete(new, "induction", date(2026, 11, 6))
    answer = world.client(scene.lead).get("/teams/month")
    found = document(answer)
    assert "For 1 person who came no lead has set a need yet." in found.text
    assert "Induction: completed Nov 2026" in found.text
    assert "No need set yet: " in found.text
    team_id, place = world.team("Larch").id, scene.directorate_id
    assert f'href="/teams?directorate={place}&amp;team={team_id}#p{new.id}"' in answer.text
    scene.decide(new, tier="pocket-qi")
    said = page(scene)
    assert "Pocket QI: required by 31 Mar, no place offered yet" in said
    assert "no lead has set a need" not in said


def test_who_no_longer_works_here_shows_no_needs(scene: Scene) -> None:
    world = scene.world
    gone = world.hire("Short", "Stay", team=world.team("Larch"), starts_on=date(2026, 11, 2))
    scene.decide(gone, tier="pocket-qi", need=Need.REQUIRED)
    world.move(gone, world.team("Theatre", "Surgery"), date(2026, 11, 16))
    soon = world.hire("Next", "Week", team=world.team("Larch"), starts_on=date(2026, 11, 30))
    answer = world.client(scene.lead).get("/teams/month")
    said = document(answer).text
    assert "No longer in your teams." in said
    assert "required by" not in said
    assert "What they need can be set from 30 November 2026 on." in said
    assert f"/teams/people/{gone.id}" not in answer.text
    assert f"/teams/people/{soon.id}" not in answer.text


def test_a_leaver_takes_levels_along_and_the_page_says_which_nobody_else_holds(scene: Scene) -> None:
    world, larch = scene.world, scene.world.team("Larch")
    leaver, stays = world.hire("Old", "Leaver", team=larch), world.hire(team=larch)
    goes_too = world.hire("Also", "Gone", team=larch)
    for person, tier in ((leaver, "pocket-qi"), (leaver, "qi-coach"), (stays, "pocket-qi"), (goes_too, "qi-coach")):
        scene.complete(person, tier, date(2026, 3, 2))
    scene.complete(world.hire(team=world.team("Rowan")), "qi-coach", date(2026, 3, 2))
    world.leave(leaver, date(2026, 11, 14))
    world.leave(goes_too, date(2026, 11, 14))
    found = seen(scene)
    [mine] = [lost for (person_id, _), lost in found.lost.items() if person_id == leaver.id]
    assert {(one.tier.slug, one.only_one) for one in mine} == {("pocket-qi", False), ("qi-coach", True)}
    assert "nobody who stays in Larch holds it" in page(scene)


def test_what_somebody_learnt_after_they_went_is_not_shown_to_those_they_left(scene: Scene) -> None:
    world = scene.world
    person = world.hire("Out", "Goer", team=world.team("Larch"))
    world.move(person, world.team("Theatre", "Surgery"), date(2026, 11, 9))
    scene.complete(person, "pocket-qi", date(2026, 11, 9))
    assert list(seen(scene).lost.values()) == [()]
    assert "No level held." in page(scene)


def test_a_month_that_is_not_ours_to_show_is_missing(scene: Scene) -> None:
    client = scene.world.client(scene.lead)
    theirs = scene.world.directorate("Surgery").id
    with scene.world.db.read() as session, pytest.raises(NotFoundError):
        month_of(session, scene.actor(), theirs, NOVEMBER, scene.world.now)
    for query in (
        f"directorate={theirs}", "directorate=999999", "directorate=x", "month=2026-12", "month=1999-12",
        "month=2026-1", "month=x", "month=2026-11-01", "month=2026-13",
    ):  # fmt: skip
        assert client.get(f"/teams/month?{query}").status_code == 404, query
    assert client.get("/teams/month?month=2000-01").status_code == 200


def test_months_are_chosen_by_links(scene: Scene) -> None:
    client = scene.world.client(scene.lead)
    links = document(client.get("/teams/month")).links
    assert {"October 2026", "June 2026", "Earlier"} <= set(links)
    assert "November 2026" not in links
    earlier = document(client.get(links["Earlier"]))
    assert "Medicine, May 2026: nobody joined, moved or left." in earlier.text
    assert {"This month", "April 2026"} <= set(earlier.links)


def test_the_first_screen_counts_the_month_and_each_number_opens_its_list(scene: Scene) -> None:
    world = scene.world
    client = world.client(scene.lead)
    nobody = document(client.get("/teams")).links
    assert "Nobody joined, moved or left in November 2026 so far" in nobody
    for day in (2, 3):
        world.hire(team=world.team("Larch"), starts_on=date(2026, 11, day))
    world.leave(scene.ben, date(2026, 11, 9))
    links = document(client.get("/teams")).links
    assert links["2 joined"] == f"/teams/month?directorate={scene.directorate_id}#joined"
    assert links["1 left"].endswith("#left")
    assert 'id="left"' in client.get(links["1 left"]).text


def test_what_is_still_to_come_is_said_so(scene: Scene) -> None:
    world = scene.world
    world.hire(team=world.team("Larch"), starts_on=date(2026, 11, 23))
    world.hire(team=world.team("Larch"), starts_on=date(2026, 11, 24))
    for on in (date(2026, 11, 23), date(2026, 11, 24)):
        world.leave(world.hire(team=world.team("Larch")), on)
    assert "November 2026: 1 joined, 1 will join, 1 left, 1 will leave." in page(scene)


def test_a_lead_of_one_team_sees_that_team_alone(scene: Scene) -> None:
    world, larch = scene.world, scene.world.team("Larch")
    ward_lead = world.hire(team=larch)
    world.grant(ward_lead, Role.LEAD, ScopeKind.TEAM, larch.id)
    world.hire("New", "Elsewhere", team=world.team("Rowan"), starts_on=date(2026, 11, 2))
    world.move(world.hire("In", "Comer", team=world.team("Rowan")), larch, date(2026, 11, 9))
    assert told(seen(scene, ward_lead)) == {("Comer", "moved-in", "09 Nov")}
    said = page(scene, ward_lead)
    assert "From another team of this directorate" in said
    assert "Rowan" not in said


def test_the_page_costs_the_same_for_one_and_for_many(scene: Scene, statements: Count) -> None:
    world = scene.world

    def happen() -> None:
        new = world.hire(team=world.team("Larch"), starts_on=date(2026, 11, 2))
        scene.complete(new, "pocket-qi", date(2026, 11, 3))
        world.move(world.hire(team=world.team("Theatre", "Surgery")), world.team("Rowan"), date(2026, 11, 9))
        world.leave(world.hire(team=world.team("Larch")), date(2026, 11, 9))

    happen()
    client = world.client(scene.lead)
    few = {path: statements(lambda path=path: client.get(path)) for path in ("/teams", "/teams/month")}  # type: ignore[misc]
    for _ in range(6):
        happen()
    assert {path: statements(lambda path=path: client.get(path)) for path in few} == few  # type: ignore[misc]
