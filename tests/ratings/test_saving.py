"""Saving a whole team at once: whoever has moved away takes nobody else's answer with them, and no old one returns."""

import pytest

from app.ratings.rules import Said
from tests.client import document
from tests.ratings.scene import Scene

HTMX = {"HX-Request": "true", "HX-Target": "span#saved"}


def test_of_a_team_saved_at_once_who_has_moved_away_is_left_out_and_the_others_are_saved(scene: Scene) -> None:
    client = scene.world.client(scene.lead)
    page = client.get(f"/ratings/teams/{scene.team.id}")
    scene.world.move(scene.ben, scene.world.team("Theatre", "Surgery"))
    answer = client.submit(page, "save", **{f"said.{scene.ann.id}": "leads", f"said.{scene.ben.id}": "new"})
    said = document(client.follow(answer)).text
    assert "Saved: 1 person." in said
    assert "1 person was left out: they are not in this team any more." in said
    assert [row.said for row in scene.mine(scene.ann).rows] == [Said.LEADS]
    assert scene.mine(scene.ben).rows == []
    alone = document(client.follow(client.submit(page, "save", **{f"said.{scene.ben.id}": "new"}))).text
    assert "1 person was left out" in alone
    assert "It was all so already" not in alone


def test_an_answer_about_who_has_moved_away_is_said_not_to_be_saved_as_it_is_chosen(scene: Scene) -> None:
    client = scene.world.client(scene.lead)
    scene.world.move(scene.ben, scene.world.team("Theatre", "Surgery"))
    sent = {f"said.{scene.ben.id}": "new", "only": str(scene.ben.id)}
    part = client.post(f"/ratings/teams/{scene.team.id}/save", data=sent, headers=HTMX).text
    assert "1 person was left out" in part
    assert "Saved at" not in part
    assert "was-" not in part


@pytest.mark.parametrize("whose", ["mine", "theirs"])
def test_one_skill_saved_as_it_is_chosen_is_no_longer_sent_by_what_was_there_before(scene: Scene, whose: str) -> None:
    scene.says(scene.ann, Said.LEADS, aim=Said.LEVEL_3)
    scene.shares(scene.ann)
    path, rater = ("mine", scene.ann) if whose == "mine" else (f"people/{scene.ann.id}", scene.lead)
    client = scene.world.client(rater)
    assert 'id="was-aim"' in client.get(f"/ratings/{path}/all").text
    part = client.post(f"/ratings/{path}/all/save", data={"said.aim": "4", "only": "aim"}, headers=HTMX).text
    assert '<input type="hidden" id="was-aim" name="was.aim" value="4" hx-swap-oob="true">' in part
