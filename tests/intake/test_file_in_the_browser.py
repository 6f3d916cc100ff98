"""HR brings the staff file in the browser: nothing is written before it is applied, and then exactly what was shown."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from app.access.actor import ScopeKind
from app.access.permissions import Role
from app.intake.models import StaffImport, StaffImportLine, StaffUploadLine
from app.kernel.db import table
from app.organisation.models import Employment, Person
from tests.client import document
from tests.intake.bringing import RECORD, Bringing, content, count, text
from tests.intake.staff_file import row
from tests.world import World

SHOWN_ALIKE = ("kind", "row", "employee_number", "name", "place", "day", "changed")
EVERYBODY = [row(f"{n:04}") for n in range(1, 41)]


@pytest.fixture(autouse=True)
def _ward(world: World) -> None:
    world.team("Ward 7", "Medicine")


def lines(world: World, model: Any) -> list[tuple[Any, ...]]:
    """The lines of a preview or of a record, with the person where they were known before."""
    found = table(model)
    wanted = [found.c[name] for name in SHOWN_ALIKE]
    with world.db.read() as session:
        return [tuple(one) for one in session.execute(sa.select(*wanted, found.c.person_id).order_by(found.c.id))]


def test_a_file_is_read_shown_applied_and_kept(bringing: Bringing) -> None:
    page = bringing.bring(row("00012345", "Okafor"), row("2", manager="00012345"))
    assert document(page).h1 == "What staff.csv would change"
    assert "Nothing is written yet. 2 join." in text(page)
    assert "Okafor, Ash" in text(page)
    assert "00012345" in text(page)
    assert "NI Number, Date of Birth" in text(page), "what is not read is named"
    assert count(bringing.world, Employment) == 1, "nobody but HR is here"
    done = bringing.apply()
    assert document(done).h1 == "What staff.csv did"
    assert "2 joined." in text(done)
    assert "Applied by Hannah Reid on 23 November 2026" in text(done)
    assert "Okafor, Ash" in text(done)
    first = bringing.client.get(RECORD)
    assert "Last brought in on 23 November 2026" in text(first)
    assert "2 joined" in text(first)
    assert bringing.client.get(bringing.path).headers["location"].startswith(f"{RECORD}/imports/")


def test_the_same_file_twice_changes_nothing(bringing: Bringing) -> None:
    bringing.bring(*EVERYBODY, bringing.own, whole="trust")
    bringing.apply()
    before = count(bringing.world, Employment), count(bringing.world, Person)
    page = bringing.bring(*EVERYBODY, bringing.own, whole="trust")
    assert "41 people are as the file says" in text(page)
    assert "There is nothing to apply" in text(page)
    assert not any(form.action.endswith("/apply") for form in document(page).forms)
    assert (count(bringing.world, Employment), count(bringing.world, Person)) == before


def test_what_was_listed_is_what_the_record_lists(bringing: Bringing) -> None:
    """Joiners, movers, changes, leavers, second and ended posts, and those who come back."""
    world = bringing.world
    bringing.bring(*EVERYBODY, row("0050", assignment="50-1", primary="yes"), row("0051"))
    bringing.apply()
    bringing.later(days=30)
    rows = [one for one in EVERYBODY if one["number"] != "0003"]
    rows[0] = rows[0] | {"team": "Ward 8"}
    rows[1] = rows[1] | {"band": "Band 6", "family": "Newname", "email": "new@trust.example"}
    second = row("0050", assignment="50-2", primary="no", start="2026-12-01")
    more = [row("0050", assignment="50-1", primary="yes"), second, row("0060", end="2027-01-31"), row("0061")]
    more += [row("0051", end="2026-12-01"), row("0062", start="never"), bringing.own]
    page = bringing.bring(*rows, *more, whole="trust")
    bringing.go(bringing.client.get(f"{bringing.path}/decisions"), "/decisions", all="create")
    shown = lines(world, StaffUploadLine)
    page = bringing.client.get(bringing.path)
    assert {kind for kind, *_ in shown} == {"joiner", "mover", "change", "second post", "leaver"}
    bringing.apply(good_rows="true", leavers_expected="true")
    with world.db.read() as session:
        newest = session.scalar(sa.select(sa.func.max(table(StaffImport).c.id)))
    line = table(StaffImportLine)
    with world.db.read() as session:
        made = [
            tuple(one)
            for one in session.execute(
                sa.select(*(line.c[name] for name in SHOWN_ALIKE), line.c.person_id)
                .where(line.c.import_id == newest)
                .order_by(line.c.id)
            )
        ]
    assert [one[:-1] for one in made] == [one[:-1] for one in shown]
    assert all(done[-1] == was[-1] for done, was in zip(made, shown, strict=True) if was[-1])
    assert all(done[-1] for done in made)
    assert "0062" not in {one[2] for one in made}
    assert page.status_code == 200


def test_rows_with_errors_wait_until_the_good_ones_are_wanted_alone(bringing: Bringing) -> None:
    page = bringing.bring(row("1"), row("2", start="12/26"), row("3", email="nobody@"))
    assert "2 rows have errors" in text(page)
    stopped = bringing.go(page, "/apply")
    assert stopped.status_code == 422
    assert document(stopped).title.startswith("Error: ")
    assert count(bringing.world, StaffImport) == 0
    done = bringing.apply(good_rows="true")
    assert "1 joined." in text(done)
    errors = bringing.client.get(document(done).links["2 Errors"])
    assert "Start Date" in text(errors)
    assert "Work Email" in text(errors)


def test_many_leavers_must_be_told_to_be_true_and_the_other_tick_is_not_lost(bringing: Bringing) -> None:
    bringing.bring(*EVERYBODY)
    bringing.apply()
    bringing.later(days=1)
    page = bringing.bring(*EVERYBODY[:30], row("99", start="12/26"), bringing.own, whole="trust")
    assert "people would leave, of 41: more than 5 in 100" in text(page)
    stopped = bringing.go(page, "/apply", good_rows="true")
    assert stopped.status_code == 422
    assert "5 in 100" in text(stopped)
    ticks = [box for box in document(stopped).all("input") if box.attrib.get("type") == "checkbox"]
    assert {box.attrib["name"]: "checked" in box.attrib for box in ticks} == {
        "good_rows": True,
        "leavers_expected": False,
    }
    done = bringing.apply(good_rows="true", leavers_expected="true")
    assert "10 left" in text(done)


def test_hr_of_one_directorate_finds_nothing_here(bringing: Bringing, world: World) -> None:
    bringing.bring(row("1"), row("2", start="12/26"))
    partly = world.hire("Pia", "Part")
    world.grant(partly, Role.HR, ScopeKind.DIRECTORATE, world.directorate("Medicine").id)
    client = world.client(partly)
    for path in ("", "/columns", "/rows", "/rows/3", "/decisions"):
        assert client.get(bringing.path + path).status_code == 404
    assert client.get(RECORD).status_code == 404
    assert client.get("/people").text.count(RECORD) == 0
    for deed in ("/again", "/apply", "/aside", "/download", "/decisions", "/rows/3"):
        data = {"plan": bringing.upload().plan, "_once": "x"}
        assert client.post(bringing.path + deed, data=data).status_code == 404, deed
    answer = client.post(f"{RECORD}/files", data={"whole": "changes"}, files={"file": ("a.csv", content(row("3")))})
    assert answer.status_code == 404
    assert bringing.apart.asked == []


def test_the_lists_can_be_searched_and_turned(bringing: Bringing) -> None:
    bringing.bring(*(row(f"{n:04}", f"Núñez{n}" if n < 5 else "Smith") for n in range(150)), row("x", start="12/26"))
    page = bringing.client.get(f"{bringing.path}?show=joiner&q=nunez")
    assert "4 lines" in text(page) or "5 lines" in text(page)
    page = bringing.client.get(f"{bringing.path}?show=joiner&page=2")
    assert "101 to 150 of 150." in text(page)
    for words in ("100%", "_", "'", '"><hostile>'):
        answer = bringing.client.get(f"{bringing.path}", params={"show": "joiner", "q": words})
        assert answer.status_code == 200
    for wrong in ("?show=nobody", "?page=0", "?page=x", "?show=joiner&page=99999999999"):
        assert bringing.client.get(bringing.path + wrong).status_code == 404, wrong
    done = bringing.apply(good_rows="true")
    where = document(done).links["Staff record"]
    assert where == RECORD
    record = next(href for words, href in document(bringing.client.get(RECORD)).links.items() if "imports/" in href)
    for words, found in (("nunez", "5 lines"), ("ward", "1 to 100 of 150"), ("0149", "1 line")):
        answer = bringing.client.get(record, params={"show": "joiner", "q": words})
        assert found in text(answer), words
    answer = bringing.client.get(record, params={"show": "errors", "q": "START"})
    assert "1 line" in text(answer)


def test_leavers_are_signed_out_and_joiners_wait_for_their_welcome(bringing: Bringing) -> None:
    bringing.bring(*EVERYBODY)
    bringing.apply()
    post = table(Employment)
    with bringing.world.db.read() as session:
        leaver = session.scalar(sa.select(post.c.person_id).where(post.c.employee_number == "0040"))
    assert leaver
    bringing.later(days=1)
    theirs = bringing.world.client(leaver)
    assert not theirs.get("/my-skills").headers.get("location", "").startswith("/sign-in")
    bringing.bring(row("0040", end=date(2026, 11, 23).isoformat()))
    bringing.apply()
    assert theirs.get("/my-skills").headers.get("location", "").startswith("/sign-in")
