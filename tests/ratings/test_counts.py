"""Who is led to the counts of many, and what they may tell."""

import re

from app.access.permissions import Role
from app.kernel.suppression import shown_beside
from app.organisation.models import Person
from app.ratings.rules import Said
from tests.ratings.scene import Scene
from tests.world import World

LINK = 'href="/ratings/counts"'


def test_a_lead_of_one_team_is_led_to_no_counts_since_there_are_none_for_them(scene: Scene) -> None:
    lead = scene.world.hire("Lena", "Ward", team=scene.team)
    scene.world.grant(lead, "lead", "team", scene.team.id)
    client = scene.world.client(lead)
    assert client.get("/ratings/counts").status_code == 404
    assert LINK not in client.get("/teams").text
    assert LINK in scene.world.client(scene.lead).get("/teams").text


def test_hr_is_led_to_the_counts_while_there_are_ratings(world: World) -> None:
    scene = Scene.of(world, agreed=False)
    hr = world.client(world.with_role(Role.HR))
    assert LINK not in hr.get("/evidence").text
    scene.agree()
    assert LINK in hr.get("/evidence").text
    assert hr.get("/ratings/counts").status_code == 200
    scene.end_agreement()
    assert LINK not in hr.get("/evidence").text


def _judged(scene: Scene, by: Person, said: dict[Said, int]) -> None:
    for one, many in said.items():
        here = [scene.world.hire(team=scene.team) for _ in range(many)]
        scene.judges(by, {person.id: one for person in here})


def _cells(scene: Scene, person: Person, voice: str = "lead") -> dict[str, str]:
    page = scene.world.client(person).get("/ratings/counts").text
    part = page.split(f'id="chart-{voice}"')[1].split("</table>", maxsplit=1)[0]
    return dict(re.findall(r"<tr><th scope=\"row\">(.*?)</th>.*?app-number\">(.*?)</td>", part))


def test_a_lead_cannot_take_off_what_they_said_and_be_left_with_what_another_said(scene: Scene) -> None:
    other = scene.another_lead()
    _judged(scene, scene.lead, {Said.NEW: 20, Said.TAKES_PART: 15})
    _judged(scene, other, {Said.NEW: 1, Said.LEADS: 2})
    scene.world.later(days=10)
    assert _cells(scene, scene.world.with_role(Role.HR))["New to this"] == "21"
    assert set(_cells(scene, scene.lead).values()) == {"not shown"}
    assert _cells(scene, other)["New to this"] == "21", "less one it is twenty"


def test_a_lead_sees_counts_of_many_whom_another_judged(scene: Scene) -> None:
    other = scene.another_lead()
    _judged(scene, scene.lead, {Said.NEW: 20, Said.TAKES_PART: 15})
    _judged(scene, other, {Said.NEW: 14, Said.LEADS: 11, Said.TAKES_PART: 4})
    scene.world.later(days=10)
    cells = _cells(scene, scene.lead)
    assert cells["New to this"] == "34"
    assert cells["Takes part"] == "not shown", "less fifteen it would be four"


def test_what_was_shared_with_a_lead_does_not_tell_what_was_not(scene: Scene) -> None:
    for said, many in ((Said.NEW, 18), (Said.TAKES_PART, 22), (Said.LEADS, 12)):
        for number in range(many):
            person = scene.world.hire(team=scene.team)
            scene.says(person, said)
            if said is Said.NEW and number >= 3:
                scene.shares(person)
    scene.world.later(days=10)
    assert _cells(scene, scene.world.with_role(Role.HR), "own")["New to this"] == "18"
    assert _cells(scene, scene.lead, "own")["New to this"] == "not shown", "three of them did not share it"


def test_what_is_left_over_is_fit_to_be_shown_too() -> None:
    whole = {"a": 30, "b": 12, "c": 5, "d": 6}
    assert shown_beside(whole, whole) == {"a", "b"}
    assert shown_beside(whole, {"a": 0, "b": 0, "c": 0, "d": 0}) == {"a", "b"}, "who knows everybody learns nothing"
    assert shown_beside(whole, {"a": 30, "b": 3, "c": 5, "d": 6}) == {"a"}
    assert shown_beside(whole, {"a": 1, "b": 0, "c": 0, "d": 0}) == set()
