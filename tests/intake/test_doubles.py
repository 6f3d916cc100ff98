"""Records that may be one person are listed with what speaks for and against; HR looks, judges, merges and undoes."""

import threading
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.access.permissions import Role
from app.accounts.commands import OpenAccount, open_account
from app.assessment.commands import GrantAdjustment, grant_adjustment
from app.assessment.models import Adjustment
from app.assessment.rules import Leeway
from app.intake.commands.merging import JudgeTwo, MergePeople, judge_two, merge_people, take_back_judgement
from app.intake.models import PersonMerge
from app.intake.queries.doubles import doubles
from app.intake.rules.doubles import speaks_against, speaks_for
from app.kernel.db import table
from app.kernel.errors import RuleBrokenError
from app.organisation.models import Person
from tests.client import document
from tests.intake.two_records import two_records
from tests.world import World


def listed(world: World, words: str = "") -> list[tuple[int, int]]:
    with world.db.read() as session:
        pairs, total = doubles(session, SYSTEM, words, 1)
    assert total == len(pairs)
    return [(pair.one.person_id, pair.other.person_id) for pair in pairs]


def said(world: World) -> tuple[list[str], list[str]]:
    with world.db.read() as session:
        [pair], _ = doubles(session, SYSTEM, "", 1)
    return (
        [one.words for one in speaks_for(pair.one, pair.other)],
        [one.words for one in speaks_against(pair.one, pair.other)],
    )


def pair(world: World, first: dict[str, Any], second: dict[str, Any]) -> tuple[int, int]:
    one, other = world.hire(**first), world.hire(**second)
    return one.id, other.id


def test_the_same_number_held_one_after_the_other_is_a_pair(world: World) -> None:
    found = pair(
        world,
        {"given_name": "Ana", "employee_number": "7", "starts_on": date(2020, 5, 1), "ends_on": date(2022, 1, 1)},
        {"given_name": "Bo", "employee_number": "7", "starts_on": date(2022, 1, 1)},
    )
    assert listed(world) == [found]
    speaks, against = said(world)
    assert "The same employee number: 7" in speaks
    assert any(words.startswith("One’s post begins") for words in speaks)
    assert any(words.startswith("Their names differ") for words in against)


def test_whoever_signs_in_with_the_address_of_another_is_a_pair_however_it_is_spelt(world: World) -> None:
    one = world.hire(email="Sam.Okoro@trust.example")
    with world.db.write() as session:
        open_account(session, SYSTEM, OpenAccount(person_id=one.id, username="Sam.Okoro@trust.example"), world.now)
    with world.db.write() as session:
        session.execute(sa.update(table(Person)).where(table(Person).c.id == one.id).values(email=None, email_key=None))
    other = world.hire(email="sam.okoro@TRUST.example")
    assert listed(world) == [(one.id, other.id)]
    assert any(words.startswith("The same address") for words in said(world)[0])


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ({}, {}, True),
        ({"team": "Ward 7"}, {"team": "Ward 8", "staff_group": "Students", "job_role": "Student"}, False),
        ({"team": "Ward 7"}, {"team": "Ward 8", "staff_group": "Students"}, True),
        ({"team": "Ward 7"}, {"team": "Ward 8", "job_role": "Matron"}, True),
    ],
)
def test_the_same_name_is_a_pair_only_beside_something_else(
    world: World, first: dict[str, Any], second: dict[str, Any], *, found: bool
) -> None:
    world.team("Ward 8")
    names = ({"given_name": "Zoë", "family_name": "O’Neill"}, {"given_name": "zoe", "family_name": "ONEILL"})
    places = [{**p, "team": world.team(p["team"])} if "team" in p else p for p in (first, second)]
    both = pair(world, names[0] | places[0], names[1] | places[1])
    assert listed(world) == ([both] if found else [])


def test_against_it_speaks_that_both_worked_and_signed_in_on_the_same_days(world: World) -> None:
    sam = {"given_name": "Sam", "family_name": "Okoro"}
    theatre = world.team("Theatre", "Surgery")
    one, other = pair(world, sam, sam | {"team": theatre, "staff_group": "Medical and Dental"})
    for person_id in (one, other):
        world.sign_in(person_id)
    _, against = said(world)
    assert [words.partition(" (")[0].partition(":")[0] for words in against] == [
        "Both worked on the same days in different main posts",
        "Different staff groups",
        "Both signed in during one week",
    ]


def test_a_pair_judged_to_be_two_people_is_not_listed_until_that_is_taken_back(world: World) -> None:
    sam = two_records(world)
    assert listed(world) == [(sam.kept.id, sam.gone.id)]
    for _ in range(2):
        with world.db.write() as session:
            judge_two(session, sam.actor, JudgeTwo(sam.gone.id, sam.kept.id), world.now)
    assert listed(world) == []
    with pytest.raises(RuleBrokenError, match="judged to be two people"):
        sam.merge()
    with world.db.write() as session:
        take_back_judgement(session, sam.actor, JudgeTwo(sam.kept.id, sam.gone.id), world.now)
    assert len(listed(world)) == 1


