"""Needs ask teams for time to learn; whoever manages a team answers, and its lead plans anew."""

import threading
from datetime import date

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.capability.rules import Need
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.kernel.errors import BadInputError, DomainError, NotFoundError, StaleError
from app.kernel.outbox import Notice
from app.organisation.models import Person
from app.planning.commands import Replan, ask_every_team, replan
from app.planning.models import Release
from app.planning.rules import ReleaseState
from tests.planning.conftest import Planning

MARCH, APRIL, JANUARY = date(2027, 3, 1), date(2027, 4, 1), date(2027, 1, 1)
_notice, _event = table(Notice), table(AuditEvent)
YES, OTHER, NO = ReleaseState.CONFIRMED, ReleaseState.OTHER_DATE, ReleaseState.CANNOT


def notices(planning: Planning, kind: str) -> list[tuple[int, str]]:
    with planning.scene.world.db.read() as session:
        rows = session.execute(sa.select(_notice.c.person_id, _notice.c.line).where(_notice.c.kind == kind))
        return [(row[0], row[1]) for row in rows]


def plan_anew(planning: Planning, release_id: int, **change: object) -> int | None:
    """How many needs got another date."""
    world = planning.scene.world
    command = Replan(release_id=release_id, **change)  # type: ignore[arg-type]
    with world.db.write() as session:
        return replan(session, world.settings, planning.scene.actor(), command, world.now).moved


def asked_of_larch(planning: Planning) -> None:
    """Anna and Lou of Larch and Ben of Rowan need Pocket QI by 31 March."""
    planning.scene.decide(planning.scene.anna, planning.learner, planning.scene.ben)
    planning.ask()


def test_a_need_asks_its_team_for_the_hours_of_its_level_in_the_month_of_its_date(planning: Planning) -> None:
    planning.scene.decide(planning.scene.anna, planning.learner, planning.scene.ben)
    assert planning.unasked() == 2
    assert planning.ask() == 2
    assert (planning.unasked(), planning.ask()) == (0, 0), "asking twice changes nothing"
    [row] = planning.rows()
    assert (row.team, row.month, row.minutes, row.people, row.state) == ("Larch", MARCH, 840, 2, ReleaseState.ASKED)
    told = notices(planning, "release-asked")
    assert [person for person, _ in told] == [planning.manager.id]
    assert "Larch is asked to release 14 hours" in told[0][1]


def test_whoever_holds_the_level_or_is_past_the_date_asks_for_nothing(planning: Planning) -> None:
    scene = planning.scene
    scene.decide(scene.anna, planning.learner)
    scene.complete(scene.anna, "pocket-qi", date(2026, 11, 1))
    planning.ask()
    assert [(r.minutes, r.people) for r in planning.rows()] == [(420, 1)]
    scene.world.later(days=200)
    assert planning.rows() == []
    said = scene.world.client(scene.lead).get("/teams/time").text
    assert "1 need is past the date" in said


def test_an_answer_stays_when_less_is_needed_and_more_is_asked_anew(planning: Planning) -> None:
    scene = planning.scene
    asked_of_larch(planning)
    planning.answer(planning.rows()[0], YES)
    scene.complete(scene.anna, "pocket-qi", scene.world.today)
    assert planning.ask() == 0
    [row] = planning.rows()
    assert (row.minutes, row.state, row.answered_by) == (420, YES, planning.manager.name)
    scene.decide(scene.world.hire("New", "Comer", team=scene.world.team("Larch", "Medicine")))
    assert planning.ask() == 1
    [row] = planning.rows()
    assert (row.minutes, row.state, row.answered_by) == (840, ReleaseState.ASKED, None)


def test_nothing_that_was_asked_or_answered_is_lost(planning: Planning) -> None:
    asked_of_larch(planning)
    planning.answer(planning.rows()[0], NO, reason="Two vacancies")
    planning.answer(planning.rows()[0], OTHER, APRIL)
    with planning.scene.world.db.read() as session:
        kept = session.scalars(
            sa.select(Release).where(table(Release).c.people == 2).order_by(table(Release).c.id)
        ).all()
        deeds = session.scalars(sa.select(_event.c.action).where(_event.c.entity == "release")).all()
    assert [(r.state, r.superseded_at is None) for r in kept] == [
        (ReleaseState.ASKED, False),
        (NO, False),
        (OTHER, True),
    ]
    assert sorted(deeds) == ["answer about time to learn"] * 2 + ["ask for time to learn"] * 2


