"""A patient partner: their name, one button, a human with a telephone number, and no trace of staff vocabulary."""

import re
from typing import Any

import pytest
import sqlalchemy as sa

from app.kernel.db import table
from app.learning.models import AwardEvent
from tests.client import document
from tests.learning.learner import PARTNERS, Learner
from tests.world import World

COURSE = "/courses/patients-and-carers"
PARTS = [
    f"{COURSE}/{part}"
    for part in (
        "what-improving-care-means",
        "what-you-know",
        "how-teams-decide",
        "choosing-together",
        "trying-something-small",
        "line-or-wobble",
        "finding-my-role",
    )
]
PART_1 = PARTS[0]
CARD = f"{COURSE}/choosing-together/what-i-would-change"
STAFF_WORDS = re.compile(
    r"\b(?:module|deadline|score|assessment|enrol\w*|matrix|competenc\w+|overdue|manager)\b", re.IGNORECASE
)


def test_from_the_first_screen_to_the_end_by_the_one_button(taught: World) -> None:
    client = taught.client(taught.partner("Sam", contact_name="Ruth Okafor", contact_phone="01632 960 114"))
    home = client.get("/my-course")
    assert document(home).h1 == "Hello, Sam"
    assert "Ruth Okafor" in home.text
    assert 'href="tel:01632960114"' in home.text
    assert "call 111" in home.text
    begun = client.submit(home, "/enrol")
    assert begun.headers["location"] == PART_1
    assert client.submit(client.follow(begun), "/read").headers["location"] == f"{PART_1}/kept-for-me"
    home = client.get("/my-course")
    assert "You have read part 1." in document(home).text
    assert "Go on with part 2" in document(home).text
    assert "Look at part 1 again" in document(home).text
    for part in PARTS[1:]:
        client.submit(client.get(part), "/read")
    finished = document(client.get("/my-course"))
    assert "You have taken part in the whole course. Thank you." in finished.text
    assert "Get my certificate" in finished.text
    with taught.db.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(table(AwardEvent))) == 1


def test_what_is_left_is_said_of_the_part_and_not_of_the_whole_course(partner: Learner) -> None:
    client = partner.world.client(partner.person_id)
    for part in PARTS[:3]:
        client.post(f"{part}/read")
    assert "What is left of this part takes about" in document(client.get("/my-course")).text


def test_no_page_of_theirs_speaks_like_staff(partner: Learner) -> None:
    client = partner.world.client(partner.person_id)
    for path in (
        "/my-course",
        "/ask",
        PART_1,
        f"{PART_1}/how-sure",
        CARD,
        f"{PARTS[-1]}/if-you-like",
    ):
        page = client.get(path)
        outside = re.sub(r'<div class="app-module.*?<section class="app-to-do"', "", page.text, flags=re.DOTALL)
        found = STAFF_WORDS.search(re.sub(r"<footer.*", "", re.sub(r"<[^>]+>", " ", outside), flags=re.DOTALL))
        assert not found, f"{path}: {found}"


def test_the_course_text_names_their_own_contact(partner: Learner) -> None:
    client = partner.world.client(partner.person_id)
    assert "Mina Shah" in client.get(f"{PART_1}?easy=1").text
    assert "020 7946 0100" in client.get(f"{PART_1}?easy=1").text


def test_an_optional_box_can_be_left_empty(partner: Learner) -> None:
    client = partner.world.client(partner.person_id)
    page = client.get(CARD)
    left = client.submit(page, "/note", button=("then", "on"), text="")
    assert left.status_code == 303
    assert partner.course.finished == {}


def test_how_sure_they_feel_is_asked_in_words_before_and_after(partner: Learner) -> None:
    client = partner.world.client(partner.person_id)
    before = client.get(f"{PART_1}/how-sure")
    client.submit(before, "/confidence", **dict[str, Any]({"sure-own-words": "not", "sure-small-test": "quite"}))
    assert "Surer now" not in client.get(f"{PART_1}/how-sure").text
    for part in PARTS:
        client.post(f"{part}/read")
    after = client.get(f"{PART_1}/how-sure")
    client.submit(after, "/confidence", **dict[str, Any]({"sure-own-words": "very", "sure-small-test": "quite"}))
    compared = document(client.get(f"{PART_1}/how-sure")).text
    for words in ("Not sure at all", "Very sure", "Surer now", "The same", "Left out"):
        assert words in compared


@pytest.mark.parametrize("choice", ["5", "", "<b>"])
def test_an_answer_that_is_no_answer_changes_nothing(partner: Learner, choice: str) -> None:
    client = partner.world.client(partner.person_id)
    answer = client.post(f"{PART_1}/how-sure/confidence", data={"sure-own-words": choice, "sure-none": "very"})
    assert answer.status_code == 303
    assert partner.course.finished == {}


def test_what_can_be_printed_is_the_whole_part(partner: Learner) -> None:
    client = partner.world.client(partner.person_id)
    page = client.get(f"{PART_1}?print=1")
    assert "data-print" in page.text
    assert document(page).h1 == partner.view.modules[0].title


def test_their_course_begins_in_no_list_of_staff(partner: Learner) -> None:
    client = partner.world.client(partner.person_id)
    assert client.get("/courses").status_code == 403
    assert client.get("/courses/induction").status_code == 404
    assert partner.slug == PARTNERS
