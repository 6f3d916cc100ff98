"""Before release nothing tells how work was judged; from then on the learner reads all of it, and no name."""

import pytest

from app.marking.rules import MarkPlace
from tests.client import HouseClient, document
from tests.marking.work_course import SECRET
from tests.marking.work_writer import AUTOSAVE, WORDS, Writer, decide, fields, mark, release


def _everything(browser: HouseClient, writer: Writer) -> bytes:
    """Every answer that a learner can get while their work waits, byte by byte, with its headers."""
    heard = b""
    for answer in (
        browser.get(writer.path),
        browser.get(f"{writer.path}/check"),
        browser.get("/courses/induction/writing"),
        browser.get("/courses/induction"),
        browser.get("/my-record"),
        browser.get("/my-skills"),
        browser.post(writer.path, data=fields(1, aim="changed")),
        browser.post(writer.path, data=fields(1, aim="changed"), headers=AUTOSAVE),
        browser.post(f"{writer.path}/hand-in", data={"number": "1", "seen": "7"}),
        browser.post(f"{writer.path}/take-back", data={"number": "1"}),
        browser.post(f"{writer.path}/again"),
    ):
        heard += answer.content + str(answer.headers).encode()
    return heard


@pytest.mark.parametrize("passes", [True, False])
def test_no_answer_tells_how_work_was_judged_before_it_is_released(
    browser: HouseClient, writer: Writer, passes: bool
) -> None:
    work = writer.handed_in()
    said = {"number": "comment-on-a-point"}
    marker = mark(
        writer.world, work, MarkPlace.FIRST, marks={"number": 1, "day": 0, "idea": 2}, comments=said,
        comment="comment-on-it-all",
    )  # fmt: skip
    before = _everything(browser, writer)
    decide(writer.world, work, 3 if passes else 1)
    after = _everything(browser, writer)
    name = writer.world.actor(marker).name
    for heard in (before, after):
        assert len(heard) > 20_000
        secrets = ("comment-on-a-point", "comment-on-it-all", SECRET, "Passed", "Not yet", "of 4 points", name)
        assert [secret for secret in secrets if secret.encode() in heard] == []
    release(writer.world, work, 3 if passes else 1)
    shown = document(browser.get(writer.path)).text
    assert "comment-on-a-point" in shown, "a search that finds nothing must be able to find something"
    assert "comment-on-it-all" in shown
    assert SECRET not in shown
    assert name not in shown


def test_a_released_piece_shows_both_markers_and_the_moderation_without_a_name(
    browser: HouseClient, writer: Writer
) -> None:
    work = writer.handed_in()
    values = {"number": 1, "day": 1, "idea": 2}
    mark(writer.world, work, MarkPlace.SECOND, marks=values | {"day": 0}, comments={"day": "No day that I can see"})
    mark(writer.world, work, MarkPlace.FIRST, marks=values, comment="Clear and short")
    mark(
        writer.world, work, MarkPlace.MODERATION, marks={"day": 1}, comments={"day": "June is a day"}, comment="Settled"
    )
    release(writer.world, work, 4)
    page = document(browser.get(writer.path))
    assert "You have passed." in page.text
    for words in (
        "4 of 4 points. 2 were needed.",
        "Marker A Clear and short",
        "Moderation Settled",
        "Marker A: Given.",
        "Marker B: Not given. No day that I can see",
        "Moderation: Given. June is a day",
        "2 of 2: Small",
        "It counts for the course.",
    ):
        assert words in page.text, words
    assert "Write it again" not in page.text


def test_what_a_marker_gave_back_or_has_not_finished_is_never_shown(browser: HouseClient, writer: Writer) -> None:
    work = writer.handed_in()
    mark(writer.world, work, MarkPlace.FIRST, marks={"number": 0}, comment="given-back", given_back_at=writer.world.now)
    mark(writer.world, work, MarkPlace.SECOND, comment="unfinished")
    mark(writer.world, work, MarkPlace.FIRST, marks={"number": 1}, comment="finished")
    release(writer.world, work, 1)
    shown = document(browser.get(writer.path)).text
    assert "finished" in shown
    assert "given-back" not in shown
    assert "unfinished" not in shown


def test_work_that_did_not_pass_is_written_again_with_what_was_said_beside_it(
    browser: HouseClient, writer: Writer
) -> None:
    work = writer.handed_in()
    mark(writer.world, work, MarkPlace.FIRST, marks={"number": 1, "day": 0, "idea": 0}, comment="Which day?")
    release(writer.world, work, 1)
    page = browser.get(writer.path)
    assert "Not yet a pass." in document(page).text
    assert "You can do so as often as you like." in document(page).text
    again = browser.follow(browser.submit(page, "/again"))
    said = document(again)
    assert "Draft of go 2" in said.text
    assert WORDS["aim"] in said.text
    assert "Which day?" in said.text
    browser.post(writer.path, data=fields(0, 2, aim="Cold teas from 9 to 3 by 30 June"))
    writer.hand_in(2)
    assert "Which day?" in document(browser.get(writer.path)).text
