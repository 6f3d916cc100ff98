"""Who reads what: the board numbers, whoever leads a directorate its own with the lists behind, others nothing."""

import re
from datetime import date
from io import BytesIO

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from app.access.permissions import Role
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.organisation.models import Employment
from tests.capability.conftest import Count
from tests.client import HouseClient, document
from tests.oversight.conftest import Trust, lines, meanwhile
from tests.ratings.furnish import agree

LONG_AGO = date(2023, 8, 31)
WHY = "Completed 31 August 2023, a course of 2023-08-31; was to be refreshed by 31 August 2026 (3 years later)."


def history(trust: Trust) -> None:
    """Two a month, then five: and one whose refresh is overdue."""
    team = trust.world.team("Larch", "Medicine")
    for number in range(20):
        for person in trust.hire_many(2 if number < 10 else 5, team):
            trust.reach(person, date(2025 + number // 12, number % 12 + 1, 9))
    trust.reach(trust.scene.anna, LONG_AGO)


def pdf(client: HouseClient, address: str) -> PdfReader:
    page = client.get(address)
    answer = client.follow(client.submit(page, "/oversight/report"))
    assert answer.headers["content-type"] == "application/pdf"
    return PdfReader(BytesIO(answer.content))


def test_the_board_reads_the_trust_and_each_directorate_and_no_name(trust: Trust) -> None:
    history(trust)
    client = trust.world.client(trust.board)
    page = document(client.get("/oversight"))
    assert page.h1 == "The trust: improvement capability"
    assert "50 people in the 12 months to October 2026" in page.text
    assert "As at 31 October 2026." in page.text
    assert "People trained: a shift of" in page.text, "signals in words"
    assert "1 level on 23 November 2026" in page.text
    own = document(client.get(page.links["Medicine"]))
    assert own.h1 == "Medicine: improvement capability"
    for one in (page, own):
        assert "O'Neill" not in one.text
        assert not [href for href in one.links.values() if "/oversight/list" in href]
    assert client.get("/oversight/list").status_code == 403


def test_what_people_can_do_is_counted_for_the_board_once_the_trust_has_agreed_to_ratings(trust: Trust) -> None:
    client = trust.world.client(trust.board)
    assert "What people can do, counted" not in document(client.get("/oversight")).links
    agree(trust.world, trust.admin.id)
    page = document(client.get("/oversight"))
    counts = document(client.get(page.links["What people can do, counted"]))
    assert "The whole trust" in counts.text
    own = document(client.get(page.links["Medicine"]))
    assert "What people can do, counted" not in own.links, "of the whole trust alone"
    assert client.get(f"/ratings/counts?place={trust.scene.directorate_id}").status_code == 404


def test_the_days_to_a_level_are_said_of_those_who_came_to_hold_it_and_not_of_all_who_were_asked(trust: Trust) -> None:
    scene = trust.scene
    asked = trust.hire_many(13, trust.world.team("Larch", "Medicine"))
    scene.decide(*asked)
    trust.world.later(days=40)
    for person in asked[:11]:
        trust.reach(person, trust.world.today)
    trust.world.later(days=40)
    client = trust.world.client(trust.board)
    sentence = "Of those who came to hold a level they had been asked for, half did so within 40 days."
    assert sentence in document(client.get("/oversight")).text
    printed = " ".join(pdf(client, "/oversight").pages[0].extract_text().split())
    assert sentence in printed


def test_a_board_member_lands_on_the_report(trust: Trust) -> None:
    assert trust.world.client(trust.board).get("/").headers["location"] == "/oversight"


def test_a_lead_reads_their_own_directorate_and_opens_the_list_behind_each_number(trust: Trust) -> None:
    history(trust)
    client = trust.world.client(trust.scene.lead)
    address = document(client.get("/teams/over-time")).links[
        "The directorate’s report: levels held, time to learn, refresh overdue"
    ]
    page = document(client.get(address))
    lists = {text: href for text, href in page.links.items() if "/oversight/list" in href and text[0].isdigit()}
    assert len(lists) >= 3
    for text, href in lists.items():
        said = document(client.get(href))
        number = re.match(r"[\d,]+", text)
        assert number
        assert len(said.all("tr")) - 1 == int(number[0].replace(",", "")), text
        assert said.text.count(number[0])
    overdue = document(client.get(lists["1 level on 23 November 2026"]))
    assert lines(overdue)[1:] == [f"O'Neill, Anna Larch Pocket QI 31 Aug 2026 {WHY}"]
    assert client.get("/oversight").status_code == 403
    theirs = trust.world.directorate("Surgery").id
    for query in ("", f"directorate={theirs}", "directorate=999999", "directorate=x", "what=everybody"):
        assert client.get(f"/oversight/list?{query}").status_code == 404


def test_each_month_of_a_charts_data_leads_to_the_people_behind_it(trust: Trust) -> None:
    history(trust)
    client = trust.world.client(trust.scene.lead)
    page = document(client.get(f"/oversight/directorates/{trust.scene.directorate_id}"))
    trained = document(client.get(page.links["August 2026"]))
    assert page.links["August 2026"].endswith("of=2026-08")
    assert "August 2026, with what is known today." in trained.text
    assert len(lines(trained)) == 1 + 5
    late = document(client.get(next(href for href in page.links.values() if "month=2026-09&what=overdue" in href)))
    assert "As at 30 September 2026" in late.text
    assert lines(late)[1:] == [f"O'Neill, Anna Larch Pocket QI 31 Aug 2026 {WHY}"]
    assert not [href for href in page.links.values() if "month=2026-08&what=overdue" in href], "nobody was late then"
    month = document(client.get(f"/oversight/directorates/{trust.scene.directorate_id}?month=2026-09"))
    assert "/oversight/list?directorate" in month.links["August 2026"]
    assert "August 2026" not in document(trust.world.client(trust.board).get("/oversight")).links


def test_days_of_which_the_median_is_none_have_a_list_too(trust: Trust) -> None:
    trust.at(date(2026, 12, 1))
    trust.scene.decide(trust.scene.anna)
    trust.reach(trust.scene.anna, date(2026, 12, 1))
    trust.at(date(2027, 1, 2))
    client = trust.world.client(trust.admin)
    page = document(client.get("/oversight"))
    said = document(client.get(page.links["0 days in the 12 months to December 2026, the median of 1 time"]))
    assert lines(said)[1:] == ["O'Neill, Anna Larch Pocket QI 1 Dec 2026 0"]


def test_a_list_of_a_directorate_that_is_not_there_is_missing_for_the_qi_team_too(trust: Trust) -> None:
    client = trust.world.client(trust.admin)
    assert "The whole trust" in document(client.get("/oversight/list")).text
    assert client.get("/oversight/list?directorate=999999").status_code == 404


def test_whose_post_is_corrected_while_a_list_is_read_is_left_out_of_it(trust: Trust) -> None:
    for person in (trust.scene.anna, trust.scene.ben):
        trust.reach(person, date(2026, 9, 9))
    client = trust.world.client(trust.admin)
    address = "/oversight/list?what=trained"
    assert len(lines(document(client.get(address)))) == 3

    def correct() -> None:
        with trust.world.db.write() as session:
            post = table(Employment).c
            of_anna = post.person_id == trust.scene.anna.id
            session.execute(sa.update(Employment).where(of_anna).values(starts_on=trust.world.today))

    with meanwhile(trust.world.app.state.core.db, "employment.ends_on \nFROM employment JOIN person", correct) as waits:
        found = lines(document(client.get(address)))
    assert not waits
    assert len(found) in (2, 3), "as it was, or without her"


def test_a_report_as_it_was_kept_has_no_names_behind_it(trust: Trust) -> None:
    history(trust)
    trust.keep()
    client = trust.world.client(trust.admin)
    page = document(client.get("/oversight?month=2026-10"))
    assert not [href for href in page.links.values() if "/oversight/list" in href]
    known = document(client.get("/oversight?month=2026-10&known=today"))
    assert [href for href in known.links.values() if "/oversight/list" in href]


def test_whoever_leads_a_team_alone_reads_no_report_of_the_directorate(trust: Trust) -> None:
    person = trust.world.hire(team=trust.world.team("Larch", "Medicine"))
    trust.world.grant(person, Role.LEAD, "team", trust.world.team("Larch", "Medicine").id)
    client = trust.world.client(person)
    assert "report" not in document(client.get("/teams/over-time")).text
    assert client.get(f"/oversight/directorates/{trust.scene.directorate_id}").status_code == 404


@pytest.mark.parametrize("place", ["/oversight", "/oversight/directorates/{}"])
def test_the_printed_page_is_one_side_of_a4_that_a_screen_reader_reads_with_the_same_figures(
    trust: Trust, place: str
) -> None:
    history(trust)
    trust.reach(trust.world.partner("Rosie"), date(2026, 9, 3), "patients-and-carers")
    client, address = trust.world.client(trust.board), place.format(trust.scene.directorate_id)
    answer, file = client.get(address), pdf(client, address)
    page = document(answer)
    assert len(file.pages) == 1
    assert [round(float(side)) for side in file.pages[0].mediabox[2:]] == [595, 842]
    assert "/StructTreeRoot" in file.root_object, "tagged"
    assert file.metadata
    assert file.metadata.title == page.h1
    said = " ".join(file.pages[0].extract_text().split())
    figures = re.findall(
        r"\d[\d,]* (?:person|people|levels?|hours?|patient partners?) (?:in the 12|on 23)[\w ]+20\d\d", page.text
    )
    assert figures
    for figure in figures:
        assert figure in said, said
    for level in ("Pocket QI", "QI coach"):
        found = re.search(rf"{level}: ([\d,]+ of [\d,]+ \(\d+\.?\d*%\))", answer.text)
        assert found
        assert f"{level} {found[1]}" in said
    assert "O'Neill" not in said


def test_the_file_is_written_down_and_only_its_maker_fetches_it(trust: Trust) -> None:
    client = trust.world.client(trust.board)
    answer = client.submit(client.get("/oversight"), "/oversight/report")
    assert trust.world.client(trust.admin).get(answer.headers["location"]).status_code == 404
    event = table(AuditEvent)
    with trust.world.db.read() as session:
        made_by = session.scalars(sa.select(event.c.actor_id).where(event.c.action == "export oversight report")).all()
    assert made_by == [trust.board.id]


def test_the_number_of_statements_does_not_grow_with_the_directorates(trust: Trust, statements: Count) -> None:
    history(trust)
    client = trust.world.client(trust.board)
    client.get("/oversight")
    few = statements(lambda: client.get("/oversight"))
    for number in range(8):
        for person in trust.hire_many(2, trust.world.team("Bay", f"Directorate {number}")):
            trust.reach(person, LONG_AGO)
    assert statements(lambda: client.get("/oversight")) == few < 40


def test_an_empty_trust_says_so_without_a_chart(trust: Trust) -> None:
    page = document(trust.world.client(trust.board).get("/oversight"))
    assert "None in these 24 months." in page.text
    assert "No chart has a signal" in page.text
