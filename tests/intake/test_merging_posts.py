"""Merged, a person counts once on every day, and no day loses them; taken apart, everything is as it was."""

from datetime import date
from pathlib import Path

import pytest

from app.intake.commands.merging import MergePeople, merge_people
from app.kernel.errors import BadInputError, NotFoundError, RuleBrokenError
from app.organisation.models import Employment
from tests.intake.staff_file import Importing, row
from tests.intake.two_records import two_records
from tests.world import World

DAY = date


def test_one_post_after_the_other_is_one_history(world: World) -> None:
    theatre = world.team("Theatre", "Surgery")
    sam = two_records(
        world,
        kept={"starts_on": DAY(2025, 1, 1)},
        gone={"team": theatre, "starts_on": DAY(2020, 5, 1), "ends_on": DAY(2024, 12, 31)},
    )
    sam.merge()
    assert sam.posts(sam.gone) == []
    assert sam.posts(sam.kept) == [
        ("Theatre", DAY(2020, 5, 1), DAY(2024, 12, 31), True),
        ("Ward 7", DAY(2025, 1, 1), None, True),
    ]


def test_on_days_on_which_both_held_a_main_post_the_person_counts_where_the_staying_record_says(world: World) -> None:
    sam = two_records(
        world,
        kept={"starts_on": DAY(2022, 1, 1), "ends_on": DAY(2023, 1, 1)},
        gone={"team": world.team("Theatre", "Surgery"), "starts_on": DAY(2021, 1, 1)},
    )
    days = [DAY(2021, 6, 1), DAY(2022, 6, 1), DAY(2023, 6, 1)]
    before = [sam.headcount(day) for day in days]
    assert before == [{"Surgery": 1}, {"Medicine": 1, "Surgery": 1}, {"Surgery": 1}]
    merge = sam.merge()
    assert [sam.headcount(day) for day in days] == [{"Surgery": 1}, {"Medicine": 1}, {"Surgery": 1}]
    assert sam.posts(sam.kept) == [
        ("Theatre", DAY(2021, 1, 1), DAY(2022, 1, 1), True),
        ("Ward 7", DAY(2022, 1, 1), DAY(2023, 1, 1), True),
        ("Theatre", DAY(2022, 1, 1), DAY(2023, 1, 1), False),
        ("Theatre", DAY(2023, 1, 1), None, True),
    ]
    sam.undo(merge)
    assert [sam.headcount(day) for day in days] == before
    assert sam.posts(sam.gone) == [("Theatre", DAY(2021, 1, 1), None, True)]


def test_an_end_that_came_after_the_merge_holds_for_the_post_that_goes_back(world: World) -> None:
    sam = two_records(world, gone={"team": world.team("Theatre", "Surgery")})
    merge = sam.merge()
    world.later(days=10)
    world.leave(sam.kept)
    world.later(days=1)
    sam.undo(merge)
    [(_, _, ends_on, main)] = sam.posts(sam.gone)
    assert (ends_on, main) == (world.today.replace(day=world.today.day - 1), True)


def test_so_it_does_for_a_post_that_was_divided(world: World) -> None:
    sam = two_records(
        world,
        kept={"starts_on": DAY(2022, 1, 1), "ends_on": DAY(2023, 1, 1)},
        gone={"team": world.team("Theatre", "Surgery"), "starts_on": DAY(2021, 1, 1)},
    )
    merge = sam.merge()
    world.later(days=10)
    world.leave(sam.kept)
    sam.undo(merge)
    assert sam.posts(sam.gone) == [("Theatre", DAY(2021, 1, 1), world.today, True)]


def test_reports_of_the_merged_record_have_the_staying_one_as_their_manager_and_nobody_is_their_own(
    world: World,
) -> None:
    sam = two_records(world)
    ben = world.hire("Ben", manager_id=sam.gone.id)
    world.move(sam.kept, world.team("Theatre", "Surgery"), manager_id=sam.gone.id)
    merge = sam.merge()
    assert [post["manager_id"] for post in sam.rows(Employment, person_id=ben.id)] == [sam.kept.id]
    assert {post["manager_id"] for post in sam.rows(Employment, person_id=sam.kept.id)} == {None}
    sam.undo(merge)
    assert [post["manager_id"] for post in sam.rows(Employment, person_id=ben.id)] == [sam.gone.id]


def test_later_files_find_the_staying_record_under_both_numbers_in_any_order(world: World, tmp_path: Path) -> None:
    sam = two_records(world, kept={"employee_number": "77000001"}, gone={"employee_number": "77000002"})
    sam.merge()
    hr = Importing(world, tmp_path)
    for number in ("77000002", "77000001", "77000002"):
        world.later(days=1)
        shown = hr.look(row(number, "Okoro", given="Sam"), whole="changes")
        assert shown.plan.problems == ()
        assert shown.checked.seen
        assert {line.person_id for line in shown.plan.lines} <= {sam.kept.id}
        hr.apply(shown)
        assert sam.posts(sam.gone) == []
        assert sam.headcount(world.today) == {"Medicine": 1}


def test_a_file_that_was_looked_at_before_a_merge_is_looked_at_again(world: World, tmp_path: Path) -> None:
    sam = two_records(world)
    hr = Importing(world, tmp_path)
    before = hr.look(row("30000001"), whole="changes").picture.moved
    merge = sam.merge()
    after = hr.look(row("30000001"), whole="changes").picture.moved
    sam.undo(merge)
    assert len({before, after, hr.look(row("30000001"), whole="changes").picture.moved}) == 3


def test_merging_is_refused_in_words_where_it_cannot_be(world: World) -> None:
    sam = two_records(world)
    with pytest.raises(RuleBrokenError, match="own record"):
        sam.merge(kept=sam.hr)
    with pytest.raises(NotFoundError):
        sam.merge(gone=sam.kept)
    merge = sam.merge()
    with pytest.raises(RuleBrokenError, match="was merged already"):
        sam.merge()
    with pytest.raises(RuleBrokenError, match="was merged already"):
        sam.merge(kept=sam.gone, gone=world.hire())
    sam.undo(merge)
    with pytest.raises(RuleBrokenError, match="was undone already"):
        sam.undo(merge)


def test_a_merge_that_another_was_built_on_is_undone_after_it(world: World) -> None:
    sam = two_records(world)
    third = world.hire("Sam", "Okoro")
    first = sam.merge()
    second = sam.merge(gone=third)
    with pytest.raises(RuleBrokenError, match="Undo the later merge first"):
        sam.undo(first)
    sam.undo(second)
    sam.undo(first)
    assert [len(sam.posts(one)) for one in (sam.kept, sam.gone, third)] == [1, 1, 1]


def test_a_patient_partner_is_never_part_of_it(world: World) -> None:
    sam = two_records(world)
    rosie = world.partner("Sam Okoro")
    for kept, gone in ((sam.kept, rosie), (rosie, sam.kept)):
        with pytest.raises(NotFoundError):
            sam.merge(kept, gone)


def test_only_whoever_looks_after_the_whole_trust_merges(world: World) -> None:
    sam = two_records(world)
    for other in (world.hire(), world.lead("Medicine")):
        with pytest.raises(NotFoundError):
            sam.merge(by=other)


def test_a_merge_without_a_reason_is_not_done(world: World) -> None:
    sam = two_records(world)
    for reason in ("", "  ", "x" * 301):
        asked = MergePeople(kept_id=sam.kept.id, gone_id=sam.gone.id, reason=reason)
        with pytest.raises(BadInputError), world.db.write() as session:
            merge_people(session, sam.actor, asked, world.now)
