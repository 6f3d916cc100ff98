"""Anybody sees what there is to learn and how to get on it; where somebody stands is shown to them alone."""

from datetime import timedelta

from app.capability.commands import Cell, SetNeeds, set_needs
from app.capability.rules import Need
from app.charts.drawing.pyramid import Step, described, pyramid
from tests.client import HouseClient, document
from tests.document import words
from tests.learning.learner import INDUCTION, PARTNERS, POCKET, Learner
from tests.world import World

TIERS = (
    "Introduction to quality improvement",
    "Pocket QI",
    "Improvement leaders",
    "Senior clinical leaders",
    "QI coach",
    "Board",
    "Improvement advisor",
    "Introduction to improving care",
    "Masterclasses",
)


def shown(client: HouseClient, path: str = "/pyramid") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return document(answer).text


def ask(world: World, person_id: int, tier: str) -> None:
    """Their lead puts them down for a level."""
    lead = world.actor(world.lead())
    command = SetNeeds(cells=(Cell(person_id, tier, 0),), need=Need.REQUIRED, due=world.today + timedelta(days=90))
    with world.db.write() as session:
        set_needs(session, lead, command, world.now)


def test_somebody_who_is_not_signed_in_sees_every_level_and_the_way_to_it(world: World) -> None:
    world.load_courses()
    text = shown(world.client())
    for title in TIERS:
        assert title in text
    assert "Your directorate lead then puts you down" in text
    assert "Your director chooses you" in text
    assert "Sign in to begin" in text
    assert "You hold it" not in text
    assert "Gallery" not in text


def test_each_level_says_for_whom_how_long_how_assessed_how_fresh_and_what_it_leads_to(world: World) -> None:
    world.load_courses()
    text = shown(world.client(world.hire()))
    for said in (
        "Everyone who works in the trust",
        "7 hours, in two half-days",
        "Twenty questions, of which 14 right answers pass",
        "3 years",
        "with two masterclasses",
        "What it leads to",
        "plot at least 12 points".capitalize(),
    ):
        assert said.casefold() in text.casefold(), said


def test_a_member_of_staff_sees_what_they_hold_have_begun_and_are_down_for(world: World) -> None:
    world.load_courses()
    person = world.hire()
    Learner(world, person.id, INDUCTION).complete()
    learner = Learner(world, person.id, POCKET)
    learner.enrol()
    learner.do(learner.view.completion[0])
    ask(world, person.id, "improvement-leaders")
    text = shown(world.client(person))
    assert "You hold Induction and have begun Pocket QI." in text
    assert "You hold it. Completed 23 November 2026" in text
    assert "You are down for it. Required by" in text


def test_a_partner_sees_their_own_first_in_plain_words_and_no_way_to_the_courses_of_staff(world: World) -> None:
    world.load_courses()
    partner = world.partner("Rosie")
    Learner(world, partner.id, PARTNERS).enrol()
    client = world.client(partner)
    answer = client.get("/pyramid")
    headings = [words(heading) for heading in document(answer).all("h2")]
    assert headings[0] == "Introduction to improving care"
    assert "You have begun" in document(answer).text
    assert "/courses/pocket-qi" not in answer.text
    assert f"/courses/{PARTNERS}" in answer.text
    for staff_word in ("your manager", "Your directorate", "My improvement skills", "Ask for it", "staff"):
        assert staff_word not in document(answer).text, staff_word


def test_before_anything_is_loaded_it_says_so(world: World) -> None:
    assert "No level is written down yet" in shown(world.client())
    assert "No skill is written down yet" in shown(world.client(), "/competencies")


def test_the_picture_says_in_words_what_it_shows_and_harms_nobody() -> None:
    levels = [Step("Low <b>", "1 hour", 1, "You hold it", "good"), Step("High", "2 hours", 2), Step("Beside", "", None)]
    drawn = pyramid(levels, "p", title="All & more")
    assert described(levels) == (
        "Step 1, from the bottom: Low <b>, 1 hour, You hold it. Step 2, from the bottom: High, 2 hours. "
        "Beside the steps: Beside."
    )
    assert "<b>" not in drawn
    assert drawn.count("<svg") == 2
    assert "All &amp; more" in drawn
    assert pyramid([], "p", title="Nothing").count("<svg") == 2


def test_where_a_skill_is_taught_is_found_at_a_glance_and_in_the_words_of_the_course(world: World) -> None:
    world.load_courses()
    answer = world.client(world.hire()).get("/competencies")
    text = document(answer).text
    assert "Measurement design" in text
    assert "15 skills" in text
    assert "5. Teaches" in text
    assert "Change one report of the board from traffic lights to charts" in text
    assert "/courses/board" in answer.text
    assert f"/courses/{PARTNERS}" not in answer.text
    assert "/courses/" not in world.client().get("/competencies").text
