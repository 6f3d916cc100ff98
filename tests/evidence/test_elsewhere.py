"""What was learnt elsewhere stands on each record apart from this programme, and in no sum of it."""

import csv
from io import BytesIO, StringIO

import pytest
from pypdf import PdfReader

from app.access.permissions import Role
from app.organisation.models import Person
from tests.client import document
from tests.evidence.scene import learn
from tests.recognition.scene import Scene
from tests.world import World


@pytest.fixture
def scene(world: World) -> Scene:
    world.load_courses()
    return Scene.of(world)


def _files(scene: Scene, who: Person, page: str) -> dict[str, bytes]:
    client = scene.world.client(who)
    shown = client.get(page)
    sent = {"period": "dates", "starts": "1 January 2024", "ends": "23 November 2026"}
    return {
        wanted: client.follow(client.submit(shown, "/download", button=("format", wanted), **sent)).content
        for wanted in ("pdf", "html", "csv")
    }


def test_it_is_shown_with_where_when_how_long_and_what_it_was_recognised_as(scene: Scene) -> None:
    scene.recognise(scene.offer())
    scene.imported()
    hr = scene.world.with_role(Role.HR)
    asked = {"period": "dates", "starts": "1 January 2024", "ends": "23 November 2026"}
    theirs = document(scene.world.client(hr).get(f"/evidence/people/{scene.ada.id}", params=asked)).text
    own = document(scene.world.client(scene.ada).get("/my-record")).text
    for words in ("QSIR Practitioner", "NHS England", "3 Mar 2024", "40 hours", "Recognised as Improvement leaders"):
        assert words in own
        assert words in theirs
    assert "2 items, 41 hours 30 minutes, counted apart from this programme" in own
    assert "You put it there yourself" in own
    assert "Offered by the person" in theirs
    assert "Imported from old-list.csv" in theirs


def test_in_each_file_it_stands_apart_and_no_minute_of_it_is_in_the_programmes_sum(scene: Scene) -> None:
    learn(scene.world, scene.ada)
    scene.recognise(scene.offer())
    files = _files(scene, scene.ada, "/my-record")
    pdf = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(files["pdf"])).pages).split())
    for text in (pdf, files["html"].decode()):
        assert "Learning from elsewhere" in text
        assert "1 course, 1 hour 6 minutes" in text
        assert "1 item, 40 hours, counted apart from this programme" in text
    rows = list(csv.DictReader(StringIO(files["csv"].decode("utf-8-sig"))))
    assert sum(int(row["Minutes"] or 0) for row in rows) == 66
    [row] = [row for row in rows if row["Record"] == "Learning from elsewhere"]
    assert (row["Course"], row["Provider"], row["Minutes elsewhere"]) == ("QSIR Practitioner", "NHS England", "2400")
    assert (row["Completed on"], row["Level"], row["Source"]) == (
        "2024-03-03",
        "Improvement leaders",
        "Offered by the person",
    )


def test_that_something_was_declined_or_why_is_in_nobodys_evidence(scene: Scene) -> None:
    item = scene.offer(words="What I wrote for the assessor", link="https://example.org/mine")
    scene.decline(item, reason="An hour without an assessment")
    hr = scene.world.with_role(Role.HR)
    asked = {"period": "dates", "starts": "1 January 2024", "ends": "23 November 2026"}
    shown = scene.world.client(hr).get(f"/evidence/people/{scene.ada.id}", params=asked).text
    files = _files(scene, hr, f"/evidence/people/{scene.ada.id}")
    assert "QSIR Practitioner" in shown
    for text in (shown, files["html"].decode(), files["csv"].decode()):
        for kept in ("What I wrote", "example.org", "An hour without", "declined", "Not recognised"):
            assert kept not in text


def test_what_was_completed_outside_the_period_is_not_there(scene: Scene) -> None:
    scene.offer()
    hr = scene.world.with_role(Role.HR)
    shown = document(scene.world.client(hr).get(f"/evidence/people/{scene.ada.id}")).text
    assert "QSIR" not in shown
