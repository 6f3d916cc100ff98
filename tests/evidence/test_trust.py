"""Evidence of a directorate or the trust: every figure is the length of its list, on screen and in every file."""

import csv
import re
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import pytest
import sqlalchemy as sa
from python_calamine import CalamineWorkbook

from app.access.actor import SYSTEM, ScopeKind
from app.access.permissions import Role
from app.evidence.exporting import HEADER, TOTALS_HEADER, export_trust_csv
from app.evidence.queries import Filters
from app.evidence.rules import Period, Where
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.kernel.spool import Export
from app.organisation.models import Employment, Person
from tests.client import HouseClient, document
from tests.evidence.scene import certify, learn
from tests.world import World

Row = dict[str, str]
YEAR = Period(date(2025, 11, 24), date(2026, 11, 23))
MOVED = date(2026, 6, 1)


@dataclass
class Scene:
    hr: HouseClient
    hr_id: int
    people: dict[str, Person]


@pytest.fixture
def scene(world: World) -> Scene:
    """Ada stays, Bea moves in the middle of a course, Cal has two posts, Dee left, Eli learned long ago."""
    world.load_courses()
    surgery = world.team("Theatres", "Surgery")
    people = {
        "ada": world.hire("Ada", "Able"),
        "bea": world.hire("Bea", "Baker"),
        "cal": world.hire("Cal", "Carver", staff_group="Medical and Dental", job_role="Consultant"),
        "dee": world.hire("Dee", "Dart", team=surgery),
        "eli": world.hire("Eli", "Early"),
    }
    certify(world, people["ada"], learn(world, people["ada"]))
    learn(world, people["bea"], on=date(2026, 5, 4), last=5)
    world.move(people["bea"], surgery, on=MOVED)
    learn(world, people["bea"], on=date(2026, 7, 6), first=5)
    _second_post(world, people["cal"], surgery.id)
    learn(world, people["cal"], on=date(2026, 2, 2))
    learn(world, people["cal"], "pocket-qi", on=date(2026, 9, 1), last=2)
    learn(world, people["dee"], on=date(2026, 1, 5), last=4)
    world.leave(people["dee"], date(2026, 10, 1))
    learn(world, people["eli"], on=date(2024, 3, 4))
    rosie = world.partner("Rosie Partner")
    learn(world, rosie, "patients-and-carers")
    hr = world.with_role(Role.HR, given_name="Hazel", family_name="Resource")
    return Scene(world.client(hr), hr.id, people)


def _second_post(world: World, person: Person, team_id: int) -> None:
    with world.db.write() as session:
        main = session.scalars(sa.select(Employment).where(table(Employment).c.person_id == person.id)).one()
        values = main.model_dump(exclude={"id"}) | {"team_id": team_id, "is_primary": False}
        second = Employment(**values)
        session.add(second)
        session.flush()
        from app.kernel import audit

        audit.record(session, SYSTEM, "hire", "employment", second.id, now=world.now, subject_id=person.id)


def csv_rows(browser: HouseClient, **asked: Any) -> list[Row]:
    fetched = browser.follow(browser.post("/evidence/trust/download", data={**asked, "format": "csv"}))
    return list(csv.DictReader(StringIO(fetched.content.decode("utf-8-sig"))))


def workbook(browser: HouseClient, **asked: Any) -> CalamineWorkbook:
    fetched = browser.follow(browser.post("/evidence/trust/download", data={**asked, "format": "xlsx"}))
    return CalamineWorkbook.from_filelike(BytesIO(fetched.content))


def sums(rows: list[Row]) -> list[int]:
    learning = [r for r in rows if r["Record"] == "Learning"]
    return [
        len({r["Employee number"] for r in learning}),
        sum(1 for r in rows if r["Completed on"]),
        sum(1 for r in rows if r["Passed"]),
        sum(1 for r in rows if r["Record"] == "Level held"),
        sum(int(r["Minutes"]) for r in learning),
        sum(int(r["Participatory minutes"]) for r in learning),
    ]


def on_screen(browser: HouseClient, **asked: Any) -> tuple[list[int], dict[str, str]]:
    """The numbers of the row All, and the address of each list."""
    page = browser.get("/evidence/trust", params=asked)
    row = re.search(r'<th scope="row">All</th>(.*?)</tr>', page.text, re.DOTALL)
    assert row is not None
    cells = re.findall(r"<td[^>]*>(.*?)</td>", row[1], re.DOTALL)
    plain = [re.sub(r"<span.*?</span>|<[^>]+>", "", cell).strip() for cell in cells]
    links = {m[1].replace("&amp;", "&"): m[0] for m in re.finditer(r'href="([^"]+)#list"', row[1])}
    return [int(n.replace(",", "")) for n in plain[:4]] + [in_minutes(words) for words in plain[4:]], {
        re.search(r"show=(\w+)", address)[1]: address  # type: ignore[index]
        for address in links
    }


def in_minutes(words: str) -> int:
    found = {unit: int(n) for n, unit in re.findall(r"(\d+) (hour|minute)", words)}
    return found.get("hour", 0) * 60 + found.get("minute", 0)


