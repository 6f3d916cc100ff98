"""Evidence for one person: what they hold and did, for HR within reach and for themselves, never how they scored."""

import csv
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import pytest
import sqlalchemy as sa
from httpx2 import Response
from pypdf import PdfReader

from app.access.actor import ScopeKind
from app.access.permissions import Role
from app.evidence.exporting import PERSON_HEADER
from app.evidence.models import Certificate
from app.evidence.rules import grouped
from app.evidence.wording import NEVER_HERE
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.learning.commands import WithdrawAward, withdraw_award
from app.organisation.models import Person
from tests.client import HouseClient, document
from tests.evidence.scene import certify, learn
from tests.world import World

HOSTILE = ('=HYPERLINK("x")', '#read("/etc/passwd") *b* $x$', "<script>alert(1)</script>", "Robert'); DROP--")


@pytest.fixture
def hr(world: World) -> HouseClient:
    world.load_courses()
    return world.client(world.with_role(Role.HR, given_name="Hazel", family_name="Resource"))


def download(browser: HouseClient, page: Response, wanted: str, **filled: Any) -> Response:
    return browser.follow(browser.submit(page, "/download", button=("format", wanted), **filled))


def pdf_text(answer: Response) -> str:
    pages = PdfReader(BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_person_is_found_by_name_however_it_is_accented_and_by_number(world: World, hr: HouseClient) -> None:
    person = world.hire("Thị Hồng", "Nguyễn", employee_number="20990001")
    for words in ("nguyen", "NGUYỄN thi", "20990001"):
        shown = hr.get("/evidence", params={"q": words})
        assert f"/evidence/people/{person.id}" in shown.text
    assert "Nobody in your part of the trust" in document(hr.get("/evidence", params={"q": "Zebedee"})).text


def test_levels_courses_minutes_and_certificate_numbers_are_shown_for_a_period(world: World, hr: HouseClient) -> None:
    person = world.hire("Ada", "Learner")
    certify(world, person, learn(world, person, on=date(2026, 3, 3)))
    with world.db.read() as session:
        number = grouped(session.scalars(sa.select(table(Certificate).c.code)).one())
    shown = document(hr.get(f"/evidence/people/{person.id}")).text
    for words in ("1 hour 6 minutes", "22 minutes", "Completed 3 March 2026, passed", number, "Does not lapse"):
        assert words in shown
    assert "35 hours" in shown
    earlier = {"period": "dates", "starts": "1 March 2025", "ends": "2 March 2026"}
    shown = document(hr.get(f"/evidence/people/{person.id}", params=earlier)).text
    assert "None in this period" in shown
    assert "no learning about quality improvement is recorded for Ada Learner" in shown


WRONG_PERIODS = (
    ({"period": "dates"}, "Enter the first day"),
    ({"period": "dates", "starts": "1 April 2026"}, "Enter the last day"),
    ({"period": "dates", "starts": "1 April 2026", "ends": "1 March 2026"}, "must not be before the first"),
    ({"period": "dates", "starts": "1 April 2026", "ends": "1 April 2030"}, "must be today or earlier"),
    ({"period": "dates", "starts": "soon", "ends": "1 April 2026"}, "The first day must be a date"),
    ({"period": "year", "starts": "1 April 2026"}, "choose Dates of my own"),
    ({"period": "decade"}, "Choose a period"),
)


def test_a_period_that_cannot_be_is_said_beside_its_field(world: World, hr: HouseClient) -> None:
    person = world.hire("Ada", "Learner")
    own = world.client(person)
    for asked, said in WRONG_PERIODS:
        answers = (
            hr.get(f"/evidence/people/{person.id}", params=asked),
            hr.post(f"/evidence/people/{person.id}/download", data={**asked, "format": "pdf"}),
            own.post("/my-record/download", data={**asked, "format": "pdf"}),
            hr.get("/evidence/trust", params=asked),
            hr.post("/evidence/trust/download", data={**asked, "format": "csv"}),
        )
        for answer in answers:
            assert (answer.status_code, said in document(answer).text) == (422, True), (asked, answer.url)


def test_pdf_web_page_and_csv_say_the_same_and_are_written_down_with_their_rows(world: World, hr: HouseClient) -> None:
    person = world.hire("Caoimhe", "O’Neill")
    learn(world, person)
    page = hr.get(f"/evidence/people/{person.id}")
    files = {wanted: download(hr, page, wanted) for wanted in ("pdf", "html", "csv")}
    with world.db.read() as session:
        number = grouped(session.scalars(sa.select(table(Certificate).c.code)).one())
        events = session.execute(
            sa.select(table(AuditEvent).c.action, table(AuditEvent).c.rows, table(AuditEvent).c.subject_id).where(
                table(AuditEvent).c.entity == "export"
            )
        ).all()
    assert {tuple(e) for e in events} == {(f"export evidence {w}", 2, person.id) for w in ("pdf", "html", "csv")}
    for text in (pdf_text(files["pdf"]), files["html"].text):
        for words in ("Caoimhe O’Neill", "66", "22", "Completed 3 March 2026, passed", number, "Does not lapse"):
            assert words in text
    rows = list(csv.DictReader(StringIO(files["csv"].content.decode("utf-8-sig"))))
    assert tuple(rows[0]) == PERSON_HEADER
    learning = next(row for row in rows if row["Record"] == "Learning")
    assert (learning["Minutes"], learning["Participatory minutes"], learning["Passed"]) == ("66", "22", "Passed")
    assert (learning["Completed on"], learning["Certificate"]) == ("2026-03-03", number)
    for answer in files.values():
        assert "attachment" in answer.headers["content-disposition"]


def test_the_pdf_is_tagged_titled_and_in_english(world: World, hr: HouseClient) -> None:
    person = world.hire("Caoimhe", "O’Neill")
    learn(world, person)
    pdf = PdfReader(BytesIO(download(hr, hr.get(f"/evidence/people/{person.id}"), "pdf").content))
    root: Any = pdf.trailer["/Root"]
    assert (root["/Lang"], "/StructTreeRoot" in root, root["/MarkInfo"]["/Marked"]) == ("en-GB", True, True)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Evidence of learning about quality improvement: Caoimhe O’Neill"
    assert b"pdfuaid:part" in pdf.xmp_metadata.stream.get_data()  # type: ignore[union-attr]


def test_whatever_a_name_looks_like_it_stays_a_name(world: World, hr: HouseClient) -> None:
    for name in (*HOSTILE, "李明 😀", "x" * 100, "محمد"):
        person = world.hire("", name)
        learn(world, person, last=2)
        page = hr.get(f"/evidence/people/{person.id}")
        text = pdf_text(download(hr, page, "pdf"))
        if name.isascii():
            assert "".join(name.split()) in "".join(text.split())
        assert "root:" not in text
        assert "<script>alert" not in download(hr, page, "html").text
        rows = list(csv.reader(StringIO(download(hr, page, "csv").content.decode("utf-8-sig"))))
        assert rows[1][1] == ("'" if name.startswith("=") else "") + f"{name}, Ash"


def test_no_mark_attempt_or_answer_is_in_any_file(world: World, hr: HouseClient) -> None:
    person = world.hire("Ada", "Learner")
    learn(world, person)
    page = hr.get(f"/evidence/people/{person.id}")
    texts = [download(hr, page, wanted).text for wanted in ("html", "csv")] + [pdf_text(download(hr, page, "pdf"))]
    for text in texts:
        plain = " ".join(text.split()).replace(NEVER_HERE, "")
        for word in ("score", "attempt", "fail", "mark", "answer"):
            assert word not in plain.lower()


def test_hr_of_a_directorate_sees_only_people_there_and_partners_are_nobody(world: World, hr: HouseClient) -> None:
    here, there = world.hire("Ada", "Here"), world.hire("Bea", "There", team=world.team("Theatres", "Surgery"))
    local = world.hire("Lou", "Local")
    world.grant(local, Role.HR, ScopeKind.DIRECTORATE, world.directorate("Medicine").id)
    browser = world.client(local)
    assert browser.get(f"/evidence/people/{here.id}").status_code == 200
    for method, address in (("GET", f"/evidence/people/{there.id}"), ("POST", f"/evidence/people/{there.id}/download")):
        assert browser.request(method, address).status_code == 404
    assert "There, Bea" not in browser.get("/evidence", params={"q": "there"}).text
    rosie = world.partner("Rosie")
    learn(world, rosie, "patients-and-carers")
    for one in (browser, hr):
        assert one.get(f"/evidence/people/{rosie.id}").status_code == 404
        assert one.post(f"/evidence/people/{rosie.id}/download", data={"format": "csv"}).status_code == 404
        assert "Rosie" not in document(one.get("/evidence", params={"q": "rosie"})).text.replace("“rosie”", "")


def test_a_withdrawn_level_is_not_held_and_its_past_is_kept(world: World) -> None:
    world.load_courses()
    person = world.hire("Ada", "Learner")
    learn(world, person)
    world.later(days=1)
    admin = world.actor(world.with_role(Role.QI_ADMIN))
    command = WithdrawAward(person_id=person.id, tier="induction", occurred_on=world.today, reason="Error")
    with world.db.write() as session:
        withdraw_award(session, admin, command, world.now)
    hr = world.client(world.with_role(Role.HR))
    shown = document(hr.get(f"/evidence/people/{person.id}")).text
    assert "Does not lapse" not in shown
    before = {"period": "dates", "starts": "1 March 2026", "ends": "1 April 2026"}
    assert "Does not lapse" in document(hr.get(f"/evidence/people/{person.id}", params=before)).text


def test_a_course_taken_twice_is_two_lines_each_with_its_own_time(world: World, hr: HouseClient) -> None:
    person = world.hire("Ada", "Learner")
    learn(world, person, on=date(2026, 3, 3), minutes=6)
    learn(world, person, on=date(2026, 10, 5), minutes=4, again=True)
    rows = list(
        csv.DictReader(
            StringIO(download(hr, hr.get(f"/evidence/people/{person.id}"), "csv").content.decode("utf-8-sig"))
        )
    )
    learning = [(r["Minutes"], r["Completed on"]) for r in rows if r["Record"] == "Learning"]
    assert learning == [("44", "2026-10-05"), ("66", "2026-03-03")]


def test_a_level_is_held_since_it_was_first_earned_however_often_it_is_refreshed(world: World, hr: HouseClient) -> None:
    person = world.hire("Ada", "Learner")
    learn(world, person, on=date(2026, 3, 3))
    learn(world, person, on=date(2026, 10, 5), again=True)
    rows = list(
        csv.DictReader(
            StringIO(download(hr, hr.get(f"/evidence/people/{person.id}"), "csv").content.decode("utf-8-sig"))
        )
    )
    assert [r["Held since"] for r in rows if r["Record"] == "Level held"] == ["2026-03-03"]


def test_everybody_has_their_own_record_and_takes_it_with_them(world: World) -> None:
    world.load_courses()
    person = world.hire("Ada", "Learner")
    browser = world.client(person)
    assert "Nothing is here yet" in document(browser.get("/my-record")).text
    learn(world, person)
    page = browser.get("/my-record")
    assert "1 course, 1 hour 6 minutes" in document(page).text
    fetched = download(browser, page, "csv", period="gmc")
    assert "Learner" in fetched.text
    other = world.client(world.hire("Bea", "Other"))
    location = browser.submit(page, "/download", button=("format", "pdf")).headers["location"]
    assert other.get(location).status_code == 404
    assert world.client().get(location).status_code == 303


def test_what_a_leaver_did_stays(world: World, hr: HouseClient) -> None:
    person: Person = world.hire("Ada", "Leaver")
    learn(world, person)
    world.leave(person)
    shown = document(hr.get(f"/evidence/people/{person.id}")).text
    assert "left on 23 November 2026" in shown
    assert "Completed 3 March 2026, passed" in shown
