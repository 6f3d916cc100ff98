"""The sign-in ends while somebody writes: their words wait for them, and for nobody else."""

from app.kernel.db import table
from app.marking.models import PieceOfWork
from tests.assessment.test_expiry import _sign_in, _with_password
from tests.client import HouseClient, document
from tests.marking.work_writer import AUTOSAVE, WORDS, Writer, fields
from tests.world import World


def after_the_end(world: World, writer: Writer, **more: str) -> HouseClient:
    """A browser that has posted words under a sign-in that had ended."""
    _with_password(world, writer.person_id)
    browser = world.client(writer.person_id)
    browser.get(writer.path)
    world.later(days=2)
    sent = browser.post(writer.path, data=fields(0) | more, headers=AUTOSAVE if more else {})
    assert sent.headers["location"].startswith("/sign-in")
    assert writer.own.draft is None
    return browser


def test_the_words_are_kept_and_saved_when_the_same_person_signs_in(world: World, writer: Writer) -> None:
    browser = after_the_end(world, writer, stay="here")
    assert _sign_in(browser, writer.person_id).headers["location"] == writer.path
    assert writer.own.draft is not None
    assert writer.own.draft.content == WORDS


def test_somebody_else_at_the_same_keyboard_saves_nothing_of_it(world: World, writer: Writer) -> None:
    browser = after_the_end(world, writer)
    other = world.hire().id
    _with_password(world, other)
    _sign_in(browser, other)
    with world.db.read() as session:
        assert session.execute(table(PieceOfWork).select()).all() == []
    assert WORDS["aim"] not in browser.get(writer.path).text


def test_newer_words_from_elsewhere_are_not_overwritten_by_those_that_waited(world: World, writer: Writer) -> None:
    browser = after_the_end(world, writer)
    writer.save({"aim": "Newer", "idea": "Newer"})
    both = _sign_in(browser, writer.person_id)
    assert document(both).h1 == "A small task: two versions"
    assert writer.own.draft is not None
    assert writer.own.draft.content["aim"] == "Newer"