def listed(browser: HouseClient, address: str) -> int:
    page = browser.get(address)
    heading = re.search(r'id="list-heading">[^:]+: ([\d,]+)<', page.text)
    assert heading is not None
    table_rows = page.text.partition('id="list"')[2].count('<tr><th scope="row">')
    assert int(heading[1]) == table_rows
    return table_rows


def filters_of(world: World) -> list[dict[str, Any]]:
    medicine, surgery = world.directorate("Medicine").id, world.directorate("Surgery").id
    base: list[dict[str, Any]] = [
        {},
        {"tier": "induction"},
        {"tier": "pocket-qi"},
        {"staff_group": "Medical and Dental"},
        {"directorate": medicine},
        {"directorate": surgery},
        {"team": world.team("Theatres", "Surgery").id},
        {"directorate": surgery, "tier": "induction", "staff_group": "Nursing and Midwifery Registered"},
        {"period": "gmc"},
        {"period": "dates", "starts": "1 May 2026", "ends": "31 May 2026"},
    ]
    return [{**asked, "where": where} for asked in base for where in ("then", "now")]


@pytest.mark.slow
def test_screen_lists_csv_and_workbook_agree_for_every_filter(world: World, scene: Scene) -> None:
    seen = set()
    for asked in filters_of(world):
        rows = csv_rows(scene.hr, **asked)
        expected = sums(rows)
        shown, links = on_screen(scene.hr, **asked)
        book = workbook(scene.hr, **asked)
        totals = book.get_sheet_by_name("Totals").to_python()
        data = book.get_sheet_by_name("Evidence").to_python()
        assert shown == expected, asked
        assert [int(str(n).partition(".")[0]) for n in totals[1][2:]] == expected, asked
        assert (tuple(totals[0]), tuple(data[0]), len(data) - 1) == (TOTALS_HEADER, HEADER, len(rows))
        assert [r[1] for r in data[1:]] == [r["Name"] for r in rows]
        counts = dict(zip(("people", "completed", "passed", "levels"), expected, strict=False))
        assert set(links) == {name for name, number in counts.items() if number}
        for name, address in links.items():
            assert listed(scene.hr, address) == counts[name], (asked, name)
        seen.add(tuple(expected))
    assert len(seen) > 6, "the filters hardly change anything, so agreement proves little"


def test_a_mover_counts_where_they_then_were_and_once_in_all(world: World, scene: Scene) -> None:
    bea = [r for r in csv_rows(scene.hr, where="then") if r["Name"] == "Baker, Bea" and r["Record"] == "Learning"]
    assert [(r["Directorate then"], r["Directorate now"], r["Minutes"], r["Completed on"]) for r in bea] == [
        ("Medicine", "Surgery", "30", ""),
        ("Surgery", "Surgery", "36", "2026-07-06"),
    ]
    medicine = csv_rows(scene.hr, where="then", directorate=world.directorate("Medicine").id)
    assert [r["Minutes"] for r in medicine if r["Name"] == "Baker, Bea" and r["Record"] == "Learning"] == ["30"]
    moved_in = csv_rows(scene.hr, where="now", directorate=world.directorate("Surgery").id)
    assert [r["Minutes"] for r in moved_in if r["Name"] == "Baker, Bea"][:2] == ["30", "36"]
    people, *_ = sums(csv_rows(scene.hr))
    assert people == 4


def test_somebody_with_two_posts_counts_once_where_their_main_post_is(world: World, scene: Scene) -> None:
    cal = [r for r in csv_rows(scene.hr) if r["Name"] == "Carver, Cal"]
    assert sorted((r["Record"], r["Course"], r["Directorate then"]) for r in cal) == [
        ("Learning", "Introduction to quality improvement", "Medicine"),
        ("Learning", "Pocket QI", "Medicine"),
        ("Level held", "", "Medicine"),
    ]
    surgery = csv_rows(scene.hr, where="now", directorate=world.directorate("Surgery").id)
    assert "Carver, Cal" not in {r["Name"] for r in surgery}


def test_a_leaver_keeps_their_past_and_works_nowhere_now(scene: Scene) -> None:
    dee = next(r for r in csv_rows(scene.hr) if r["Name"] == "Dart, Dee")
    assert (dee["Directorate then"], dee["Team now"], dee["Directorate now"]) == ("Surgery", "", "")


def test_levels_are_those_held_on_the_last_day_whenever_they_were_earned(scene: Scene) -> None:
    rows = csv_rows(scene.hr)
    assert [r["Held since"] for r in rows if r["Name"] == "Early, Eli"] == ["2024-03-04"]
    earlier = csv_rows(scene.hr, period="dates", starts="1 January 2024", ends="1 February 2024")
    assert earlier == []


def test_partners_marks_and_attempts_are_in_no_file(scene: Scene) -> None:
    answer = scene.hr.follow(scene.hr.post("/evidence/trust/download", data={"format": "csv", "period": "gmc"}))
    book = workbook(scene.hr, period="gmc")
    everything = answer.text + " ".join(
        str(cell) for name in ("Totals", "Evidence") for row in book.get_sheet_by_name(name).to_python() for cell in row
    )
    for word in ("rosie", "patient", "carer", "score", "attempt", "fail", "mark", "answer"):
        assert word not in everything.lower()


