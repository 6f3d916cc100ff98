"""Time never withdraws a completion: a level past its refresh date stays in its person's record, and counts nowhere."""

import csv
from datetime import date
from io import StringIO

import pytest
import sqlalchemy as sa

from app.access.permissions import Role
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.organisation.models import Person
from tests.client import HouseClient, document
from tests.evidence.scene import learn
from tests.evidence.test_appraisal import grant, told
from tests.evidence.test_person import download
from tests.evidence.test_trust import csv_rows, on_screen, workbook
from tests.organisation.away import go_on_leave
from tests.world import World

DONE, LAPSED = date(2022, 3, 20), "Refresh overdue since 20 March 2025"
PAST = "Levels past their refresh date"
WHY = "was to be refreshed by 20 March 2025 (3 years later)."
LONG = {"period": "dates", "starts": "1 January 2022", "ends": "23 November 2026"}
BEFORE = {"period": "dates", "starts": "1 March 2024", "ends": "20 March 2025"}


@pytest.fixture
def person(world: World) -> Person:
    world.load_courses()
    person = world.hire("Ada", "Learner")
    grant(world, person, DONE)
    return person


@pytest.fixture
def hr(world: World, person: Person) -> HouseClient:
    return world.client(world.with_role(Role.HR))


def test_my_record_shows_a_level_past_its_refresh_date_and_says_so(world: World, person: Person) -> None:
    shown = document(world.client(person).get("/my-record")).text
    for words in (PAST, "Pocket QI", LAPSED, WHY):
        assert words in shown
    assert "Nothing is here yet" not in shown


def test_a_level_without_a_course_is_not_nothing(world: World, person: Person) -> None:
    other = world.hire("Bea", "Baker")
    grant(world, other, date(2026, 11, 6))
    shown = document(world.client(other).get("/my-record")).text
    assert "Nothing is here yet" not in shown
    assert "No course is here yet. What else you have completed is below." in shown
    assert PAST not in shown


def test_hrs_page_print_and_files_of_the_person_say_it_and_what_was_completed(
    world: World, hr: HouseClient, person: Person
) -> None:
    assert WHY in document(hr.get(f"/evidence/people/{person.id}")).text
    for text in told(hr, person, **LONG):
        assert "Levels held on 23 November 2026 None." in text
        assert f"{PAST} on 23 November 2026" in text
        assert LAPSED in text
        assert "and 23 November 2026, Ada Learner completed Pocket QI." in text
    page = hr.get(f"/evidence/people/{person.id}")
    [row] = csv.DictReader(StringIO(download(hr, page, "csv").content.decode("utf-8-sig")))
    assert (row["Record"], row["Level"]) == ("Level completed, refresh overdue", "Pocket QI")
    assert (row["Completed on"], row["Held since"], row["Refresh by"]) == ("2022-03-20", "", "2025-03-20")
    events = table(AuditEvent)
    with world.db.read() as session:
        counted = session.scalars(sa.select(events.c.rows).where(events.c.action == "export evidence csv")).one()
    assert counted == 1


def test_on_its_last_day_it_was_still_held(hr: HouseClient, person: Person) -> None:
    for text in told(hr, person, **BEFORE):
        assert PAST not in text
        assert "20 March 2022" in text


def test_no_figure_list_or_file_of_the_trust_counts_it(world: World, hr: HouseClient, person: Person) -> None:
    learn(world, person)
    go_on_leave(world, person, date(2024, 6, 1), date(2024, 6, 11))
    shown, links = on_screen(hr)
    assert shown[3] == 1
    assert "Pocket QI" not in document(hr.get(links["levels"])).text.partition("Levels held: 1")[2]
    assert [row["Level"] for row in csv_rows(hr) if row["Record"] != "Learning"] == [
        "Introduction to quality improvement"
    ]
    assert workbook(hr).get_sheet_by_name("Totals").to_python()[1][5] == 1
    assert (
        "Refresh overdue since 30 March 2025, moved by 10 days of leave"
        in document(hr.get(f"/evidence/people/{person.id}")).text
    )


def test_leave_that_moves_the_date_past_the_last_day_leaves_the_level_held(
    world: World, hr: HouseClient, person: Person
) -> None:
    go_on_leave(world, person, date(2024, 6, 1), date(2026, 6, 1))
    shown = document(hr.get(f"/evidence/people/{person.id}")).text
    assert PAST not in shown
    assert "20 March 2027, moved by 730 days of leave" in shown


def test_nobody_is_called_late_while_they_are_away_and_no_file_says_that_they_are(
    world: World, hr: HouseClient, person: Person
) -> None:
    go_on_leave(world, person, date(2026, 9, 1))
    for shown in (world.client(person).get("/my-record"), hr.get(f"/evidence/people/{person.id}")):
        assert "To be refreshed after leave" in document(shown).text
        assert "overdue" not in document(shown).text
    for wanted in ("html", "csv"):
        assert "leave" not in download(hr, hr.get(f"/evidence/people/{person.id}"), wanted).text.lower()
