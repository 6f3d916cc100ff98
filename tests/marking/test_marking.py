"""A mark in the making: saved as it goes, checked, finished, and blind in every byte."""

from typing import Any

import httpx2
import pytest
import sqlalchemy as sa

from app.access.permissions import Role
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.kernel.errors import BadInputError, NotFoundError
from app.marking.commands.marking import OtherMarkError
from tests.client import document
from tests.marking.judged import BEST, ONE, TWO, WORST, Ward
from tests.world import World

SAID = {"value-number": "1", "value-who": "1", "value-test": "2"}


@pytest.fixture
def marker(ward: Ward) -> int:
    return ward.marker(Role.MARKER, given_name="Mo", family_name="Marker")


def _taken(ward: Ward, marker: int, task: str = ONE) -> int:
    ward.handed_in(task)
    mark = ward.take(marker)
    assert mark is not None
    return mark


def test_a_mark_grows_with_each_save_and_sending_it_again_changes_nothing(ward: Ward, marker: int) -> None:
    mark = _taken(ward, marker)
    assert ward.say(marker, mark, {"number": 1}).version == 1
    assert ward.say(marker, mark, {"number": 1}, seen=0).version == 1
    assert ward.say(marker, mark, {"number": 1, "who": 0}, seen=1).version == 2
    with ward.world.db.read() as session:
        events = table(AuditEvent)
        saved = session.scalars(sa.select(events.c.fields).where(events.c.action == "save mark")).all()
    assert saved == ["marks,comments,comment"] * 2


def test_a_newer_mark_is_not_overwritten_by_somebody_who_has_not_seen_it(ward: Ward, marker: int) -> None:
    mark = _taken(ward, marker)
    ward.say(marker, mark, {"number": 1})
    with pytest.raises(OtherMarkError) as other:
        ward.say(marker, mark, {"number": 0}, seen=0)
    assert (other.value.theirs.marks, other.value.mine.marks) == ({"number": 1}, {"number": 0})


def test_nobody_else_reads_saves_or_finishes_a_mark(ward: Ward, marker: int) -> None:
    mark = _taken(ward, marker, TWO)
    admin = ward.marker(Role.QI_ADMIN)
    client = ward.world.client(admin)
    for answer in (
        client.get(f"/marking/{mark}"),
        client.get(f"/marking/{mark}/check"),
        client.post(f"/marking/{mark}", data={"version": "0"} | SAID),
        client.post(f"/marking/{mark}/finish", data={"seen": "0"}),
        client.post(f"/marking/{mark}/give-back"),
    ):
        assert answer.status_code == 404
    with pytest.raises(NotFoundError):
        ward.say(admin, mark, BEST)
    with pytest.raises(NotFoundError):
        ward.finish(admin, mark)


def test_every_point_needs_an_answer_and_is_named(ward: Ward, marker: int) -> None:
    mark = _taken(ward, marker)
    ward.say(marker, mark, {"number": 1})
    with pytest.raises(BadInputError) as wrong:
        ward.finish(marker, mark)
    assert set(wrong.value.errors) == {"who", "test"}
    client = ward.world.client(marker)
    page = client.get(f"/marking/{mark}/check")
    assert "Still open: 2 of 3." in document(page).text
    again = client.submit(page, "/finish")
    assert again.status_code == 422
    assert "It says for whom: choose an answer" in document(again).text


def test_what_is_finished_or_given_back_is_closed(ward: Ward, marker: int) -> None:
    mark = _taken(ward, marker, TWO)
    ward.say(marker, mark, BEST)
    ward.finish(marker, mark)
    with pytest.raises(NotFoundError):
        ward.say(marker, mark, WORST, seen=1)
    with pytest.raises(NotFoundError):
        ward.finish(marker, mark)
    assert ward.world.client(marker).post(f"/marking/{mark}/give-back").status_code == 404


def test_a_marker_marks_from_the_page_checks_and_finishes(ward: Ward, marker: int) -> None:
    client = ward.world.client(marker)
    mark = _taken(ward, marker)
    page = client.get(f"/marking/{mark}")
    saved = client.submit(page, f"/marking/{mark}", button=("then", "check"), **SAID, **{"comment-who": "Well put"})
    check = client.follow(saved)
    assert "Every point has its answer." in document(check).text
    assert "2 of 2: a test to learn from" in document(check).text
    done = client.follow(client.submit(check, "/finish"))
    assert "Finished. Thank you." in document(done).text
    assert ward.marks(id=mark)[0].finished_at is not None


def test_an_autosave_is_answered_with_one_line_and_the_next_version(ward: Ward, marker: int) -> None:
    mark = _taken(ward, marker)
    client = ward.world.client(marker)
    headers = {"HX-Request": "true", "HX-Target": "saved"}
    answer = client.post(f"/marking/{mark}", data=SAID | {"version": "0"}, headers=headers)
    [line] = document(answer).elements[:1] if document(answer).elements[0].tag == "p" else document(answer).all("p")
    assert (line.attrib["id"], line.attrib["data-version"]) == ("saved", "1")
    assert "Saved 09:00" in document(answer).text


def test_two_windows_show_both_and_either_can_be_kept(ward: Ward, marker: int) -> None:
    mark = _taken(ward, marker)
    client = ward.world.client(marker)
    old = client.get(f"/marking/{mark}")
    client.submit(old, f"/marking/{mark}", **SAID, comment="From the new window")
    both = client.submit(old, f"/marking/{mark}", **(SAID | {"value-number": "0"}), comment="From the old window")
    assert both.status_code == 409
    assert "From the new window" in document(both).text
    assert "From the old window" in document(both).text
    client.follow(client.submit(both, f"/marking/{mark}"))
    assert ward.marks(id=mark)[0].comment == "From the old window"


