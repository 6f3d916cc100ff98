"""What a manager offered answers for so much and no more, and a refusal reaches whoever can plan anew."""

from datetime import date, timedelta

import pytest

from app.access.actor import SYSTEM
from app.capability.commands import Cell, SetNeeds, set_needs
from app.capability.rules import Need
from app.kernel.errors import StaleError
from app.organisation.models import Person
from app.planning.commands import ask_every_team
from app.planning.queries.releases import ReleaseRow
from tests.client import document
from tests.organisation.away import come_back, go_on_leave
from tests.planning.conftest import Planning
from tests.planning.test_time import APRIL, JANUARY, MARCH, NO, OTHER, YES, asked_of_larch, notices, plan_anew

END_OF_APRIL = date(2027, 4, 30)


def more(planning: Planning, due: date) -> Person:
    """Somebody else of Larch needs the level by a day."""
    world = planning.scene.world
    person = world.hire(team=world.team("Larch", "Medicine"))
    planning.scene.decide(person, due=due)
    return person


def by_month(planning: Planning) -> dict[date, ReleaseRow]:
    return {row.needed_month: row for row in planning.rows()}


def decided_by(planning: Planning, person: Person) -> None:
    cell = Cell(planning.learner.id, "pocket-qi", 0)
    command = SetNeeds(cells=(cell,), need=Need.REQUIRED, due=date(2027, 3, 31))
    world = planning.scene.world
    with world.db.write() as session:
        set_needs(session, world.actor(person), command, world.now)


def test_a_refusal_of_what_nobody_here_set_reaches_every_lead(planning: Planning) -> None:
    scene = planning.scene
    decided_by(planning, planning.admin)
    planning.ask()
    scene.world.leave(planning.admin, scene.world.today)
    planning.answer(planning.rows()[0], NO, reason="Two vacancies")
    assert {person for person, _ in notices(planning, "release-refused")} == {scene.lead.id, scene.other_lead.id}


def test_who_set_it_for_the_whole_trust_is_told_and_nobody_who_cannot_plan_anew(planning: Planning) -> None:
    decided_by(planning, planning.admin)
    planning.ask()
    planning.answer(planning.rows()[0], NO, reason="Two vacancies")
    assert [person for person, _ in notices(planning, "release-refused")] == [planning.admin.id]


def test_the_offer_does_not_answer_for_what_others_need_in_that_month(planning: Planning) -> None:
    """Two of March, and a third in April who was not asked for yet: the offer was for two."""
    asked_of_larch(planning)
    planning.answer(planning.rows()[0], OTHER, APRIL)
    more(planning, END_OF_APRIL)
    assert plan_anew(planning, by_month(planning)[MARCH].id, take=True) == 2
    [row] = planning.rows()
    assert (row.month, row.minutes, row.people, row.state.value) == (APRIL, 1260, 3, "asked")


def test_what_was_confirmed_in_the_offered_month_stays_confirmed(planning: Planning) -> None:
    asked_of_larch(planning)
    more(planning, END_OF_APRIL)
    planning.ask()
    planning.answer(by_month(planning)[APRIL], YES)
    planning.answer(by_month(planning)[MARCH], OTHER, APRIL)
    assert plan_anew(planning, by_month(planning)[MARCH].id, take=True) == 2
    [row] = planning.rows()
    assert (row.month, row.minutes, row.people, row.state) == (APRIL, 1260, 3, YES)
    assert (planning.unasked(), planning.ask()) == (0, 0)


def test_more_than_was_offered_is_asked_anew(planning: Planning) -> None:
    asked_of_larch(planning)
    planning.answer(planning.rows()[0], OTHER, APRIL)
    more(planning, date(2027, 3, 31))
    assert plan_anew(planning, planning.rows()[0].id, take=True) == 3
    [row] = planning.rows()
    assert (row.month, row.minutes, row.state.value) == (APRIL, 1260, "asked")


