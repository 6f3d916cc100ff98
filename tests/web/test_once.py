"""A form posted twice does its deed once and answers the same; a deed that shows an error did nothing."""

import re
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest

from tests.web.conftest import Trial


def post(
    world: Trial, path: str = "/trial/count/a", once: str = "k", person: int | None = None, **more: str
) -> httpx2.Response:
    return world.client(person).post(path, data={"_once": once, **more})


def same(answer: httpx2.Response) -> tuple[int, str, str]:
    return answer.status_code, answer.headers["location"], re.sub("Max-Age.*", "", answer.headers.get("set-cookie", ""))


def test_the_same_form_posted_again_does_nothing_and_answers_the_same(world: Trial) -> None:
    answers = [post(world) for _ in range(3)]
    assert world.counted()["a"] == 1
    assert len({same(answer) for answer in answers}) == 1
    assert same(answers[0])[:2] == (303, "/trial/items/1?kind=a")
    assert "qi_flash" in answers[2].headers["set-cookie"]


def test_twenty_at_once_have_one_effect_and_one_answer(world: Trial) -> None:
    clients = [world.client() for _ in range(20)]
    with ThreadPoolExecutor(20) as threads:
        answers = list(threads.map(lambda c: c.post("/trial/count/a", data={"_once": "k"}), clients))
    assert world.counted()["a"] == 1
    assert {same(answer) for answer in answers} == {same(answers[0])}
    assert answers[0].status_code == 303


def test_a_form_without_a_token_counts_each_time(world: Trial) -> None:
    assert [post(world, once="").status_code for _ in range(3)] == [303] * 3
    assert world.counted()["a"] == 3


def test_a_new_rendering_is_a_new_deed(world: Trial) -> None:
    post(world, once="first")
    post(world, once="second")
    assert world.counted()["a"] == 2


def test_going_back_and_correcting_the_form_is_a_new_deed(world: Trial) -> None:
    post(world, name="Jon")
    post(world, name="John")
    assert world.counted()["a"] == 2


def test_another_button_of_the_same_page_is_another_deed(world: Trial) -> None:
    post(world, "/trial/count/a")
    post(world, "/trial/count/b")
    assert world.counted() == {"a": 1, "a again": 1, "b": 1, "b again": 1}


def test_nobody_can_use_up_somebody_elses_form(world: Trial) -> None:
    ann, bob = world.hire().id, world.hire().id
    assert [post(world, person=ann).status_code, post(world, person=bob).status_code] == [303, 303]
    assert post(world).status_code == 303
    assert world.counted()["a"] == 3


def test_a_very_long_token_is_no_trouble(world: Trial) -> None:
    assert [post(world, once="x" * 5000).status_code for _ in range(2)] == [303, 303]
    assert world.counted()["a"] == 1


@pytest.mark.parametrize("status", ["422", "409"])
def test_a_form_shown_again_did_nothing_and_can_be_sent_again(world: Trial, status: str) -> None:
    client = world.client()
    for _ in range(2):
        answer = client.post("/trial/form", data={"_once": "k", "status": status})
        assert answer.status_code == int(status)
        assert "Form 1" in answer.text
    assert world.counted() == {}
    assert client.post("/trial/form", data={"_once": "k", "status": "200"}).status_code == 200
    assert world.counted() == {"form": 1}


def test_a_preview_can_be_asked_for_again(world: Trial) -> None:
    client = world.client()
    assert [client.post("/trial/form", data={"_once": "k"}).status_code for _ in range(2)] == [200, 200]


def test_the_database_answers_after_a_deed_was_taken_back(world: Trial) -> None:
    client = world.client()
    for _ in range(30):
        client.post("/trial/form", data={"status": "422"})
    assert client.post("/trial/count/a").status_code == 303
