"""Adjustments are granted with a reason and dates, never changed, ended with who and when; and nobody else knows."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from app.access.permissions import Role
from app.assessment import queries
from app.assessment.models import Adjustment
from app.assessment.rules import Leeway
from app.kernel.audit import AuditEvent, AuditValue
from app.kernel.config import ROOT
from app.kernel.db import table
from app.kernel.errors import NotAllowedError, NotFoundError, RuleBrokenError
from tests.assessment.adjusting import ARRANGEMENT, REASON, Granter
from tests.assessment.course import SLUG, Learner
from tests.client import HouseClient, document
from tests.world import World

TOMORROW = timedelta(days=1)


@pytest.fixture
def granter(world: World) -> Granter:
    return Granter(world)


@pytest.fixture
def browser(world: World, granter: Granter) -> HouseClient:
    return world.client(granter.person_id)


def rows(world: World) -> list[Any]:
    with world.db.read() as session:
        return list(session.execute(sa.select(table(Adjustment)).order_by(table(Adjustment).c.id)))


def leeway(world: World, person_id: int) -> Leeway:
    with world.db.read() as session:
        return queries.leeway(session, person_id, world.now)


def test_the_way_from_a_persons_page_to_a_granted_adjustment_and_its_end(
    world: World, granter: Granter, browser: HouseClient
) -> None:
    person = world.hire("Ann", "O'Neill")
    home = browser.get(f"/people/{person.id}")
    page = browser.get(document(home).links["Extra time, tries and other adjustments"])
    assert "Nothing is in force today." in document(page).text
    granted = browser.submit(
        page,
        "/adjustments",
        extra_time="25",
        extra_tries="2",
        arrangement="A reader",
        reason="As agreed with occupational health",
        last="31 March 2027",
    )
    page = browser.follow(granted)
    text = document(page).text
    for words in (
        "Today: 25% more time, 2 more tries.",
        "A reader",
        "As agreed with occupational health",
        "23 November 2026 to 31 March 2027",
        "In force",
        "Marco Adler, 23 November 2026",
    ):
        assert words in text
    (row,) = rows(world)
    assert (row.starts_on, row.ends_on) == (world.today, date(2027, 4, 1))
    world.later(days=9)
    browser = world.client(granter.person_id)
    page = browser.follow(browser.submit(browser.get(f"/people/{person.id}/adjustments"), "/end"))
    assert "Ended 2 December 2026 by Marco Adler" in document(page).text
    assert "Nothing is in force today." in document(page).text
    (after,) = rows(world)
    assert (after.ended_at, after.ended_by_id) == (world.now, granter.person_id)
    assert after[: list(table(Adjustment).c.keys()).index("ended_at")] == row[:-2], "what was granted is not changed"


@pytest.mark.parametrize(
    ("filled", "field", "message"),
    [
        ({"extra_time": "0"}, "extra_time", "Choose extra time, enter extra tries, or describe another arrangement"),
        ({"extra_time": "33"}, "extra_time", "Choose extra time"),
        ({"extra_tries": "21"}, "extra_tries", "Enter a number of tries from 0 to 20, such as 1"),
        ({"extra_tries": "-1"}, "extra_tries", "Enter a number of tries from 0 to 20, such as 1"),
        ({"extra_tries": "two"}, "extra_tries", "Enter a number of tries from 0 to 20, such as 1"),
        ({"reason": " "}, "reason", "Enter why it is granted"),
        ({"reason": "x" * 1001}, "reason", "Why it is granted must be 1000 characters or fewer"),
        ({"arrangement": "x" * 501}, "arrangement", "What was agreed must be 500 characters or fewer"),
        ({"first": "soon"}, "first", "Enter the first day, such as 31 March 2027"),
        ({"first": ""}, "first", "Enter the first day, such as 31 March 2027"),
        ({"first": "22 November 2026"}, "first", "The first day must be today or later: what is over stays as it was"),
        ({"last": "22 November 2026"}, "last", "The last day must not be before the first day"),
        ({"last": "31 December 9999"}, "last", "Enter a day before the year 2100"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_typed_is_lost(
    world: World, browser: HouseClient, filled: dict[str, str], field: str, message: str
) -> None:
    person = world.hire()
    typed = {"extra_time": "25", "reason": "As agreed", "first": "23 November 2026", "last": ""} | filled
    page = browser.submit(browser.get(f"/people/{person.id}/adjustments"), "/adjustments", **typed)
    assert page.status_code == 422
    assert document(page).title.startswith("Error: ")
    assert document(page).links[message] == f"#{field}"
    (form,) = (f for f in document(page).forms if f.action.endswith("/adjustments"))
    for name, text in typed.items():
        if text.strip() and text != "33":
            assert form.fields[name] == [text.strip() if name == "reason" else text]
    assert rows(world) == []


def test_an_arrangement_in_words_alone_is_enough(world: World, browser: HouseClient) -> None:
    person = world.hire()
    page = browser.get(f"/people/{person.id}/adjustments")
    page = browser.follow(browser.submit(page, "/adjustments", arrangement="A quiet room", reason="As agreed"))
    assert "Today: what was agreed in words below." in document(page).text


def test_pressing_twice_grants_once(world: World, browser: HouseClient) -> None:
    page = browser.get(f"/people/{world.hire().id}/adjustments")
    for _ in range(2):
        assert browser.submit(page, "/adjustments", extra_time="25", reason="As agreed").status_code == 303
    assert len(rows(world)) == 1


def test_one_that_begins_later_waits_and_one_that_is_over_no_longer_counts(
    world: World, granter: Granter, browser: HouseClient
) -> None:
    person = world.hire()
    granter.grant(person.id, 50, starts_on=world.today + TOMORROW, ends_on=world.today + 2 * TOMORROW)
    page = document(browser.get(f"/people/{person.id}/adjustments"))
    assert "Not yet in force" in page.text
    assert leeway(world, person.id) == Leeway()
    world.later(days=1)
    assert leeway(world, person.id) == Leeway(percent=50)
    world.later(days=1)
    assert leeway(world, person.id) == Leeway()
    page = document(world.client(granter.person_id).get(f"/people/{person.id}/adjustments"))
    assert "Over" in page.text
    assert not [f for f in page.forms if f.action.endswith("/end")]


def test_what_is_over_cannot_be_ended_again(world: World, granter: Granter) -> None:
    person = world.hire()
    ended = granter.end(granter.grant(person.id, 50))
    short = granter.grant(person.id, 25, ends_on=world.today + TOMORROW)
    world.later(days=1)
    for one in (ended, short):
        with pytest.raises(RuleBrokenError, match="over already"):
            granter.end(one)


def test_nobody_decides_about_themselves(world: World, granter: Granter, browser: HouseClient) -> None:
    with pytest.raises(NotAllowedError, match="Ask another"):
        granter.grant(granter.person_id, 25)
    theirs = Granter(world).grant(granter.person_id, 25)
    with pytest.raises(NotAllowedError, match="Ask another"):
        granter.end(theirs)
    page = browser.get(f"/people/{granter.person_id}/adjustments")
    assert "Nobody decides about their own adjustments." in document(page).text
    assert not [f for f in document(page).forms if "adjust" in f.action]
    sent = {"extra_time": "25", "reason": "me", "first": "23 November 2026"}
    refused = browser.post(f"/people/{granter.person_id}/adjustments", data=sent)
    assert refused.status_code == 403
    assert "Ask another QI team administrator" in document(refused).text
    assert browser.post(f"/adjustments/{theirs.id}/end").status_code == 403
    assert len(rows(world)) == 1


def test_whoever_may_not_grant_finds_neither_person_nor_adjustment(world: World, granter: Granter) -> None:
    person, partner = world.hire(), world.partner()
    granted = granter.grant(person.id, 25)
    for other in (world.hire(), world.lead(), world.with_role(Role.HR), world.with_role(Role.MARKER), partner):
        client = world.client(other)
        for id_ in (person.id, 10**6):
            assert client.get(f"/people/{id_}/adjustments").status_code == 403
            assert client.post(f"/people/{id_}/adjustments", data={"extra_time": "25"}).status_code == 403
        assert client.post(f"/adjustments/{granted.id}/end").status_code == 403
    with pytest.raises(NotFoundError):
        granter.grant(partner.id, 25)
    admin = world.client(granter.person_id)
    for id_ in (partner.id, 10**6, 10**30):
        assert admin.get(f"/people/{id_}/adjustments").status_code == 404
        assert admin.post(f"/adjustments/{id_ + 10**6}/end").status_code == 404
    assert leeway(world, person.id) == Leeway(percent=25)


def test_the_log_says_that_one_was_granted_and_ended_never_what_it_says(
    world: World, granter: Granter, browser: HouseClient
) -> None:
    person = world.hire("Ann", "O'Neill")
    granter.end(granter.grant(person.id, 25, 2))
    granter.grant(person.id, no_limit=True)
    log = document(browser.get(f"/audit?person_id={person.id}"))
    assert "Grant adjustment" in log.text
    assert "End adjustment" in log.text
    for secret in (REASON, ARRANGEMENT, "25", "no time limit", "tries"):
        assert secret not in log.text.replace("2025", "")
    event, value = table(AuditEvent), table(AuditValue)
    with world.db.read() as session:
        named = session.scalars(sa.select(event.c.fields).where(event.c.action == "grant adjustment")).all()
        kept = session.scalars(
            sa.select(value.c.field).join(event, event.c.id == value.c.event_id).where(event.c.entity == "adjustment")
        ).all()
    assert kept == []
    assert len(set(named)) == 1, "which fields were filled in would say what somebody needs"


def test_evidence_certificates_and_downloads_say_nothing_of_it(world: World, granter: Granter, timed: Learner) -> None:
    granter.grant(timed.person_id, 25, 2)
    timed.take("try-it")
    timed.take()
    hr, own = world.client(world.with_role(Role.HR)), world.client(timed.person_id)
    heard = [hr.get(f"/evidence/people/{timed.person_id}"), own.get("/my-record"), hr.get(f"/people/{timed.person_id}")]
    for client, page, action in ((hr, heard[0], "/download"), (own, heard[1], "/my-record/download")):
        heard += [client.follow(client.submit(page, action, button=("format", wanted))) for wanted in ("csv", "html")]
    assert SLUG in heard[-1].text, "a search that finds nothing must be able to find something"
    lead = world.lead("Medicine")
    heard += [world.client(lead).get(path) for path in ("/teams", f"/teams/people/{timed.person_id}")]
    for page in heard:
        said = page.content.decode(errors="replace")
        for secret in (REASON, ARRANGEMENT, "djustment", "more time", "25%"):
            assert secret not in said, page.url


def test_no_other_room_of_the_house_reads_adjustments() -> None:
    told = {
        path.relative_to(ROOT).parts[1]
        for path in (ROOT / "app").rglob("*.py")
        if any(word in path.read_text() for word in ("import Adjustment", "GrantAdjustment", "adjustments(", "leeway("))
    }
    assert told <= {"assessment", "demonstration"}