def test_one_month_of_a_level_that_takes_several_is_given_in_another_and_no_date_moves(planning: Planning) -> None:
    scene = planning.scene
    tier = next(t.slug for t in scene.board().tiers if t.release_minutes == 3600)
    scene.decide(scene.anna, tier=tier, due=date(2027, 6, 30))
    planning.ask()
    assert [row.month.month for row in planning.rows()] == [1, 2, 3, 4, 5, 6]
    planning.answer(by_month(planning)[JANUARY], OTHER, date(2027, 8, 1))
    assert plan_anew(planning, by_month(planning)[JANUARY].id, take=True) == 0
    assert scene.standing(scene.anna, tier).due == date(2027, 6, 30)
    taken = by_month(planning)[JANUARY]
    assert (taken.month, taken.minutes, taken.state) == (date(2027, 8, 1), 600, YES)
    assert [row.state.value for row in planning.rows()].count("asked") == 5
    assert (planning.unasked(), planning.ask()) == (0, 0)


def take_by_page(planning: Planning, release_id: int) -> tuple[str, str]:
    """What the page says before a lead takes the month that was offered, and what the next one says."""
    client = planning.scene.world.client(planning.scene.lead)
    page = client.get("/teams/time")
    [said] = [
        f.words for f in document(page).forms if f.action.endswith(f"/{release_id}/replan") and "take" in f.fields
    ]
    done = client.follow(client.post(f"/teams/time/{release_id}/replan", data={"take": "yes"}))
    return said, document(done).text


def test_where_no_date_moves_neither_the_offer_nor_what_was_done_says_that_one_does(planning: Planning) -> None:
    """A level spread over months: its only date is in June, and the hours of January are given in August."""
    scene = planning.scene
    tier = next(t.slug for t in scene.board().tiers if t.release_minutes == 3600)
    scene.decide(scene.anna, tier=tier, due=date(2027, 6, 30))
    planning.ask()
    planning.answer(by_month(planning)[JANUARY], OTHER, date(2027, 8, 1))
    for said in take_by_page(planning, by_month(planning)[JANUARY].id):
        assert "The hours move to August 2027. No date moves." in said


def test_how_many_dates_move_is_said_before_the_month_is_taken_and_after(planning: Planning) -> None:
    asked_of_larch(planning)
    planning.answer(planning.rows()[0], OTHER, APRIL)
    for said in take_by_page(planning, planning.rows()[0].id):
        assert "The hours move to April 2027. 2 dates in March 2027 move to 30 April 2027." in said


def test_hours_that_nobody_needs_any_more_are_not_promised_to_another_month(planning: Planning) -> None:
    asked_of_larch(planning)
    planning.answer(planning.rows()[0], OTHER, APRIL)
    planning.scene.decide(planning.scene.anna, planning.learner, need=Need.NOT_REQUIRED, due=None)
    for said in take_by_page(planning, planning.rows()[0].id):
        assert "Nobody needs these hours any more." in said


def test_more_is_never_asked_for_in_a_month_that_is_over(planning: Planning) -> None:
    asked_of_larch(planning)
    planning.answer(planning.rows()[0], OTHER, JANUARY)
    plan_anew(planning, planning.rows()[0].id, take=True)
    planning.scene.world.later(days=75)
    more(planning, date(2027, 3, 31))
    assert planning.ask() == 1
    [row] = planning.rows()
    assert (row.needed_month, row.month, row.state.value) == (MARCH, MARCH, "asked")


def test_nobody_is_asked_for_who_is_on_long_leave_until_they_are_back(planning: Planning) -> None:
    world = planning.scene.world
    planning.scene.decide(planning.scene.anna, planning.learner)
    leave = go_on_leave(world, planning.scene.anna, world.today)
    planning.ask()
    assert [(row.minutes, row.people) for row in planning.rows()] == [(420, 1)]
    world.later(days=10)
    come_back(world, leave, world.today)
    world.later(days=1)
    with world.db.write() as session:
        ask_every_team(session, world.settings, SYSTEM, world.now)
    assert sum(row.people for row in planning.rows()) == 2


def test_the_qi_team_that_plans_anew_too_late_is_told_what_stands(planning: Planning) -> None:
    asked_of_larch(planning)
    planning.answer(planning.rows()[0], NO, reason="Two vacancies")
    old = planning.rows()[0].id
    planning.answer(planning.rows()[0], YES)
    world = planning.scene.world
    answer = world.client(planning.admin).post(f"/teams/time/{old}/replan", data={"due": "30 June 2027"})
    assert answer.status_code == 409
    with pytest.raises(StaleError):
        plan_anew(planning, old, due=world.today + timedelta(days=90))