def test_hr_of_a_directorate_sees_only_what_happened_there_or_who_is_there(world: World, scene: Scene) -> None:
    local = world.hire("Lou", "Local")
    world.grant(local, Role.HR, ScopeKind.DIRECTORATE, world.directorate("Surgery").id)
    browser = world.client(local)
    then = csv_rows(browser, where="then")
    assert {r["Directorate then"] for r in then} == {"Surgery"}
    assert [r["Minutes"] for r in then if r["Name"] == "Baker, Bea" and r["Record"] == "Learning"] == ["36"]
    now = csv_rows(browser, where="now")
    assert {r["Directorate now"] for r in now} == {"Surgery"}
    foreign = world.directorate("Medicine").id
    for asked in ({"directorate": foreign}, {"team": world.team("Ward 7").id}, {"directorate": 999_999}):
        assert browser.get("/evidence/trust", params=asked).status_code == 404
        assert browser.post("/evidence/trust/download", data={**asked, "format": "csv"}).status_code == 404
    assert "Medicine" not in document(browser.get("/evidence/trust")).text


def test_every_export_is_written_down_with_its_rows_and_fetched_by_its_maker_alone(world: World, scene: Scene) -> None:
    made = scene.hr.post("/evidence/trust/download", data={"format": "csv"})
    rows = len(csv_rows(scene.hr))
    events, exports = table(AuditEvent), table(Export)
    with world.db.read() as session:
        event = session.execute(
            sa.select(events.c.action, events.c.actor_id, events.c.rows).where(events.c.entity == "export").limit(1)
        ).one()
        about = session.scalars(sa.select(exports.c.about).limit(1)).one()
    assert tuple(event) == ("export trust evidence csv", scene.hr_id, rows)
    assert about.startswith("Period: 24 November 2025 to 23 November 2026; People are counted: where they were")
    other = world.client(world.with_role(Role.HR, given_name="Ann", family_name="Other"))
    assert other.get(made.headers["location"]).status_code == 404
    assert scene.hr.get("/evidence/trust/download").status_code in {404, 405}


def test_no_cell_runs_as_a_formula(world: World, scene: Scene) -> None:
    evil = '=cmd|" /C calc"!A0'
    learn(world, world.hire("", evil, job_role="+1", team=world.team("@ward", "-Estates")))
    row = next(r for r in csv_rows(scene.hr) if "cmd|" in r["Name"])
    assert (row["Name"], row["Job role"], row["Team then"], row["Directorate then"]) == (
        f"'{evil}, Ash",
        "'+1",
        "'@ward",
        "'-Estates",
    )
    cells = workbook(scene.hr).get_sheet_by_name("Evidence").to_python()
    assert any(f"{evil}, Ash" in cells_of for cells_of in cells)


def test_the_workbook_explains_every_column_and_what_was_asked(scene: Scene) -> None:
    book = workbook(scene.hr, tier="induction")
    assert book.sheet_names == ["Totals", "Evidence", "What was asked for", "Data dictionary"]
    explained = {row[0] for row in book.get_sheet_by_name("Data dictionary").to_python()}
    assert set(HEADER) <= explained
    assert set(TOTALS_HEADER[2:]) <= explained
    asked = {str(row[0]): row[1] for row in book.get_sheet_by_name("What was asked for").to_python()}
    assert asked["Level"] == "Introduction to quality improvement"


def test_the_command_line_gets_the_same_rows_as_a_deed_of_the_system(world: World, scene: Scene) -> None:
    with world.db.write() as session:
        header, rows = export_trust_csv(session, SYSTEM, Filters(period=YEAR, where=Where.NOW), world.now)
    assert header == HEADER
    assert [row[1] for row in rows] == [r["Name"] for r in csv_rows(scene.hr, where="now")]
    events = table(AuditEvent)
    with world.db.read() as session:
        written = session.execute(
            sa.select(events.c.actor_id, events.c.rows).where(events.c.action == "export trust evidence")
        ).one()
    assert tuple(written) == (SYSTEM.person_id, len(rows))


def test_wrong_filters_are_said_and_nothing_is_shown(scene: Scene) -> None:
    for asked in ({"staff_group": "Wizards"}, {"where": "never"}, {"directorate": "x"}, {"tier": "t" * 61}):
        answer = scene.hr.get("/evidence/trust", params=asked)
        assert answer.status_code == 422
        assert "Choose" in document(answer).text
    for address in ("show=secrets", "page=0", "show=people&page=x"):
        assert scene.hr.get(f"/evidence/trust?{address}").status_code == 404


def test_the_form_as_a_browser_sends_it_with_nothing_chosen_shows_everything(scene: Scene) -> None:
    untouched = dict.fromkeys(("starts", "ends", "tier", "directorate", "team", "staff_group"), "") | {
        "period": "year",
        "where": "then",
    }
    assert on_screen(scene.hr, **untouched)[0] == on_screen(scene.hr)[0]
    assert csv_rows(scene.hr, **untouched) == csv_rows(scene.hr)
