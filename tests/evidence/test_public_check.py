"""Anybody with a certificate's number can check it; nobody learns anything by guessing."""

import pytest

from app.evidence.commands import set_public_check
from app.evidence.models import Certificate
from app.evidence.routes.checking import CHECKS
from app.evidence.rules import CODE_LENGTH, CODE_LETTERS, grouped, made_code, plain_code
from app.organisation.models import Person
from tests.client import document
from tests.evidence.scene import acting, certify, learn
from tests.world import World


@pytest.fixture
def holder(world: World) -> Person:
    world.load_courses()
    return world.hire("Thị", "Nguyễn")


def code_of(world: World, certificate_id: int) -> str:
    with world.db.read() as session:
        found = session.get(Certificate, certificate_id)
    assert found is not None
    return found.code


def test_however_a_number_is_typed_it_is_found(world: World, holder: Person) -> None:
    code = code_of(world, certify(world, holder, learn(world, holder)))
    anybody = world.client()
    for typed in (code, grouped(code), grouped(code).lower(), " ".join(code), grouped(code).replace("-", " – ")):
        answer = anybody.post("/check", data={"code": typed})
        shown = document(answer).text
        assert answer.status_code == 200
        assert "This certificate is genuine" in shown
        for words in ("Thị Nguyễn", "Introduction to quality improvement", "23 November 2026", grouped(code)):
            assert words in shown


def test_the_qr_code_leads_to_a_page_that_tells_nothing_until_somebody_presses_check(
    world: World, holder: Person
) -> None:
    code = code_of(world, certify(world, holder, learn(world, holder)))
    anybody = world.client()
    page = anybody.get(f"/check/{code}")
    assert "Nguyễn" not in document(page).text
    assert "Nguyễn" in document(anybody.submit(page, "/check")).text


def test_unknown_private_and_malformed_numbers_look_the_same(world: World, holder: Person) -> None:
    rosie = world.partner("Rosie")
    private = code_of(world, certify(world, rosie, learn(world, rosie, "patients-and-carers")))
    anybody = world.client()
    answers = set()
    for typed in (private, "ACDEFGHJKMNP", "x", "' OR 1=1 --", "A" * 60):
        answer = anybody.post("/check", data={"code": typed})
        answers.add((answer.status_code, document(answer).text.replace(typed, "")))
    assert len(answers) == 1


def test_a_private_certificate_is_found_once_its_holder_turns_the_check_on(world: World) -> None:
    world.load_courses()
    rosie = world.partner("Rosie")
    code = code_of(world, certify(world, rosie, learn(world, rosie, "patients-and-carers")))
    with world.db.write() as session:
        set_public_check(session, acting(rosie), world.now, on=True)
    assert "Rosie" in document(world.client().post("/check", data={"code": code})).text


def test_no_number_is_asked_for_again_beside_its_field(world: World) -> None:
    answer = world.client().post("/check", data={"code": " "})
    assert answer.status_code == 422
    assert "Enter the number of the certificate" in document(answer).text
    assert world.client().post("/check", data={"code": "A" * 61}).status_code == 422


def test_trying_number_after_number_is_stopped_with_the_time_to_wait(world: World) -> None:
    anybody = world.client()
    for _ in range(CHECKS.most):
        assert anybody.post("/check", data={"code": "ACDEFGHJKMNP"}).status_code == 200
    stopped = anybody.post("/check", data={"code": "ACDEFGHJKMNP"})
    assert stopped.status_code == 429
    assert int(stopped.headers["retry-after"]) > 0
    world.later(minutes=6)
    assert anybody.post("/check", data={"code": "ACDEFGHJKMNP"}).status_code == 200


def test_numbers_hold_no_letters_that_are_mistaken_for_each_other() -> None:
    assert not set("0O1IL2Z5S8B") & set(CODE_LETTERS)
    assert len(CODE_LETTERS) ** CODE_LENGTH > 2**55
    assert made_code(lambda letters: letters[0]) == "A" * CODE_LENGTH
    assert plain_code("acde–fghj kmnp") == "ACDEFGHJKMNP"
