"""Each fault's page says what happened, whether anything was saved, and what to do next; and gives nothing away."""

import pytest
from sqlalchemy.exc import OperationalError

from app.web import errors
from tests.client import document
from tests.web.conftest import Trial

PAGES = [
    ("NotAllowedError", 403, "You cannot open this page", "does not have this part", "ask the QI team"),
    ("NotFoundError", 404, "There is nothing here", "", "Check the address"),
    ("RuleBrokenError", 409, "This could not be done", "This attempt is finished.", "look at what has changed"),
    ("StaleError", 409, "This could not be done", "newer version first", "look at what has changed"),
    ("BadInputError", 422, "Something you entered needs another look", "Enter a name", "nothing was saved"),
    ("TooManyError", 429, "Too many tries", "for this account", "Wait a little"),
    ("BusyError", 503, "We cannot do this just now", "Many people are signing in.", "try again"),
    ("DomainError", 400, "This did not work", "This cannot be.", "try again"),
    ("RuntimeError", 500, "Something went wrong on our side", "", "tell the QI team"),
    ("OverflowError", 404, "There is nothing here", "", "Check the address"),
]


@pytest.mark.parametrize(("name", "status", "title", "said", "remedy"), PAGES)
def test_each_fault_says_what_to_do(world: Trial, name: str, status: int, title: str, said: str, remedy: str) -> None:
    answer = world.client(raises=False).get(f"/trial/raise/{name}")
    page = document(answer)
    assert (answer.status_code, page.h1) == (status, title)
    assert said in page.text
    assert remedy in page.text
    assert page.links["Go to your first screen"] == "/"


@pytest.mark.parametrize("name", [page[0] for page in PAGES])
def test_a_deed_that_fails_does_nothing(world: Trial, name: str) -> None:
    answer = world.client(raises=False).post(f"/trial/raise/{name}", data={"_once": "k"})
    assert answer.status_code >= 400
    assert world.counted() == {}
    assert world.client(raises=False).post(f"/trial/raise/{name}", data={"_once": "k"}).status_code >= 400


def test_a_fault_tells_a_program_when_to_come_back(world: Trial) -> None:
    client = world.client(raises=False)
    assert client.get("/trial/raise/TooManyError").headers["retry-after"] == "90"
    assert client.get("/trial/raise/BusyError").headers["retry-after"] == "7"


def test_hidden_and_missing_look_the_same(world: Trial) -> None:
    client = world.client()
    hidden, missing = client.get("/trial/raise/NotFoundError"), client.get("/nowhere/at/all")
    assert document(hidden).text == document(missing).text
    assert "Mary Smith" not in hidden.text


def test_a_crash_gives_a_number_and_no_secret(world: Trial, caplog: pytest.LogCaptureFixture) -> None:
    answer = world.client(raises=False).get("/trial/raise/RuntimeError")
    assert "a secret in a trace" not in answer.text
    number = document(answer).text.split("give this number: ")[1].split(".")[0]
    assert f"fault {number} at GET /trial/raise/RuntimeError" in caplog.text
    assert "a secret in a trace" in caplog.text


def test_who_is_signed_in_keeps_their_menu_on_a_faults_page(world: Trial) -> None:
    client = world.client(world.hire("Ann", "O'Neill"), raises=False)
    for name, *_ in PAGES:
        page = document(client.get(f"/trial/raise/{name}"))
        assert "Ann O'Neill" in page.links
    assert "Ann O'Neill" in document(client.get("/nowhere")).links


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/trial/items/7", 200),
        ("/trial/items/seven", 404),
        ("/trial/items/7.5", 404),
        ("/trial/person/1", 200),
        ("/trial/person/9" + "9" * 25, 404),
        ("/trial/person/-99999999999999999999999999", 404),
        ("/trial/person/" + "9" * 5000, 404),
        ("/trial/items/7/", 404),
        ("//trial/items/7", 404),
        ("/trial/%00", 404),
        ("/" + "x" * 4000, 404),
    ],
)
def test_an_address_that_cannot_be_is_not_found(world: Trial, path: str, status: int) -> None:
    answer = world.client().get("http://127.0.0.1:8000" + path)
    assert answer.status_code == status


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_an_address_that_takes_no_such_request_says_so(world: Trial, method: str) -> None:
    answer = world.client().request(method, "/trial/open")
    assert (answer.status_code, document(answer).h1) == (405, "This address cannot be used like that")


def test_whoever_is_not_signed_in_is_led_to_the_door_and_back(world: Trial) -> None:
    client = world.client()
    answer = client.get("/trial/own")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=%2Ftrial%2Fown")
    by_script = client.post("/trial/kept", data={"answer": "4"}, headers={"HX-Request": "true"})
    assert by_script.headers["hx-redirect"] == "/sign-in"
    answer = client.get("/trial/own", headers={"HX-Request": "true"})
    assert answer.headers["hx-redirect"] == "/sign-in?next=%2Ftrial%2Fown"


@pytest.mark.parametrize(
    ("cause", "said"),
    [
        ("database or disk is full", "The disk that holds the trust's data is full."),
        ("could not extend file: No space left on device", "The disk that holds the trust's data is full."),
        ("database is locked", "The trust's database did not answer."),
        ("connection refused", "The trust's database did not answer."),
    ],
)
def test_a_database_that_cannot_gets_a_page_of_its_own(
    world: Trial, monkeypatch: pytest.MonkeyPatch, cause: str, said: str
) -> None:
    from tests.web import conftest

    error = OperationalError("INSERT INTO people (full_name)", {"full_name": "full"}, RuntimeError(cause))
    monkeypatch.setitem(conftest.FAULTS, "RuntimeError", error)
    answer = world.client(raises=False).post("/trial/raise/RuntimeError")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "30"
    assert said in document(answer).text
    assert "Nothing was saved." in document(answer).text


def test_every_heading_has_a_remedy_of_its_own() -> None:
    assert set(errors.HEADINGS) >= {403, 404, 405, 409, 413, 422, 429, 500, 503}
    assert len({remedy for _title, remedy in errors.HEADINGS.values()}) == len(errors.HEADINGS)
