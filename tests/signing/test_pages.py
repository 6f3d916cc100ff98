"""The pages of sign-off, as learners and deciders use them."""

import pytest

from app.signing.rules import SignOffState
from tests.client import document
from tests.signing.course import ACCOUNT, KEY, OTHER, Scene

PAGE = f"/sign-offs/induction/{KEY}"
LONG = "x" * 4001


def test_the_manager_is_chosen_beforehand_and_one_press_asks_them(scene: Scene) -> None:
    client = scene.world.client(scene.ben)
    page = client.get(PAGE)
    assert "They asked colleagues what gets in the way" in document(page).text
    done = client.follow(client.submit(page, "/request", account=ACCOUNT))
    assert "Waiting for Maya Osei" in document(done).text
    latest = scene.requests().latest
    assert latest
    assert latest.asked_id == scene.manager.id


@pytest.mark.parametrize(
    ("account", "asked", "said"),
    [
        ("", None, "Write what you did"),
        (LONG, None, "4,000 characters or fewer"),
        ("I asked.", "999999", "Choose somebody from the list"),
        ("I asked.", "nobody", "Choose whom to ask"),
    ],
)
def test_what_cannot_be_asked_is_shown_again_with_the_field_and_the_remedy(
    scene: Scene, account: str, asked: str | None, said: str
) -> None:
    client = scene.world.client(scene.ben)
    filled = {"account": account} | ({"asked": asked} if asked else {})
    page = client.submit(client.get(PAGE), "/request", **filled)
    assert page.status_code == 422
    assert said in document(page).text
    assert account in page.text
    assert scene.requests().rows == []


def test_two_windows_show_both_versions_and_lose_neither(scene: Scene) -> None:
    client = scene.world.client(scene.ben)
    old = client.get(PAGE)
    scene.ask(account="From the first window")
    page = client.submit(old, "/request", account="From the <second> window")
    assert page.status_code == 409
    assert "From the first window" in document(page).text
    assert "From the <second> window" in document(page).text
    client.follow(client.submit(page, "/request"))
    latest = scene.requests().latest
    assert latest
    assert latest.account == "From the first window\n\nFrom the <second> window"
    assert scene.states() == [SignOffState.SUPERSEDED, SignOffState.REQUESTED]


def test_what_was_written_before_the_course_was_completed_elsewhere_is_given_back(scene: Scene) -> None:
    client = scene.world.client(scene.ben)
    old = client.get(f"/sign-offs/induction/{OTHER}")
    scene.read_it()
    scene.decide(scene.ask())
    page = client.submit(old, "/request", account="Too late, and not lost")
    assert page.status_code == 409
    assert "Too late, and not lost" in document(page).text
    assert scene.states(OTHER) == []


def test_what_was_written_past_the_end_of_a_sign_in_is_asked_on_the_next(scene: Scene) -> None:
    from tests.accounts.people import PASSWORD, someone

    world = scene.world
    ewa = someone(world, "Ewa", "Nowak")
    world.move(ewa, world.team("Larch", "Medicine"), manager_id=scene.manager.id)
    scene.join(ewa)
    client = world.client(ewa)
    page = client.get(PAGE)
    world.later(hours=21)
    to_sign_in = client.submit(page, "/request", account=ACCOUNT)
    sign_in = client.follow(to_sign_in)
    client.submit(sign_in, "/sign-in", username=ewa.email, password=PASSWORD)
    latest = scene.requests(who=ewa).latest
    assert latest
    assert latest.account == ACCOUNT


def test_with_nobody_to_ask_the_page_says_whom_to_call_and_the_request_stays(scene: Scene) -> None:
    world = scene.world
    scene.ask()
    world.move(scene.ben, world.team("Theatres", "Surgery"))
    client = world.client(scene.ben)
    said = document(client.get(PAGE)).text
    assert "At present nobody can confirm this for you" in said
    assert world.settings.qi_contact in said
    assert scene.states() == [SignOffState.REQUESTED]