def test_only_those_who_manage_or_lead_the_team_may_answer(planning: Planning) -> None:
    scene = planning.scene
    asked_of_larch(planning)
    [row] = planning.rows()
    for stranger in (scene.neighbour, planning.learner, scene.anna):
        assert planning.rows(stranger) == []
        with pytest.raises(NotFoundError):
            planning.answer(row, YES, by=stranger)
    assert {r.team for r in planning.rows(scene.lead)} == {"Larch", "Rowan"}
    planning.answer(row, YES, by=scene.lead)


def test_whoever_reaches_the_whole_trust_sees_every_answer_and_gives_none(planning: Planning) -> None:
    asked_of_larch(planning)
    assert planning.rows(planning.admin) == []
    client, place = planning.scene.world.client(planning.admin), planning.scene.directorate_id
    assert "14 hours" in client.get(f"/teams/time?directorate={place}").text
    assert (
        planning.scene.world.client(planning.scene.neighbour).get(f"/teams/time?directorate={place}").status_code == 404
    )


def test_a_manager_who_no_longer_manages_anybody_there_can_answer_no_more(planning: Planning) -> None:
    asked_of_larch(planning)
    planning.scene.world.leave(planning.learner, planning.scene.world.today)
    assert planning.rows() == []


@pytest.mark.parametrize(
    ("state", "other", "field"),
    [(NO, None, "reason"), (OTHER, None, "other_month"), (OTHER, MARCH, "other_month"),
     (OTHER, date(2026, 10, 1), "other_month"), (OTHER, date(2028, 5, 1), "other_month"),
     (OTHER, date(9999, 12, 1), "other_month"), (ReleaseState.ASKED, None, "answer")],
)  # fmt: skip
def test_an_answer_says_what_a_lead_needs_to_plan_anew(
    planning: Planning, state: ReleaseState, other: date | None, field: str
) -> None:
    asked_of_larch(planning)
    with pytest.raises(BadInputError) as wrong:
        planning.answer(planning.rows()[0], state, other)
    assert set(wrong.value.errors) == {field}


def test_the_lead_is_told_and_takes_the_month_that_was_offered(planning: Planning) -> None:
    scene = planning.scene
    asked_of_larch(planning)
    planning.answer(planning.rows()[0], OTHER, APRIL, "The ward moves in March")
    told = notices(planning, "release-refused")
    assert [person for person, _ in told] == [scene.lead.id]
    assert "offers April 2027 for Larch" in told[0][1]
    assert "The ward moves" not in told[0][1], "the reason stays on the page"
    assert plan_anew(planning, planning.rows()[0].id, take=True) == 2
    [row] = planning.rows()
    assert (row.month, row.state, row.answered_by) == (APRIL, YES, planning.manager.name)
    assert scene.standing(scene.anna).due == date(2027, 4, 30)
    assert (planning.unasked(), planning.ask()) == (0, 0)


def test_an_earlier_month_is_taken_without_moving_a_date(planning: Planning) -> None:
    scene = planning.scene
    asked_of_larch(planning)
    planning.answer(planning.rows()[0], OTHER, JANUARY)
    assert plan_anew(planning, planning.rows()[0].id, take=True) == 0
    [row] = planning.rows()
    assert (row.needed_month, row.month, row.state) == (MARCH, JANUARY, YES)
    assert scene.standing(scene.anna).due == date(2027, 3, 31)
    assert (planning.unasked(), planning.ask()) == (0, 0), "the month that was taken stands"
    scene.world.later(days=75)
    assert (planning.unasked(), planning.ask()) == (0, 0), "also once it is over and the date is still to come"


def test_where_nothing_can_be_released_the_lead_moves_the_dates_and_the_team_is_asked_again(
    planning: Planning,
) -> None:
    scene = planning.scene
    scene.decide(scene.anna, planning.learner, reason="For the new service")
    planning.ask()
    planning.answer(planning.rows()[0], NO, reason="Two vacancies")
    assert plan_anew(planning, planning.rows()[0].id, due=date(2027, 6, 30)) == 2
    [row] = planning.rows()
    assert (row.month, row.state) == (date(2027, 6, 1), ReleaseState.ASKED)
    standing = scene.standing(scene.anna)
    assert (standing.need, standing.due) == (Need.REQUIRED, date(2027, 6, 30))
    assert "For the new service" in scene.world.client(scene.lead).get(f"/teams/people/{scene.anna.id}").text


