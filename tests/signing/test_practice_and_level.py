"""What was told of a level's use, when the level itself lapses, waits for leave, is withdrawn or begun anew."""

from datetime import timedelta

from tests.client import document
from tests.organisation.away import go_on_leave
from tests.signing import practice
from tests.signing.course import Scene
from tests.signing.practice import TIER, WHAT

PAGE = f"/used-in-practice/{TIER}"


def test_a_level_past_its_date_can_still_be_told_of_and_stays_completed(scene: Scene) -> None:
    practice.hold(scene.world, scene.ben, on=scene.world.today - timedelta(days=5 * 366))
    practice.decide(scene, practice.tell(scene))
    assert len(practice.applied(scene)) == 1
    assert practice.held(scene).lapsed(scene.world.today)


def test_a_level_that_was_withdrawn_meanwhile_can_only_be_sent_back_and_no_words_are_lost(holding: Scene) -> None:
    use_id, world = practice.tell(holding), holding.world
    practice.withdraw(holding)
    client = world.client(holding.manager)
    page = client.submit(
        client.get("/used-in-practice"), f"/{use_id}", button=("decision", "confirm"), comment="Well done"
    )
    assert page.status_code == 422
    assert "Send it back, with a word why" in document(page).text
    assert "Well done" in page.text
    assert practice.applied(holding) == []


def test_whoever_told_of_a_level_that_was_withdrawn_still_sees_it_and_takes_it_back(holding: Scene) -> None:
    practice.tell(holding)
    practice.withdraw(holding)
    client = holding.world.client(holding.ben)
    assert f"/used-in-practice/{TIER}" in client.get("/my-skills").text, "it waits, and so there is a way to it"
    page = client.get(PAGE)
    assert f"waits for {holding.manager.name}" in document(page).text
    assert "This level is not yours at present" in document(page).text
    assert "/tell" not in page.text, "nothing can be told of a level that is not held"
    page = client.follow(client.submit(page, "/withdraw"))
    assert "Taken back" in document(page).text
    assert client.post(f"{PAGE}/tell", data={"what": WHAT}).status_code in {404, 422}
    assert f"/used-in-practice/{TIER}" not in client.get("/my-skills").text


def test_nobody_on_leave_is_called_late_on_the_pages_of_use_either(scene: Scene) -> None:
    practice.hold(scene.world, scene.ben, on=scene.world.today - timedelta(days=5 * 366))
    pages = ((scene.ben, PAGE), (scene.lead, f"/teams/people/{scene.ben.id}/used-in-practice/{TIER}"))
    for reader, path in pages:
        assert "Refresh overdue since" in document(scene.world.client(reader).get(path)).text
    go_on_leave(scene.world, scene.ben)
    for reader, path in pages:
        said = document(scene.world.client(reader).get(path)).text
        assert "To be refreshed after leave" in said
        assert "overdue" not in said


def test_a_use_does_not_outlive_the_level_that_was_taken_back(holding: Scene) -> None:
    practice.decide(holding, practice.tell(holding))
    world = holding.world
    practice.withdraw(holding)
    world.later(days=3)
    practice.hold(world, holding.ben, on=world.today)
    assert practice.held(holding).applied_on is None
