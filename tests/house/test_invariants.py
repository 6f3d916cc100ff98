"""A check that cannot fail proves nothing: each invariant is broken once, on purpose, and must be named."""

from datetime import date

import sqlalchemy as sa

from tests.assessment.course import Learner
from tests.invariants import broken, check_invariants
from tests.marking.work_writer import MINI_TASK, Writer, release
from tests.organisation.away import go_on_leave
from tests.world import World


def test_what_commands_do_keeps_every_invariant(world: World) -> None:
    person = world.hire("Ann", "O'Neill")
    world.partner("Rosie")
    world.move(person, world.team("Ward 8"))
    world.leave(person, date(2027, 1, 1))
    check_invariants(world.db)


def _broken(world: World, *statements: str) -> str:
    """What is said of the database after these statements, which are then taken back."""
    with world.db.write() as session:
        for statement in statements:
            session.execute(sa.text(statement))
        found = broken(session)
        session.rollback()
    return "\n".join(found)


def test_two_main_posts_on_one_day_are_named(world: World) -> None:
    person = world.hire(starts_on=date(2024, 1, 1))
    columns = "person_id, basis, employee_number, team_id, staff_group, job_role, band, is_primary, starts_on, ends_on"
    said = _broken(
        world,
        "UPDATE employment SET ends_on = '2026-06-01'",
        f"INSERT INTO employment ({columns}) SELECT person_id, basis, employee_number, team_id, staff_group, job_role,"
        " band, is_primary, '2026-05-01', NULL FROM employment",
    )
    assert f"person {person.id} holds two main posts" in said
    assert "no audit event" in said


def test_two_long_leaves_on_one_day_are_named(world: World) -> None:
    person = world.hire()
    go_on_leave(world, person, date(2026, 5, 1), date(2026, 6, 1))
    columns = "person_id, kind, recorded_by_id, recorded_at, starts_on, ends_on"
    said = _broken(
        world,
        f"INSERT INTO long_leave ({columns}) SELECT person_id, kind, recorded_by_id, recorded_at, '2026-05-31', NULL"
        " FROM long_leave",
    )
    assert f"person {person.id} is away twice on the same day" in said
    assert "no audit event" in said


def test_a_partner_in_a_post_is_named(world: World) -> None:
    world.hire()
    partner = world.partner()
    assert "1 partners stand in employment.person_id" in _broken(
        world, f"UPDATE employment SET person_id = {partner.id}"
    )


def test_two_routine_mails_within_a_week_are_named(world: World) -> None:
    person = world.hire()
    mail = (
        "INSERT INTO mail (key, person_id, routine, to_address, subject, body, made_at, not_before, tries, problem)"
        f" SELECT '{{key}}', {person.id}, true, '', '', '', made_at, made_at, 0, '' FROM person WHERE id = {person.id}"
    )
    assert "two routine mails" in _broken(world, mail.format(key="a"), mail.format(key="b"))
    assert _broken(world, mail.format(key="a")) == ""


def test_work_that_passed_without_counting_and_what_counts_without_having_passed_are_named(world: World) -> None:
    world.load_courses()
    writer = Writer(world, world.hire().id, *MINI_TASK).enrol()
    work = writer.handed_in()
    release(world, work, work.pass_mark)
    assert "no work of theirs passed" in _broken(world, "UPDATE piece_of_work SET passed = false")
    assert "it counts nowhere" in _broken(world, "DELETE FROM outcome")
    assert "points of 9" in _broken(world, "UPDATE piece_of_work SET points = 10")
    assert "none before it" in _broken(world, "UPDATE piece_of_work SET number = 2")


def test_a_value_kept_for_a_field_that_its_event_does_not_name_is_named(world: World) -> None:
    world.hire()
    assert "keeps a value of name" in _broken(world, "UPDATE audit_event SET fields = 'email' WHERE action = 'hire'")


def test_an_attempt_that_ended_before_it_began_and_an_adjustment_of_ones_own_are_named(world: World) -> None:
    person = world.hire()
    columns = "person_id, extra_time_percent, no_time_limit, extra_tries, arrangement, reason, starts_on, granted_by_id"
    own = (
        f"INSERT INTO adjustment ({columns}, granted_at, ended_at) SELECT id, 25, false, 0, '', '', '2026-11-23', id,"
        f" made_at, made_at FROM person WHERE id = {person.id}"
    )
    said = _broken(world, own)
    assert "decided by the very person whom it is for" in said
    assert "was ended by nobody, or at no moment" in said
    assert "came from nobody's deed" in said
    world.load_courses()
    attempt = Learner(world, person.id).start("check")
    said = _broken(world, "UPDATE attempt SET due_at = '2020-01-01 00:00:00'")
    assert f"attempt {attempt.id} ended before it began" in said


def test_a_reference_that_finds_no_row_is_named(world: World) -> None:
    """Neither database takes one while it looks."""
    world.hire()
    on_sqlite = world.settings.sqlite_path is not None
    looks_away = "PRAGMA defer_foreign_keys = ON" if on_sqlite else "SET LOCAL session_replication_role = replica"
    said = _broken(world, looks_away, "UPDATE employment SET team_id = 999999")
    assert "1 rows of employment whose team_id points at nothing" in said