def test_a_lead_elsewhere_cannot_plan_anew_and_a_new_date_is_a_date(planning: Planning) -> None:
    world = planning.scene.world
    asked_of_larch(planning)
    planning.answer(planning.rows()[0], NO, reason="Two vacancies")
    [row] = planning.rows()
    for change in ({}, {"due": date(2020, 1, 1)}, {"take": True}):
        with pytest.raises(BadInputError):
            plan_anew(planning, row.id, **change)
    command, neighbour = (
        Replan(release_id=row.id, due=date(2027, 6, 30)),
        planning.scene.actor(planning.scene.neighbour),
    )
    with world.db.write() as session, pytest.raises(NotFoundError):
        replan(session, world.settings, neighbour, command, world.now)


def test_the_night_asks_every_team_and_a_second_time_changes_nothing(planning: Planning) -> None:
    world = planning.scene.world
    planning.scene.decide(planning.scene.anna)
    for expected in (1, 0):
        with world.db.write() as session:
            assert ask_every_team(session, world.settings, SYSTEM, world.now) == expected


def test_an_answer_to_what_is_asked_no_longer_is_not_saved_and_nothing_written_is_lost(planning: Planning) -> None:
    world = planning.scene.world
    asked_of_larch(planning)
    old = planning.rows()[0]
    planning.answer(old, YES)
    with pytest.raises(StaleError):
        planning.answer(old, NO, reason="Two vacancies")
    answer = world.client(planning.manager).post(
        f"/time-to-learn/{old.id}", data={"answer": "cannot", "reason": "Two vacancies"}
    )
    assert answer.status_code == 409
    assert "You had written: “Two vacancies”" in answer.text


def test_two_answers_at_once_leave_one_that_stands(planning: Planning) -> None:
    asked_of_larch(planning)
    [row] = planning.rows()
    done: list[object] = []

    def give(by: Person, state: ReleaseState) -> None:
        try:
            planning.answer(row, state, reason="Two vacancies", by=by)
            done.append("answered")
        except DomainError as error:
            done.append(type(error))

    threads = [
        threading.Thread(target=give, args=pair) for pair in ((planning.manager, YES), (planning.scene.lead, NO))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, done)) == sorted(["answered", str(StaleError)])
    assert len(planning.rows()) == 1


def test_the_month_that_is_asked_for_is_not_offered_as_another_one_and_whoever_sends_it_is_told(
    planning: Planning,
) -> None:
    asked_of_larch(planning)
    manager = planning.scene.world.client(planning.manager)
    page = manager.get("/time-to-learn").text
    assert ('value="2027-03"' in page, 'value="2027-04"' in page) == (False, True)
    answer = {"answer": "other_date", "other_month": "2027-03"}
    wrong = manager.post(f"/time-to-learn/{planning.rows()[0].id}", data=answer)
    assert wrong.status_code == 422
    assert "March 2027 is the month that is asked for. Choose another month" in wrong.text


def test_the_pages_lead_from_a_need_to_an_answer_to_a_new_plan(planning: Planning) -> None:
    scene = planning.scene
    world = scene.world
    lead, manager = world.client(scene.lead), world.client(planning.manager)
    scene.decide(scene.anna, planning.learner)
    assert "Ask now" in lead.get("/teams/time").text
    lead.post("/teams/time/ask")
    assert "/time-to-learn" in manager.get("/my-skills").text
    assert "/time-to-learn" not in world.client(scene.anna).get("/my-skills").text
    page = manager.get("/time-to-learn").text
    assert "14 hours for Pocket QI, for 2 people" in page
    for name in ("Anna", "Lou"):
        assert name not in page, "a manager reads how many, and no names"
    release_id = planning.rows()[0].id
    wrong = manager.post(f"/time-to-learn/{release_id}", data={"answer": "cannot", "reason": ""})
    assert (wrong.status_code, "Write why it cannot be done" in wrong.text) == (422, True)
    manager.post(f"/time-to-learn/{release_id}", data={"answer": "cannot", "reason": "Two vacancies"})
    said = lead.get("/teams/time").text
    assert "Two vacancies" in said
    release_id = planning.rows()[0].id
    bad = lead.post(f"/teams/time/{release_id}/replan", data={"due": "soon", "reason": "Kept words"})
    assert (bad.status_code, "Kept words" in bad.text) == (422, True)
    lead.post(f"/teams/time/{release_id}/replan", data={"due": "30 June 2027"})
    assert scene.standing(scene.anna).due == date(2027, 6, 30)
    assert "June 2027" in lead.get("/teams/time").text
