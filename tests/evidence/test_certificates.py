"""A certificate says what was true when it was issued, to whom its holder chose, and never more."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from app.access.permissions import Role
from app.evidence.commands import WithdrawCertificate, issue_certificate, set_public_check, withdraw_certificate
from app.evidence.models import Certificate
from app.evidence.rules import CODE_LENGTH, CODE_LETTERS, grouped
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.kernel.errors import NotFoundError, RuleBrokenError
from app.learning.queries import holdings
from app.organisation.models import Person
from tests.client import document
from tests.curriculum.guide import HOME, guide_course
from tests.evidence.scene import LAST_SPRING, acting, certify, learn
from tests.organisation.away import go_on_leave
from tests.world import World


def read(world: World, certificate_id: int) -> Certificate:
    with world.db.read() as session:
        found = session.get(Certificate, certificate_id)
    assert found is not None
    return found


@pytest.fixture
def holder(world: World) -> Person:
    world.load_courses()
    return world.hire("Ó", "Súilleabháin")


def test_a_completed_course_gives_one_certificate_however_often_it_is_asked_for(world: World, holder: Person) -> None:
    enrolment = learn(world, holder)
    browser = world.client(holder)
    page = browser.get("/my-record")
    first = browser.submit(page, "/certificates")
    again = browser.post("/certificates", data={"enrolment_id": enrolment})
    assert first.headers["location"] == again.headers["location"]
    certificate = read(world, int(first.headers["location"].rpartition("/")[2]))
    assert len(certificate.code) == CODE_LENGTH
    assert set(certificate.code) <= set(CODE_LETTERS)
    assert (certificate.holder, certificate.completed_on) == ("Ó Súilleabháin", LAST_SPRING)
    assert certificate.issued_on == world.today
    assert certificate.public
    events = table(AuditEvent)
    with world.db.read() as session:
        issued = session.scalars(sa.select(events.c.id).where(events.c.action == "issue certificate")).all()
    assert len(issued) == 1


def test_the_button_at_the_end_of_a_course_gives_it_too(world: World, holder: Person) -> None:
    rosie = world.partner("Rosie")
    for person, where in (
        (holder, f"/completed/{learn(world, holder)}"),
        (rosie, f"/completed/{learn(world, rosie, 'patients-and-carers')}"),
        (rosie, "/my-course"),
    ):
        browser = world.client(person)
        given = browser.follow(browser.submit(browser.get(where), "/certificates"))
        assert person.name in document(given).text


def test_what_a_certificate_says_stays_when_its_holder_is_renamed(world: World, holder: Person) -> None:
    certificate_id = certify(world, holder, learn(world, holder))
    with world.db.write() as session:
        session.execute(sa.update(table(Person)).where(table(Person).c.id == holder.id).values(name="Somebody Else"))
    shown = document(world.client(holder).get(f"/certificates/{certificate_id}")).text
    assert "Ó Súilleabháin" in shown
    assert grouped(read(world, certificate_id).code) in shown


def test_no_certificate_for_an_unfinished_course_or_for_somebody_elses(world: World, holder: Person) -> None:
    unfinished = learn(world, holder, last=3)
    with world.db.write() as session, pytest.raises(RuleBrokenError):
        issue_certificate(session, acting(holder), unfinished, world.now)
    stranger = world.hire("Ada", "Stranger")
    finished = learn(world, stranger)
    with world.db.write() as session, pytest.raises(NotFoundError):
        issue_certificate(session, acting(holder), finished, world.now)
    browser = world.client(holder)
    for enrolment_id in (str(finished), "x", "", "９", "1" * 40):
        assert browser.post("/certificates", data={"enrolment_id": enrolment_id}).status_code == 404
    theirs = certify(world, stranger, finished)
    assert browser.get(f"/certificates/{theirs}").status_code == 404
    assert browser.post(f"/certificates/{theirs}/pdf").status_code == 404


def test_the_pdf_can_be_read_by_a_screen_reader_and_is_fetched_by_its_maker_alone(world: World, holder: Person) -> None:
    certificate_id = certify(world, holder, learn(world, holder))
    browser = world.client(holder)
    world.later(microseconds=250)
    made = browser.submit(browser.get(f"/certificates/{certificate_id}"), "/pdf")
    fetched = browser.follow(made)
    assert fetched.headers["content-type"] == "application/pdf"
    pdf = PdfReader(BytesIO(fetched.content))
    root: Any = pdf.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Certificate: Introduction to quality improvement"
    text = pdf.pages[0].extract_text()
    for words in ("Ó Súilleabháin", grouped(read(world, certificate_id).code), world.settings.trust_name, "/check"):
        assert words in text
    assert len(pdf.pages) == 1
    stranger = world.client(world.hire("Ada", "Stranger"))
    assert stranger.get(made.headers["location"]).status_code == 404


def test_a_partners_certificate_is_of_taking_part_private_and_says_nothing_of_who_they_are(world: World) -> None:
    world.load_courses()
    rosie = world.partner("Rosie")
    enrolment = learn(world, rosie, "patients-and-carers")
    certificate = read(world, certify(world, rosie, enrolment))
    assert (certificate.of_taking_part, certificate.public, certificate.tier_title) == (True, False, "")
    browser = world.client(rosie)
    page = browser.get(f"/certificates/{certificate.id}")
    made = browser.submit(page, "/pdf")
    printed = PdfReader(BytesIO(browser.follow(made).content))
    main = document(page).text.lower() + printed.pages[0].extract_text().lower() + str(printed.metadata).lower()
    assert "certificate of taking part" in main
    for word in ("patient", "carer", "service user", "partner"):
        assert word not in main.replace("trust's patient", "")
    with world.db.write() as session:
        set_public_check(session, acting(rosie), world.now, on=True)
    shown = document(world.client().post("/check", data={"code": certificate.code})).text.lower()
    assert "rosie" in shown
    assert "taking part" in shown or "took part" in shown or "finished" in shown
    for word in ("patient", "carer", "service user", "partner"):
        assert word not in shown


def test_a_partner_turns_the_public_check_on_and_off_for_past_and_coming_certificates(world: World) -> None:
    world.load_courses()
    rosie = world.partner("Rosie")
    enrolment = learn(world, rosie, "patients-and-carers")
    browser, anybody = world.client(rosie), world.client()
    page = browser.follow(browser.submit(browser.get("/my-certificate"), "/certificates"))
    code = read(world, 1).code
    unknown = document(anybody.post("/check", data={"code": "ACDEFGHJKMNP"})).text
    assert document(anybody.post("/check", data={"code": code})).text == unknown.replace("ACDEFGHJKMNP", code)
    assert "private" in document(page).text
    browser.submit(browser.get("/my-certificate"), "/public-check")
    assert "Rosie" in document(anybody.post("/check", data={"code": code})).text
    browser.submit(browser.get("/my-certificate"), "/public-check")
    assert "Rosie" not in document(anybody.post("/check", data={"code": code})).text
    assert enrolment


def test_withdrawing_says_so_to_everybody_and_takes_the_level_back(world: World, holder: Person) -> None:
    certificate_id = certify(world, holder, learn(world, holder))
    admin = world.client(world.with_role(Role.QI_ADMIN, given_name="Quinn", family_name="Admin"))
    form = admin.get(f"/evidence/certificates/{certificate_id}/withdraw")
    assert admin.submit(form, "/withdraw", reason=" ").status_code == 422
    done = admin.submit(form, "/withdraw", reason="Issued in error")
    assert "Withdrawn on" in document(admin.follow(done)).text
    code = read(world, certificate_id).code
    shown = document(world.client().post("/check", data={"code": code})).text
    assert "withdrew it on 23 November 2026" in shown
    assert "Issued in error" not in shown
    assert "Withdrawn" in document(world.client(holder).get(f"/certificates/{certificate_id}")).text
    with world.db.read() as session:
        assert holdings(session, [holder.id], world.today)[holder.id]["induction"].withdrawn


def test_only_a_qi_administrator_withdraws_and_never_a_partners(world: World, holder: Person) -> None:
    certificate_id = certify(world, holder, learn(world, holder))
    hr = world.with_role(Role.HR, given_name="Hazel", family_name="Resource")
    assert world.client(hr).get(f"/evidence/certificates/{certificate_id}/withdraw").status_code == 403
    rosie = world.partner("Rosie")
    hers = certify(world, rosie, learn(world, rosie, "patients-and-carers"))
    admin = world.with_role(Role.QI_ADMIN, given_name="Quinn", family_name="Admin")
    assert world.client(admin).get(f"/evidence/certificates/{hers}/withdraw").status_code == 404
    command = WithdrawCertificate(certificate_id=certificate_id, reason="Twice")
    with world.db.write() as session:
        withdraw_certificate(session, world.actor(admin), command, world.now)
    with world.db.write() as session, pytest.raises(RuleBrokenError):
        withdraw_certificate(session, world.actor(admin), command, world.now)


def test_a_certificate_is_to_be_refreshed_on_the_day_to_which_leave_has_moved_its_level(
    world: World, tmp_path: Path
) -> None:
    folder = guide_course(tmp_path / "courses")
    course = f"{HOME}/course.yaml"
    for old, new in (
        ("tier: induction", "tier: pocket-qi"),
        ("validity: null", "validity: {months: 36, refresh: Drink more tea.}"),
        ("awards: null", "awards: pocket-qi"),
    ):
        folder.swap(course, old, new)
    world.load_courses(folder.path)
    holder = world.hire("Ó", "Súilleabháin")
    code = read(world, certify(world, holder, learn(world, holder, HOME))).code
    go_on_leave(world, holder, LAST_SPRING + timedelta(days=10), LAST_SPRING + timedelta(days=110))
    with world.db.read() as session:
        until = holdings(session, [holder.id], world.today)[holder.id]["pocket-qi"].valid_until
    assert until == LAST_SPRING.replace(year=2029) + timedelta(days=100)
    said = f"{until:%-d %B %Y}"
    assert said in document(world.client(holder).get("/my-record")).text
    world.later(days=900)
    assert world.today > LAST_SPRING.replace(year=2029)
    browser = world.client()
    checked = browser.submit(browser.get("/check"), "/check", code=code)
    assert "This certificate is genuine" in checked.text
    assert "has ended" not in checked.text
    assert said in checked.text
