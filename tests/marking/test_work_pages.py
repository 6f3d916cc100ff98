"""A task as its learner meets it: read first, write, check, hand in, wait, read what was said."""

from pathlib import Path

from app.marking.rules import MarkPlace
from tests.client import HouseClient, document
from tests.marking.work_course import write_course
from tests.marking.work_writer import AUTOSAVE, WORDS, Writer, fields, mark
from tests.world import World

HOSTILE = "</textarea><script>alert(1)</script>{{7*7}} ' \" O’Neill \u202e"


def test_every_point_stands_there_before_a_word_is_written(browser: HouseClient, writer: Writer) -> None:
    page = document(browser.get(writer.path))
    assert page.h1 == "A small task"
    assert "Not begun" in page.text
    for words in (
        "It has a number",
        "A digit is enough.",
        "It has a day",
        "The idea is small",
        "One shift.",
        "2: Small",
    ):
        assert words in page.text
    assert "It is judged by 3 points that give 4 in all. With 2 you pass." in page.text
    assert "One person marks it. They read your words without your name." in page.text
    assert "You can write up to 200 characters" in page.text


def test_the_page_says_who_marks_and_how_often_one_may_try(world: World, tmp_path: Path) -> None:
    world.load_courses(write_course(tmp_path / "two", markers=2, resubmissions=1, release="together"))
    two = Writer(world, world.hire().id).enrol()
    said = document(world.client(two.person_id).get(two.path)).text
    assert "Two people mark it and do not see each other’s marks. Where they differ, a third decides." in said
    assert "Everybody’s results come out on the same day." in said
    assert "If it does not pass, you can hand it in again once." in said


def test_from_the_first_word_to_handed_in(browser: HouseClient, writer: Writer) -> None:
    page = browser.get(writer.path)
    to_check = browser.submit(
        page, writer.path, button=("then", "check"), **{f"part-{p}": words for p, words in WORDS.items()}
    )
    check = browser.follow(to_check)
    assert document(check).h1 == "Check your work"
    for words in WORDS.values():
        assert words in document(check).text
    handed_in = browser.follow(browser.submit(check, "/hand-in"))
    said = document(handed_in).text
    assert "Handed in 09:00." in said
    assert "You handed it in on 23 November 2026. We aim to tell you by 7 December 2026." in said
    assert browser.get(f"{writer.path}/check").headers["location"].endswith(writer.path)
    back = browser.follow(browser.submit(handed_in, "/take-back", number=1))
    assert "It is a draft again." in document(back).text
    assert WORDS["aim"] in back.text


def test_saved_stands_there_only_after_the_save(world: World, browser: HouseClient, writer: Writer) -> None:
    assert "Nothing saved yet" in browser.get(writer.path).text
    world.later(hours=3, minutes=14)
    browser.post(writer.path, data=fields(0))
    assert "Saved 12:14" in browser.get(writer.path).text
    world.later(days=1)
    assert "Saved 23 November 2026, 12:14" in world.client(writer.person_id).get(writer.path).text


def test_an_autosave_is_answered_with_its_time_and_version_alone(browser: HouseClient, writer: Writer) -> None:
    said = browser.post(writer.path, data=fields(0) | {"stay": "here"}, headers=AUTOSAVE)
    assert said.status_code == 200
    assert "<html" not in said.text
    assert 'data-version="1"' in said.text
    assert "Saved 09:00" in said.text
    nothing = {"part-aim": "", "part-idea": "", "version": "0", "number": "1"}
    other = Writer(writer.world, writer.world.hire().id).enrol()
    empty = writer.world.client(other.person_id).post(writer.path, data=nothing, headers=AUTOSAVE)
    assert "Nothing saved yet" in empty.text


def test_two_windows_show_both_and_either_can_be_kept(browser: HouseClient, writer: Writer) -> None:
    browser.post(writer.path, data=fields(0, aim="On the ward\nby night"))
    both = browser.post(writer.path, data=fields(0, aim="At home\nby day"))
    assert both.status_code == 409
    said = document(both)
    assert said.h1 == "A small task: two versions"
    for words in ("On the ward", "At home", "The same in both."):
        assert words in said.text
    assert writer.own.draft is not None
    assert writer.own.draft.content["aim"] == "On the ward\nby night"
    assert browser.submit(both, writer.path).status_code == 303
    assert writer.own.draft is not None
    assert writer.own.draft.content["aim"] == "At home\nby day"