def test_merged_records_and_patient_partners_are_in_no_pair(world: World) -> None:
    sam = two_records(world)
    world.partner("Sam Okoro", email="sam@partner.example")
    sam.merge()
    assert listed(world) == []
    assert listed(world, "okoro") == []


def test_the_list_is_searched_by_name_and_number(world: World) -> None:
    sam = two_records(world, gone={"employee_number": "77000002"})
    for words, found in (("oko", 1), ("77000002", 1), ("77000003", 0), ("reid", 0)):
        assert len(listed(world, words)) == found, words
    assert sam.kept.id != sam.gone.id


def test_hr_merges_a_pair_on_its_page_and_undoes_it(world: World) -> None:
    sam = two_records(world, gone={"team": world.team("Theatre", "Surgery")})
    client = world.client(sam.hr)
    address = f"/doubles/{sam.kept.id}/{sam.gone.id}"
    assert address in client.get("/doubles").text
    page = client.get(address)
    assert "On days on which both held a main post" in document(page).text
    short = client.submit(page, "/merge", reason=" ")
    assert short.status_code == 422
    assert "Enter why these are one person" in document(short).text
    done = client.submit(page, "/merge", stays=sam.kept.id, reason="Entered by hand in May")
    assert done.headers["location"] == f"/people/{sam.kept.id}"
    assert "Theatre" in document(client.follow(done)).text
    assert client.get(f"/people/{sam.gone.id}").headers["location"] == f"/people/{sam.kept.id}"
    again = client.submit(page, "/merge", stays=sam.kept.id, reason="Entered by hand in May")
    assert again.status_code in {303, 422}
    merge = client.get(f"/merges/{sam.rows(PersonMerge)[0]['id']}")
    assert "Entered by hand in May" in document(merge).text
    undone = client.follow(client.submit(merge, "/undo"))
    assert "Undone on" in document(undone).text
    assert client.get(f"/people/{sam.gone.id}").status_code == 200


def test_two_records_that_share_nothing_can_be_compared(world: World) -> None:
    sam = two_records(world, gone={"family_name": "Adeyemi", "employee_number": "77000002"})
    client = world.client(sam.hr)
    found = client.get("/doubles/compare", params={"one": "okoro", "other": "77000002"})
    assert found.headers["location"] == f"/doubles/{sam.kept.id}/{sam.gone.id}"
    wrong = client.get("/doubles/compare", params={"one": "nobody at all", "other": ""})
    assert wrong.status_code == 422
    assert "Nobody here matches" in document(wrong).text
    assert "nobody at all" in wrong.text


def test_roles_are_shown_to_those_who_give_them_alone(world: World) -> None:
    sam = two_records(world)
    world.grant(sam.gone, Role.MARKER)
    address = f"/doubles/{sam.kept.id}/{sam.gone.id}"
    admin = world.with_role(Role.QI_ADMIN)
    assert "Marker" in document(world.client(admin).get(address)).text
    assert "Marker" not in document(world.client(sam.hr).get(address)).text


def test_roles_do_not_move_with_a_merge(world: World) -> None:
    sam = two_records(world)
    world.grant(sam.gone, Role.QI_ADMIN)
    sam.merge()
    assert [held.role for held in world.actor(sam.kept).held] == [Role.STAFF]


def test_an_adjustment_moves_without_a_word_and_whoever_granted_it_is_somebody_else(world: World) -> None:
    sam = two_records(world)
    admin = world.with_role(Role.QI_ADMIN)
    granted = GrantAdjustment(
        person_id=sam.gone.id,
        leeway=Leeway(percent=25),
        arrangement="",
        reason="nobody else’s business",
        starts_on=world.today,
    )
    with world.db.write() as session:
        grant_adjustment(session, world.actor(admin), granted, world.now)
    with pytest.raises(RuleBrokenError, match="these are two people"):
        sam.merge(kept=admin)
    merge = sam.merge()
    assert [row["person_id"] for row in sam.rows(Adjustment)] == [sam.kept.id]
    for address in (f"/merges/{merge.id}", f"/people/{sam.kept.id}"):
        assert "djustment" not in document(world.client(sam.hr).get(address)).text
    sam.undo(merge)
    assert [row["person_id"] for row in sam.rows(Adjustment)] == [sam.gone.id]


def test_of_two_who_merge_the_same_records_at_once_one_is_told_that_it_is_done(world: World) -> None:
    sam = two_records(world)
    actor, said_no, ready = sam.actor, list[str](), threading.Barrier(2)

    def do(kept: int, gone: int) -> None:
        ready.wait()
        try:
            with world.db.write() as session:
                asked = MergePeople(kept_id=kept, gone_id=gone, reason="one person")
                merge_people(session, actor, asked, world.now)
        except RuleBrokenError as error:
            said_no.append(str(error))

    ids = (sam.kept.id, sam.gone.id)
    both = [threading.Thread(target=do, args=pair) for pair in (ids, ids[::-1])]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert len(said_no) == 1
    assert "was merged already" in said_no[0]
    assert len(sam.rows(PersonMerge)) == 1
