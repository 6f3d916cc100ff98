"""Both histories are kept: courses, levels, needs and accounts of two records become those of one person, and part."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.accounts.models import Credential, SignInSession
from app.accounts.queries import known_by_name
from app.capability.commands import welcome_starter
from app.capability.models import Requirement
from app.evidence.models import Certificate
from app.intake.models import PersonMergeRow
from app.intake.rules.merging import RowDeed
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.kernel.errors import RuleBrokenError
from app.learning.commands import Enrol, enrol
from app.learning.models import Award, AwardEvent, Enrolment, Outcome
from app.learning.queries import holdings
from app.learning.rules import AwardEventKind
from app.organisation.models import Person
from tests.evidence.scene import acting, certify, learn
from tests.intake.two_records import TwoRecords, two_records
from tests.world import World

SPRING, SUMMER = date(2026, 3, 3), date(2026, 7, 1)


@pytest.fixture
def sam(world: World) -> TwoRecords:
    world.load_courses()
    return two_records(world)


def levels(sam: TwoRecords, person: Person) -> dict[str, date]:
    with sam.world.db.read() as session:
        held = holdings(session, [person.id], sam.world.today).get(person.id, {})
    return {tier: holding.granted_on for tier, holding in held.items()}


def places(sam: TwoRecords, person: Person) -> list[dict[str, Any]]:
    return sam.rows(Enrolment, person_id=person.id)


def there_and_back(sam: TwoRecords) -> None:
    """Merged and taken apart at once, every row is as it was."""
    before = sam.everything()
    sam.undo(sam.merge())
    after = sam.everything()
    assert {name: (before[name], after[name]) for name in before if before[name] != after[name]} == {}


def test_what_the_merged_record_learned_is_the_staying_ones(sam: TwoRecords) -> None:
    certify(sam.world, sam.gone, learn(sam.world, sam.gone))
    there_and_back(sam)
    sam.merge()
    assert levels(sam, sam.kept) == {"induction": SPRING}
    assert levels(sam, sam.gone) == {}
    assert [row["completed_at"] is not None for row in places(sam, sam.kept)] == [True]
    assert len(sam.rows(Certificate, person_id=sam.kept.id)) == 1
    assert len(sam.rows(Outcome, person_id=sam.gone.id)) == 0


def test_two_halves_of_a_course_are_a_whole_one_and_two_halves_again(sam: TwoRecords) -> None:
    learn(sam.world, sam.kept, on=SPRING, last=5)
    learn(sam.world, sam.gone, on=SUMMER, first=3)
    there_and_back(sam)
    merge = sam.merge()
    assert levels(sam, sam.kept) == {"induction": SUMMER}
    assert sum(row["completed_at"] is not None for row in places(sam, sam.kept)) == 1
    sam.undo(merge)
    assert levels(sam, sam.kept) == levels(sam, sam.gone) == {}
    assert [row["closed_at"] for one in (sam.kept, sam.gone) for row in places(sam, one)] == [None, None]


def test_a_course_that_only_both_have_completed_is_not_taken_apart_once_a_certificate_says_so(sam: TwoRecords) -> None:
    learn(sam.world, sam.kept, on=SPRING, last=5)
    learn(sam.world, sam.gone, on=SUMMER, first=3)
    merge = sam.merge()
    [done] = [row["id"] for row in places(sam, sam.kept) if row["completed_at"]]
    certify(sam.world, sam.kept, done)
    before = sam.everything()
    with pytest.raises(RuleBrokenError, match="a certificate was issued"):
        sam.undo(merge)
    assert sam.everything() == before


def test_a_course_that_both_completed_is_held_once_with_the_later_day_as_a_refresh(sam: TwoRecords) -> None:
    learn(sam.world, sam.kept, on=SUMMER)
    learn(sam.world, sam.gone, on=SPRING)
    there_and_back(sam)
    sam.merge()
    [award] = sam.rows(Award, tier="induction", person_id=sam.kept.id)
    events = sam.rows(AwardEvent, award_id=award["id"])
    found = sorted((event["occurred_on"], event["kind"]) for event in events)
    assert found == [(SPRING, AwardEventKind.GRANTED), (SUMMER, AwardEventKind.REFRESHED)]
    assert [row["episode"] for row in places(sam, sam.kept)] in ([2, 1], [1, 2])


def test_the_same_thing_done_on_the_same_day_counts_once(sam: TwoRecords) -> None:
    learn(sam.world, sam.kept, last=3)
    learn(sam.world, sam.gone, last=4)
    there_and_back(sam)
    sam.merge()
    assert len(sam.rows(Outcome, person_id=sam.kept.id)) == 4
    assert len(sam.rows(PersonMergeRow, name="outcome", deed=RowDeed.REMOVED)) == 3 * 2


@pytest.mark.parametrize("swapped", [False, True])
def test_an_unused_place_steps_aside_for_a_completed_course(sam: TwoRecords, swapped: bool) -> None:
    fresh, known = (sam.kept, sam.gone) if swapped else (sam.gone, sam.kept)
    learn(sam.world, known)
    course_id = places(sam, known)[0]["course_id"]
    with sam.world.db.write() as session:
        enrol(session, acting(fresh), Enrol(course_id=course_id), sam.world.now)
    there_and_back(sam)
    sam.merge()
    assert [row["completed_at"] is not None for row in places(sam, sam.kept)] == [True]
    assert [row["closed_at"] for row in places(sam, sam.gone)] == [None]


def test_a_course_in_use_beside_a_completed_one_is_begun_again(sam: TwoRecords) -> None:
    learn(sam.world, sam.kept, on=SPRING)
    learn(sam.world, sam.gone, on=SUMMER, last=3)
    there_and_back(sam)
    sam.merge()
    first, again = sorted(places(sam, sam.kept), key=lambda row: row["episode"])
    assert (first["completed_at"] is not None, again["closed_at"]) == (True, None)
    assert again["counts_from"] == SPRING + timedelta(days=1)


def test_later_decisions_about_a_level_supersede_earlier_ones(sam: TwoRecords) -> None:
    with sam.world.db.write() as session:
        welcome_starter(session, SYSTEM, sam.gone.id, sam.world.now)
    sam.world.later(days=30)
    with sam.world.db.write() as session:
        welcome_starter(session, SYSTEM, sam.kept.id, sam.world.now)
    there_and_back(sam)
    merge = sam.merge()
    early, late = sorted(sam.rows(Requirement, person_id=sam.kept.id), key=lambda row: row["decided_at"])
    assert early["superseded_at"] == late["decided_at"]
    assert late["superseded_at"] is None
    sam.undo(merge)
    assert [row["superseded_at"] for row in sam.rows(Requirement)] == [None, None]


def test_nobody_signs_in_to_the_merged_record_and_its_address_is_free(sam: TwoRecords) -> None:
    browser = sam.world.client(sam.gone)
    assert browser.get("/account").status_code == 200
    name = sam.rows(Credential, person_id=sam.gone.id)[0]["username"]
    there_and_back_but_signed_out = sam.merge()
    assert browser.get("/account").status_code == 303
    assert all(row["ended_at"] for row in sam.rows(SignInSession, person_id=sam.gone.id))
    with sam.world.db.read() as session:
        assert known_by_name(session, name) is None
    assert sam.rows(Person, id=sam.gone.id)[0]["email"] is None
    assert sam.rows(Person, id=sam.kept.id)[0]["email"] == sam.kept.email
    sam.undo(there_and_back_but_signed_out)
    with sam.world.db.read() as session:
        assert known_by_name(session, name) is not None
    assert sam.rows(Person, id=sam.gone.id)[0]["email"] == sam.gone.email


def test_the_staying_record_takes_an_address_when_it_has_none(world: World) -> None:
    sam = two_records(world, kept={"email": None})
    there_and_back(sam)
    merge = sam.merge()
    assert sam.rows(Person, id=sam.kept.id)[0]["email"] == sam.gone.email
    sam.undo(merge)
    assert sam.rows(Person, id=sam.kept.id)[0]["email"] is None


def test_an_address_that_somebody_else_has_by_now_stays_with_them(world: World) -> None:
    sam = two_records(world)
    world.open_account(sam.gone)
    merge = sam.merge()
    world.hire("Ben", email=sam.gone.email)
    sam.undo(merge)
    assert sam.rows(Person, id=sam.gone.id)[0]["email"] is None


def test_a_merge_and_its_undo_are_each_written_down_once_and_what_was_done_before_is_not_rewritten(
    sam: TwoRecords,
) -> None:
    event = table(AuditEvent)
    wanted = sa.select(*event.c).where(event.c.subject_id == sam.gone.id)
    with sam.world.db.read() as session:
        before = session.execute(wanted).all()
    sam.undo(sam.merge())
    with sam.world.db.read() as session:
        assert session.execute(wanted).all() == before
    rows = sam.rows(AuditEvent, entity="person_merge")
    assert [(row["action"], row["subject_id"], row["actor_id"]) for row in rows] == [
        ("merge records", sam.kept.id, sam.hr.id),
        ("undo merge", sam.kept.id, sam.hr.id),
    ]