def test_words_from_a_window_that_was_left_open_after_handing_in_are_shown_and_not_lost(
    browser: HouseClient, writer: Writer
) -> None:
    writer.handed_in()
    both = browser.post(writer.path, data=fields(1, aim="One thought more"))
    assert both.status_code == 409
    said = document(both).text
    assert "One thought more" in said
    assert "This had been handed in from another window." in said
    assert "Keep this one instead" not in said


def test_what_is_too_long_is_saved_as_a_draft_and_named_at_the_check(browser: HouseClient, writer: Writer) -> None:
    browser.post(writer.path, data=fields(0, aim="long " * 50, idea=" "))
    check = browser.get(f"{writer.path}/check")
    assert "Your aim: shorten it by 49 characters. Nothing is lost." in document(check).text
    assert "Your idea: write something here" in document(check).text
    assert document(check).title.startswith("Error: ")
    assert "Hand in my work" not in check.text
    refused = browser.post(f"{writer.path}/hand-in", data={"number": "1", "seen": "1"})
    assert refused.status_code == 422
    assert writer.own.waiting is None
    assert browser.get(writer.path).text.count("long") >= 50


def test_what_is_longer_than_any_draft_is_shown_again_as_it_was_typed(browser: HouseClient, writer: Writer) -> None:
    refused = browser.post(writer.path, data=fields(0, aim="endless " * 6000))
    assert refused.status_code == 422
    assert refused.text.count("endless") >= 6000
    part = browser.post(writer.path, data=fields(0, aim="endless " * 6000), headers=AUTOSAVE)
    assert "Not saved. Your aim: shorten it by" in part.text


def test_a_check_page_that_is_behind_is_shown_again(browser: HouseClient, writer: Writer) -> None:
    writer.save()
    check = browser.get(f"{writer.path}/check")
    writer.save({"aim": "Written elsewhere", "idea": "x"}, seen=1)
    again = browser.submit(check, "/hand-in")
    assert again.status_code == 409
    assert "Your words have changed since you opened this page" in document(again).text
    assert "Written elsewhere" in document(again).text


def test_taking_back_too_late_is_said_on_the_page(browser: HouseClient, writer: Writer) -> None:
    work = writer.handed_in()
    page = browser.get(writer.path)
    mark(writer.world, work, MarkPlace.FIRST)
    late = browser.submit(page, "/take-back")
    assert late.status_code == 409
    assert "Somebody has begun to mark it" in document(late).text
    assert "Take it back" not in browser.get(writer.path).text


def test_without_having_joined_one_may_read_and_not_write(world: World, course: Path) -> None:
    stranger = Writer(world, world.hire().id)
    client = world.client(stranger.person_id)
    page = client.get(stranger.path)
    assert "Begin the course first" in document(page).text
    assert "It has a number" in document(page).text
    assert not [f for f in document(page).forms if stranger.path in f.action]
    for deed in ("", "/hand-in", "/take-back", "/again"):
        posted = client.post(f"{stranger.path}{deed}", data=fields(0) | {"seen": "0"})
        assert posted.status_code == 404


def test_a_partner_is_not_judged(world: World, course: Path) -> None:
    partner = Writer(world, world.partner("Sam").id)
    assert world.client(partner.person_id).get(partner.path).status_code == 403


def test_hostile_words_come_back_as_they_were_written_and_run_nowhere(browser: HouseClient, writer: Writer) -> None:
    browser.post(writer.path, data=fields(0, aim=HOSTILE))
    for page in (
        browser.get(writer.path),
        browser.get(f"{writer.path}/check"),
        browser.post(writer.path, data=fields(0, aim=f"{HOSTILE}!")),
    ):
        assert "<script>alert" not in page.text
        assert "{{7*7}}" in document(page).text


def test_a_form_that_lost_its_fields_is_refused(browser: HouseClient, writer: Writer) -> None:
    writer.save()
    for deed, data in (("", {"version": "x", "number": "1"}), ("/hand-in", {"number": "1"}), ("/take-back", {})):
        assert browser.post(f"{writer.path}{deed}", data=data).status_code == 422


def test_nobody_elses_work_is_at_this_address(world: World, writer: Writer) -> None:
    writer.save({"aim": "mine-alone", "idea": "mine-alone"})
    other = Writer(world, world.hire().id).enrol()
    client = world.client(other.person_id)
    assert "mine-alone" not in client.get(writer.path).text
    client.post(writer.path, data=fields(0))
    client.post(f"{writer.path}/hand-in", data={"number": "1", "seen": "1"})
    assert writer.own.waiting is None
    assert other.own.waiting is not None
