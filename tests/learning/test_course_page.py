"""A course's page says before anybody begins what they will be able to do, what decides, and what it counts for."""

from app.access.permissions import Role
from app.learning.pages.course import _marked
from app.learning.queries import JudgedBy
from tests.client import document
from tests.learning.learner import PARTNERS, POCKET, Learner
from tests.world import World


def page(world: World, person_id: int, slug: str = POCKET) -> str:
    answer = world.client(person_id).get(f"/courses/{slug}")
    assert answer.status_code == 200
    return document(answer).text


def test_it_says_what_one_can_do_how_long_it_takes_what_decides_and_what_it_counts_for(taught: World) -> None:
    text = page(taught, taught.hire().id)
    for said in (
        "What you will be able to do Name the likely causes of failure",
        "And 8 more",
        "7 hours in 12 modules, 50 minutes of it with others",
        "20 questions drawn for you, of which 14 right answers pass; as many tries as you like",
        "1 person marks it without knowing whose it is, and a second person every 5th piece of work",
        "It passes with 6 points; there are 9",
        "Doctors (GMC) Quality improvement activity",
        "Nurses, midwives and nursing associates (NMC) Practise effectively",
        "7 hours, of which 50 minutes with others (participatory)",
        "36 months",
        "these words since",
        "Looked after by QI team, to be reviewed by 30 November 2027.",
    ):
        assert said in text, said


def test_what_is_next_comes_before_everything_else(taught: World) -> None:
    learner = Learner(taught, taught.hire().id, POCKET)
    learner.enrol()
    text = page(taught, learner.person_id)
    assert text.index("Begin with module 1") < text.index("Two half-days on improving") < text.index("What is in it")


def test_a_partner_reads_of_parts_and_of_no_regulator(taught: World) -> None:
    learner = Learner(taught, taught.partner("Rosie").id, PARTNERS)
    learner.enrol()
    text = page(taught, learner.person_id, PARTNERS)
    assert "in 7 parts" in text
    for word in ("module", "GMC", "NMC", "participatory", "points"):
        assert word not in text, word


def test_only_an_administrator_finds_the_way_to_its_editions(taught: World) -> None:
    assert "Editions, and who is on an older one" not in page(taught, taught.hire().id)
    assert "Editions, and who is on an older one" in page(taught, taught.with_role(Role.QI_ADMIN).id)


def test_how_work_is_judged_is_said_in_every_shape() -> None:
    assert _marked(JudgedBy(30, 20, 2, None, 1)) == (
        "2 people mark it without knowing whose it is. It passes with 20 points; there are 30. "
        "If it does not pass, you may hand it in again, 1 time."
    )
    assert "It cannot be handed in again." in _marked(JudgedBy(9, 6, 1, 2, 0))
    assert "a second person every second piece of work" in _marked(JudgedBy(9, 6, 1, 2, 0))
