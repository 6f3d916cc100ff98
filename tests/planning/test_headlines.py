"""The sentence above a plan says what is missing, of whom, and whose the planned places are."""

from datetime import date

from app.planning.commands import NewTarget
from app.planning.rules import TargetKind
from tests.client import document
from tests.planning.conftest import Planning
from tests.planning.test_targets import places

DOCTORS, NOBODY = "Medical and Dental", "Healthcare Scientists"
PEOPLE = TargetKind.ABSOLUTE


def said(planning: Planning) -> str:
    return document(planning.scene.world.client(planning.scene.lead).get("/teams/plan")).text


def said_of_all(planning: Planning) -> str:
    return document(planning.scene.world.client(planning.admin).get("/teams/plan")).text


def test_a_target_of_a_staff_group_is_a_target(planning: Planning) -> None:
    planning.target(NewTarget(tier="pocket-qi", kind=PEOPLE, value=3, staff_group=DOCTORS))
    places(planning, date(2027, 2, 1), 8, (planning.scene.directorate_id, None))
    text = said(planning)
    assert "3 people in Medical and Dental should hold Pocket QI. 0 do today, so 3 are missing" in text
    assert "; 8 places are planned until then for all staff groups." in text
    assert "Staff groups with a target of their own miss 3." in said_of_all(planning)


def test_a_target_of_a_group_without_people_is_set_and_reached(planning: Planning) -> None:
    planning.target(NewTarget(tier="pocket-qi", value=50, staff_group=NOBODY))
    assert "Every target that is set for 31 March 2027 is reached today." in said(planning)


def test_places_that_are_shared_are_not_promised_to_one_directorate(planning: Planning) -> None:
    scene = planning.scene
    planning.target(NewTarget(tier="pocket-qi", kind=PEOPLE, value=9))
    places(planning, date(2027, 2, 1), 60)
    assert "; 60 places shared with others are planned until then." in said(planning)
    places(planning, date(2027, 2, 8), 30, (scene.directorate_id, 30))
    assert "; 30 places, and 60 shared with others, are planned until then." in said(planning)
