"""What the staff record promises: the past stays where it was, and nobody is in two places at once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM, ScopeKind
from app.access.permissions import Permission, Role
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.kernel.errors import BadInputError, NotFoundError, RuleBrokenError
from app.organisation.commands import (
    EndEmployment,
    Hire,
    Move,
    Rejoin,
    WelcomePartner,
    end_employment,
    hire,
    move,
    rejoin,
    welcome_partner,
)
from app.organisation.models import Trust
from app.organisation.queries import find_people, person_in_reach, person_record, posts_of
from app.organisation.rules import Basis
from tests.world import World

SEE = Permission.SEE_PEOPLE


def a_hire(world: World, **fields: object) -> Hire:
    start = Hire(
        given_name="Aoife",
        family_name="O’Neill",
        email="aoife@trust.example",
        employee_number="31",
        team_id=world.team().id,
        staff_group="Nursing and Midwifery Registered",
        job_role="Ward Manager",
        starts_on=date(2025, 4, 1),
    )
    return replace(start, **fields)  # type: ignore[arg-type]


def refused(world: World, command: Hire) -> dict[str, str]:
    with pytest.raises(BadInputError) as caught, world.db.write() as session:
        hire(session, SYSTEM, command, world.now)
    return caught.value.errors


def test_a_mover_counts_where_they_were_on_each_day(world: World) -> None:
    sam = world.hire("Sam", "Lee", starts_on=date(2024, 1, 8))
    rowan = world.team("Rowan", "Surgery")
    with world.db.write() as session:
        move(session, SYSTEM, Move(person_id=sam.id, team_id=rowan.id, on=date(2026, 3, 2)), world.now)
    with world.db.read() as session:
        before = person_in_reach(session, SYSTEM, SEE, sam.id, date(2026, 3, 1))
        after = person_in_reach(session, SYSTEM, SEE, sam.id, date(2026, 3, 2))
    assert (before.team, before.directorate) == ("Ward 7", "Medicine")
    assert (after.team, after.directorate, after.manager_id) == ("Rowan", "Surgery", None)
    assert after.employee_number == before.employee_number


def test_a_movers_old_directorate_no_longer_finds_them_and_the_new_one_does(world: World) -> None:
    sam = world.hire("Sam", "Lee")
    rowan = world.team("Rowan", "Surgery")
    old, new = world.hire("Hr", "Old"), world.hire("Hr", "New")
    world.grant(old, Role.HR, ScopeKind.DIRECTORATE, world.directorate("Medicine").id)
    world.grant(new, Role.HR, ScopeKind.DIRECTORATE, world.directorate("Surgery").id)
    with world.db.write() as session:
        move(session, SYSTEM, Move(person_id=sam.id, team_id=rowan.id, on=world.today), world.now)
    with world.db.read() as session:
        assert person_record(session, world.actor(new), SEE, sam.id, world.today).team == "Rowan"
        assert "Lee" not in str(find_people(session, world.actor(old), SEE, "lee", world.today))
        with pytest.raises(NotFoundError):
            person_record(session, world.actor(old), SEE, sam.id, world.today)


def test_somebody_cannot_hold_two_main_posts_on_one_day(world: World) -> None:
    sam = world.hire("Sam", "Lee")
    again = Rejoin(
        person_id=sam.id,
        employee_number="77",
        team_id=world.team("Rowan").id,
        staff_group="Healthcare Scientists",
        job_role="Scientist",
        starts_on=world.today,
    )
    with pytest.raises(RuleBrokenError, match="already have a main post"), world.db.write() as session:
        rejoin(session, SYSTEM, again, world.now)


def test_a_leaver_who_comes_back_keeps_their_history_and_may_bring_a_new_address(world: World) -> None:
    sam = world.hire("Sam", "Lee", email="sam@old.example")
    rowan = world.team("Rowan")
    with world.db.write() as session:
        end_employment(session, SYSTEM, EndEmployment(person_id=sam.id, on=date(2026, 6, 1)), world.now)
        rejoin(
            session,
            SYSTEM,
            Rejoin(
                person_id=sam.id,
                email="sam@new.example",
                employee_number="99",
                team_id=rowan.id,
                staff_group="Healthcare Scientists",
                job_role="Scientist",
                starts_on=date(2026, 9, 1),
            ),
            world.now,
        )
    with world.db.read() as session:
        assert [p.team for p in posts_of(session, sam.id)] == ["Rowan", "Ward 7"]
        assert person_record(session, SYSTEM, SEE, sam.id, date(2026, 7, 1)).team == "Ward 7"
        with pytest.raises(NotFoundError):
            person_in_reach(session, SYSTEM, SEE, sam.id, date(2026, 7, 1))
        assert person_record(session, SYSTEM, SEE, sam.id, world.today).email == "sam@new.example"


def test_everything_wrong_with_a_new_post_is_said_at_once_by_field(world: World) -> None:
    errors = refused(
        world,
        a_hire(
            world,
            basis=Basis.VOLUNTEER,
            employee_number=None,
            team_id=999,
            job_role=" ",
            manager_id=999,
            ends_on=date(2025, 4, 1),
        ),
    )
    assert set(errors) == {"sponsor_id", "team_id", "job_role", "manager_id", "ends_on"}


def test_people_who_are_not_employed_need_a_sponsor_who_works_here_and_an_end(world: World) -> None:
    gone = world.hire("Left", "Long ago", starts_on=date(2023, 1, 2), ends_on=date(2024, 1, 2))
    errors = refused(world, a_hire(world, basis=Basis.STUDENT, sponsor_id=gone.id, employee_number=None))
    assert set(errors) == {"sponsor_id", "ends_on"}
    here = world.hire("Still", "Here")
    fine = a_hire(world, basis=Basis.STUDENT, sponsor_id=here.id, employee_number=None, ends_on=date(2026, 4, 1))
    with world.db.write() as session:
        hire(session, SYSTEM, fine, world.now)


def test_an_employee_number_belongs_to_one_person_at_a_time(world: World) -> None:
    wanted = a_hire(world)
    with world.db.write() as session:
        first = hire(session, SYSTEM, wanted, world.now)
    assert set(refused(world, a_hire(world, email=None))) == {"employee_number"}
    later = replace(wanted, email=None, starts_on=date(2025, 9, 1))
    with world.db.write() as session:
        end_employment(session, SYSTEM, EndEmployment(person_id=first.id, on=date(2025, 9, 1)), world.now)
        hire(session, SYSTEM, later, world.now)


def test_an_address_is_refused_in_the_same_words_whoever_has_it(world: World) -> None:
    """Otherwise HR would learn from the message that somebody they cannot see has an account: a patient partner."""
    world.partner("Rosie", email="rosie@home.example")
    world.hire("Sam", "Lee", email="sam@trust.example")
    by_partner = refused(world, a_hire(world, email="ROSIE@home.example"))
    by_staff = refused(world, a_hire(world, email="Sam@trust.example"))
    assert by_partner == by_staff
    with pytest.raises(BadInputError), world.db.write() as session:
        welcome_partner(
            session,
            SYSTEM,
            WelcomePartner(name="Bo", email="sam@trust.example", contact_name="Mina", contact_phone="1"),
            world.now,
        )


@pytest.mark.parametrize(
    ("given", "family", "shown", "listed", "found_by"),
    [
        ("Aoife", "O’Neill", "Aoife O’Neill", "O’Neill, Aoife", "oneill"),
        ("Seán", "Ó Súilleabháin", "Seán Ó Súilleabháin", "Ó Súilleabháin, Seán", "o suilleabhain sean"),
        ("Linh", "Nguyễn", "Linh Nguyễn", "Nguyễn, Linh", "nguyen"),
        ("", "Sukarno", "Sukarno", "Sukarno", "SUKARNO"),
        ("Max\u202e", "<b>Bold</b>\t Lee", "Max <b>Bold</b> Lee", "<b>Bold</b> Lee, Max", "bold"),
        ("", "A" * 100, "A" * 100, "A" * 100, "a" * 100),
    ],
)
def test_names_are_kept_as_people_write_them_and_found_as_people_type_them(
    world: World, given: str, family: str, shown: str, listed: str, found_by: str
) -> None:
    wanted = a_hire(world, given_name=given, family_name=family)
    with world.db.write() as session:
        person = hire(session, SYSTEM, wanted, world.now)
    assert (person.name, person.list_name) == (shown, listed)
    with world.db.read() as session:
        assert [p.person_id for p in find_people(session, SYSTEM, SEE, found_by, world.today)] == [person.id]
        assert find_people(session, SYSTEM, SEE, "%", world.today) == []


def test_a_name_without_a_letter_or_longer_than_100_characters_is_refused(world: World) -> None:
    assert set(refused(world, a_hire(world, family_name=" ’ "))) == {"family_name"}
    assert set(refused(world, a_hire(world, family_name="A" * 101))) == {"family_name"}


def test_a_search_of_staff_finds_leavers_once_and_partners_never(world: World) -> None:
    lee = world.hire("Sam", "Lee", ends_on=date(2026, 1, 2))
    world.partner("Sam Lee")
    with world.db.read() as session:
        found = find_people(session, SYSTEM, SEE, "sam lee", world.today)
        by_number = find_people(session, SYSTEM, SEE, found[0].employee_number or "", world.today)
    assert [p.person_id for p in found] == [lee.id] == [p.person_id for p in by_number]


def test_each_deed_leaves_one_audit_event_and_says_when_staff_data_changed(world: World) -> None:
    sam = world.hire("Sam", "Lee")
    rowan = world.team("Rowan")
    world.later(hours=1)
    with world.db.write() as session:
        move(session, SYSTEM, Move(person_id=sam.id, team_id=rowan.id, on=world.today), world.now)
        leaving = EndEmployment(person_id=sam.id, on=world.today + timedelta(days=30))
        end_employment(session, SYSTEM, leaving, world.now)
    events = table(AuditEvent)
    with world.db.read() as session:
        actions = session.scalars(sa.select(events.c.action).where(events.c.subject_id == sam.id)).all()
        assert sorted(actions) == ["end employment", "hire", "move"]
        assert session.scalar(sa.select(table(Trust).c.staff_data_at)) == world.now


def test_hr_of_one_directorate_can_neither_hire_into_nor_move_into_another(world: World) -> None:
    sam = world.hire("Sam", "Lee")
    clerk = world.hire("Hr", "Here")
    world.grant(clerk, Role.HR, ScopeKind.DIRECTORATE, world.directorate("Medicine").id)
    elsewhere = world.team("Rowan", "Surgery")
    actor, wanted = world.actor(clerk), a_hire(world, team_id=elsewhere.id)
    with pytest.raises(BadInputError) as caught, world.db.write() as session:
        hire(session, actor, wanted, world.now)
    assert set(caught.value.errors) == {"team_id"}
    with pytest.raises(BadInputError), world.db.write() as session:
        move(session, actor, Move(person_id=sam.id, team_id=elsewhere.id, on=world.today), world.now)