def test_nothing_typed_is_lost_when_a_comment_is_too_long(ward: Ward, marker: int) -> None:
    mark = _taken(ward, marker)
    client = ward.world.client(marker)
    page = client.get(f"/marking/{mark}")
    long = "x" * 2001
    again = client.submit(page, f"/marking/{mark}", **SAID, **{"comment-who": long}, comment="Kept")
    assert again.status_code == 422
    assert "It says for whom: write at most 2,000 characters, you have 2,001" in document(again).text
    assert long in again.text
    assert "Kept" in again.text
    assert ward.marks(id=mark)[0].version == 0


@pytest.mark.parametrize("value", ["9", "-1", "²", "1.0", "two", "99999"])
def test_a_value_that_a_point_does_not_have_is_refused_by_name(ward: Ward, marker: int, value: str) -> None:
    mark = _taken(ward, marker)
    client = ward.world.client(marker)
    answer = client.post(f"/marking/{mark}", data=SAID | {"version": "0", "value-who": value})
    assert answer.status_code == 422
    assert "It says for whom: choose one of the answers" in document(answer).text


def test_a_mark_that_changed_since_it_was_checked_is_checked_again(ward: Ward, marker: int) -> None:
    mark = _taken(ward, marker)
    ward.say(marker, mark, BEST)
    client = ward.world.client(marker)
    check = client.get(f"/marking/{mark}/check")
    ward.say(marker, mark, WORST, seen=1)
    again = client.submit(check, "/finish")
    assert again.status_code == 409
    assert "has changed since you opened this page" in document(again).text
    assert client.submit(again, "/finish").status_code == 303


def test_words_survive_an_ended_sign_in(ward: Ward, marker: int) -> None:
    mark = _taken(ward, marker)
    client = ward.world.client(marker)
    page = client.get(f"/marking/{mark}")
    ward.world.later(days=2)
    kept = client.submit(page, f"/marking/{mark}", **SAID, comment="An hour's thought")
    assert kept.status_code == 303
    assert kept.headers["location"].startswith("/sign-in")


def test_a_resubmission_comes_with_what_was_said_before(ward: Ward, marker: int) -> None:
    learner = ward.world.hire().id
    ward.mark(
        marker, ward.handed_in(by=learner), WORST, comments={"who": "Say who it is for"}, comment="Have another go"
    )
    ward.handed_in(by=learner)
    mark = ward.take(marker)
    text = document(ward.world.client(marker).get(f"/marking/{mark}")).text
    for words in (
        "What was said about go 1",
        "0 of 4 points: it did not pass.",
        "Say who it is for",
        "Have another go",
    ):
        assert words in text


# blind


def _everything_a_marker_is_sent(ward: Ward, marker: int, work: int) -> list[httpx2.Response]:
    client = ward.world.client(marker)
    answers = [client.get("/marking"), client.get("/marking?task=small-tasks/two-markers")]
    taken = client.submit(answers[0], f"/marking/take/{work}")
    page = client.follow(taken)
    path = taken.headers["location"]
    wrong = client.post(f"{path}/finish", data={"seen": "0"})
    saved = client.submit(page, path, button=("then", "check"), **SAID)
    check = client.follow(saved)
    late = client.submit(page, path, **(SAID | {"value-who": "0"}))
    done = client.submit(check, "/finish")
    answers += [taken, page, wrong, saved, check, late, done, client.follow(done), client.get(path)]
    return answers


def test_no_byte_of_any_answer_says_whose_work_it_is_or_that_anybody_else_marks_it(ward: Ward) -> None:
    world: World = ward.world
    surgery = world.team("Theatre Seven", "Quillon Surgery")
    learner = world.hire("Xanthippe", "Quizzaciously", team=surgery, email="xanthippe@trust.example")
    work = ward.handed_in(TWO, by=learner.id)
    other = ward.marker(Role.MARKER, given_name="Zebedee", family_name="Firstmarker")
    ward.mark(other, work, WORST, comments={"who": "Nobody is named, says the first"}, comment="Sorry, says the first")
    marker = ward.marker(Role.MARKER, given_name="Una", family_name="Secondmarker")
    answers = _everything_a_marker_is_sent(ward, marker, work)
    assert [a.status_code for a in answers] == [200, 200, 303, 200, 422, 303, 200, 409, 303, 200, 404]
    secrets = [
        "Xanthippe", "Quizzaciously", "xanthippe@", "Theatre Seven", "Quillon", "Zebedee", "Firstmarker",
        "says the first", "Nobody is named", "second m", "second look", "moderat", "both markers",
    ]  # fmt: skip
    for answer in answers:
        sent = (answer.text + str(dict(answer.headers))).replace("Una Secondmarker", "").lower()
        for secret in secrets:
            assert secret.lower() not in sent, f"{secret} in {answer.request.method} {answer.url}"


def test_the_queue_is_the_same_for_a_first_and_a_second_look(ward: Ward) -> None:
    first, second = ward.handed_in(TWO), ward.handed_in(TWO)
    ward.mark(ward.marker(), first, WORST)
    marker = ward.marker()
    page = ward.world.client(marker).get("/marking").text
    rows = [row.partition("<tr>")[2] for row in page.split("</tr>") if "/marking/take/" in row]
    assert len(rows) == 2
    assert rows[0].replace(str(first), "#") == rows[1].replace(str(second), "#")


def test_a_marker_who_lost_the_role_meanwhile_reads_nothing_more(ward: Ward, marker: int) -> None:
    mark = _taken(ward, marker)
    client = ward.world.client(marker)
    ward.world.leave(marker)
    answer: Any = client.get(f"/marking/{mark}")
    assert answer.status_code == 303
