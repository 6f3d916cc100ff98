"""People read when they have a moment, stop in the middle, and come back to where they were."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.kernel.db import table
from app.learning import queries
from app.learning.models import Bookmark
from tests.client import document, form_of
from tests.learning.conftest import Counting
from tests.learning.learner import INDUCTION, PARTNERS, POCKET, Learner
from tests.world import World

MODULE = "/courses/induction/three-questions"
EASY = "/courses/patients-and-carers/what-improving-care-means"


def places(html: str) -> dict[str, str]:
    """The places that the page's own buttons keep, each with its words."""
    headings = dict(re.findall(r'<h2\b[^>]*\bid="([^"]+)"[^>]*>(.*?)</h2>', html))
    return {p: headings[p.removeprefix("easy/")] for p in re.findall(r'name="place" value="([^"]+)"', html)}


def test_joining_leads_straight_to_the_first_page(taught: World) -> None:
    client = taught.client(taught.hire())
    joined = client.submit(client.get("/courses/induction"), "/enrol")
    assert joined.headers["location"] == "/courses/induction/why-everyone"
    assert client.follow(joined).status_code == 200


def test_a_button_keeps_the_place_and_the_page_leads_back_to_it(learner: Learner) -> None:
    client = learner.world.client(learner.person_id)
    page = client.get(MODULE)
    place, words = list(places(page.text).items())[1]
    kept = client.post(form_of(page, "/place").action, data={"place": place})
    assert kept.headers["location"] == f"{MODULE}#{place}"
    again = client.get(MODULE)
    assert f"You had got to “{words}”." in document(again).text
    assert f'href="#{place}"' in again.text


def test_a_script_keeps_the_place_without_a_page_in_return(learner: Learner) -> None:
    client = learner.world.client(learner.person_id)
    place = next(iter(places(client.get(MODULE).text)))
    assert client.post(f"{MODULE}/place", data={"place": place}, headers={"X-Keeps-Place": "1"}).status_code == 204
    with learner.world.db.read() as session:
        step = queries.next_step(session, learner.person_id)
    assert step is not None
    assert (step.params["module"], step.place, step.started) == ("three-questions", place, True)


def test_going_on_a_week_later_in_another_browser_is_at_the_same_place(learner: Learner) -> None:
    client = learner.world.client(learner.person_id)
    place, words = list(places(client.get(MODULE).text).items())[-1]
    client.post(f"{MODULE}/place", data={"place": place})
    learner.world.later(days=7)
    other = learner.world.client(learner.person_id)
    assert words in document(other.get(MODULE)).text
    assert f"Go on with module 2: {learner.view.modules[1].title}" in document(other.get("/courses/induction")).text


def test_looking_at_a_page_moves_no_bookmark(learner: Learner) -> None:
    client = learner.world.client(learner.person_id)
    place = next(iter(places(client.get(MODULE).text)))
    client.post(f"{MODULE}/place", data={"place": place})
    client.get("/courses/induction/why-everyone")
    client.get(MODULE)
    with learner.world.db.read() as session:
        assert session.execute(sa.select(table(Bookmark).c.module, table(Bookmark).c.place)).one() == (
            "three-questions",
            place,
        )


@pytest.mark.parametrize("place", ["nowhere", "easy/nowhere", "<script>"])
def test_a_place_that_is_not_in_the_text_is_refused(learner: Learner, place: str) -> None:
    client = learner.world.client(learner.person_id)
    assert client.post(f"{MODULE}/place", data={"place": place}).status_code == 422


def test_whoever_reads_easy_read_comes_back_to_easy_read(partner: Learner) -> None:
    client = partner.world.client(partner.person_id)
    place, words = list(places(client.get(f"{EASY}?easy=1").text).items())[2]
    assert place.startswith("easy/")
    client.post(f"{EASY}/place", data={"place": place})
    home = client.get("/my-course")
    assert words in document(home).text
    going_on = re.search(r'href="([^"]*easy=1#[^"]+)"', home.text)
    assert going_on
    assert f"You had got to “{words}”." in document(client.get(going_on[1])).text


def test_having_read_a_text_leads_to_what_comes_next(learner: Learner) -> None:
    client = learner.world.client(learner.person_id)
    read = client.submit(client.get(MODULE), "/read")
    assert read.headers["location"] == f"{MODULE}#to_do"
    after = document(client.follow(read)).text
    assert "You have read this part. Saved 09:00." in after
    assert "Done 23 Nov 2026" in after
    learner.do("try-three-questions")
    learner.do("read-who-helps")
    learner.do("try-who-helps")
    client.post(f"{MODULE}/read")
    steps = client.post("/courses/induction/who-helps/read")
    assert steps.headers["location"] == "/courses/induction/who-helps/find-my-helpers"