def test_somebody_who_has_not_joined_reads_what_it_is_and_cannot_ask(scene: Scene) -> None:
    other = scene.world.hire(team=scene.world.team("Larch", "Medicine"), manager_id=scene.manager.id)
    client = scene.world.client(other)
    assert "Begin the course first" in document(client.get(PAGE)).text
    forged = client.post(f"{PAGE}/request", data={"account": "x", "asked": str(scene.manager.id), "seen": "0"})
    assert forged.status_code == 404


def test_a_decider_reads_who_what_and_for_how_long_the_oldest_first(scene: Scene) -> None:
    world = scene.world
    scene.ask()
    world.later(days=20)
    amina = world.hire("Amina", "Kim", team=world.team("Larch", "Medicine"), manager_id=scene.manager.id)
    scene.join(amina)
    scene.ask(who=amina, account="Only today")
    client = world.client(scene.manager)
    said = document(client.get("/sign-offs")).text
    assert said.index("Ben Nguyễn, Larch") < said.index("Amina Kim, Larch")
    for words in (
        ACCOUNT,
        "Waiting for 2 weeks",
        "Waiting since today",
        "A course with a sign-off",
        "2 requests wait for you",
    ):
        assert words in said
    assert "2 sign-offs wait for you to decide" in document(client.get("/my-skills")).text


def test_a_rejection_without_words_keeps_its_place_and_says_what_is_needed(scene: Scene) -> None:
    request = scene.ask()
    client = scene.world.client(scene.manager)
    page = client.submit(client.get("/sign-offs"), f"/decide/{request}", decision="reject")
    assert page.status_code == 422
    assert f'href="#comment-{request}"' in page.text
    done = client.submit(page, f"/decide/{request}", decision="reject", comment="Which <ward>?")
    assert "Rejected" in document(client.follow(done)).text
    assert "Which <ward>?" in document(scene.world.client(scene.ben).get(PAGE)).text


def test_a_comment_that_is_too_long_is_not_lost(scene: Scene) -> None:
    request = scene.ask()
    client = scene.world.client(scene.manager)
    page = client.submit(client.get("/sign-offs"), f"/decide/{request}", decision="reject", comment=LONG)
    assert page.status_code == 422
    assert LONG in page.text


def test_somebody_who_is_asked_nothing_has_no_link_and_an_empty_page(scene: Scene) -> None:
    client = scene.world.client(scene.coach)
    assert "sign-off" not in document(client.get("/my-skills")).text.lower()
    assert "Nothing waits for your decision" in document(client.get("/sign-offs")).text
    scene.decide(scene.ask())
    decider = scene.world.client(scene.manager)
    assert "Sign-offs: nothing waits for you" in document(decider.get("/my-skills")).text


def test_the_fifth_page_of_two_is_the_last_and_a_refused_decision_stays_on_its_page(scene: Scene) -> None:
    world = scene.world
    for _ in range(21):
        person = world.hire(team=world.team("Larch", "Medicine"), manager_id=scene.manager.id)
        scene.join(person)
        last = scene.ask(who=person)
        world.later(minutes=1)
    client = world.client(scene.manager)
    assert "Page 2 of 2" in document(client.get("/sign-offs?page=5")).text
    page = client.get("/sign-offs?page=2")
    refused = client.submit(page, f"/decide/{last}", decision="reject")
    assert refused.status_code == 422
    assert "Page 2 of 2" in document(refused).text


def test_the_very_same_form_posted_twice_decides_once(scene: Scene) -> None:
    request = scene.ask()
    client = scene.world.client(scene.manager)
    page = client.get("/sign-offs")
    for _ in range(2):
        answer = client.submit(page, f"/decide/{request}", decision="confirm")
        assert answer.status_code == 303
    assert len(scene.requests().events) == 2
