"""Who is led to the counts of many, and what they may tell."""

from app.access.permissions import Role
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