def test_pressing_the_button_again_another_day_adds_no_minutes(learner: Learner) -> None:
    client = learner.world.client(learner.person_id)
    client.post(f"{MODULE}/read")
    learner.world.later(days=1)
    client.post(f"{MODULE}/read")
    with learner.world.db.read() as session:
        rows = queries.transcript(session, learner.person_id, learner.world.today - timedelta(9), learner.world.today)
    assert [(r.activity, r.minutes, r.module_title) for r in rows] == [
        ("read-three-questions", 6, "Three questions before you change anything")
    ]


def test_the_last_text_of_a_finished_course_leads_to_the_page_that_says_so(learner: Learner) -> None:
    for key in learner.view.completion:
        if key != "read-first-small-step":
            learner.do(key)
    client = learner.world.client(learner.person_id)
    done = client.post("/courses/induction/first-small-step/read")
    assert done.headers["location"].startswith("/completed/")
    page = document(client.follow(done))
    assert page.h1 == "You have completed Introduction to quality improvement"
    assert "45 minutes of learning, none of it with others." in page.text
    assert "Get my certificate" in page.text


def test_a_course_can_be_looked_at_before_joining_and_nothing_is_kept(taught: World) -> None:
    client = taught.client(taught.hire())
    page = client.get(MODULE)
    assert "You are looking round." in document(page).text
    assert "Finished reading" not in page.text
    assert client.post(f"{MODULE}/read").status_code == 404
    assert client.post(f"{MODULE}/place", data={"place": ""}).status_code == 404


def test_a_module_that_is_not_yet_open_is_named_and_cannot_be_opened(unfinished: World) -> None:
    learner = Learner(unfinished, unfinished.hire().id, POCKET)
    client = unfinished.client(learner.person_id)
    closed = next(m for m in learner.view.modules if m.opens_later)
    outline = document(client.get("/courses/pocket-qi")).text
    assert closed.title in outline
    assert "Nobody can complete this course yet." in outline
    assert client.get(f"/courses/pocket-qi/{closed.key}").status_code == 404


@pytest.mark.parametrize("slug", [PARTNERS, INDUCTION])
def test_the_other_audiences_course_looks_like_no_course_at_all(taught: World, slug: str) -> None:
    person = taught.hire() if slug == PARTNERS else taught.partner()
    client = taught.client(person)
    module = {PARTNERS: "what-improving-care-means", INDUCTION: "why-everyone"}[slug]
    for path in (f"/courses/{slug}", f"/courses/{slug}/{module}"):
        assert client.get(path).status_code == 404
        assert document(client.get(path)).text == document(client.get("/courses/none")).text


def test_a_module_page_asks_the_database_the_same_whatever_somebody_has_done(
    learner: Learner, statements: Counting
) -> None:
    client = learner.world.client(learner.person_id)
    db = learner.world.app.state.core.db
    client.get(MODULE)
    with statements(db) as before:
        client.get(MODULE)
    for key in learner.view.completion[:-1]:
        learner.do(key)
    client.post(f"{MODULE}/place", data={"place": next(iter(places(client.get(MODULE).text)))})
    with statements(db) as after:
        client.get(MODULE)
    assert len(after) == len(before) == 2, after  # who is asking, and where they stand


def test_how_far_people_are_is_one_question_however_many_they_are(taught: World, statements: Counting) -> None:
    people = [Learner(taught, taught.hire().id) for _ in range(9)]
    for number, one in enumerate(people):
        one.enrol()
        for key in one.view.completion[:number]:
            one.do(key)
    with taught.db.read() as session:
        queries.progress(session, [people[0].person_id])
        with statements(taught.db) as said:
            found = queries.progress(session, [p.person_id for p in people])
    assert len(said) == 1
    assert [p.activities_done for p in found] == list(range(9))
    assert [p.modules_done for p in found] == [0, 0, 1, 1, 2, 2, 2, 3, 3]
    assert {(p.activities, p.modules) for p in found} == {(11, 4)}


def test_the_page_is_the_same_packed_and_plain(learner: Learner) -> None:
    """Browsers take it packed, its text in one piece that many people share; whoever cannot unpack gets it plain."""
    client = learner.world.client(learner.person_id)
    packed = client.get(MODULE)
    plain = client.get(MODULE, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["vary"]
    assert _still(packed.text) == _still(plain.text)


def _still(html: str) -> str:
    """A page without what is new at each request."""
    return re.sub(r'(nonce|value)="[\w-]{16}"', "", html)
