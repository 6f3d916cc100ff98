"""HR reads a year's file, sees what would be kept, keeps it, and takes it back; the whole trust's counts are shown."""

from datetime import date

import pytest
import sqlalchemy as sa

from app.access.permissions import Role
from app.equality.models import EqualityCount, EqualityYear
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from tests.client import document
from tests.equality.conftest import FILES, IN_YEAR, TIER, Trust

SHOWN = f"/equality?tier={TIER}"


def stored(trust: Trust) -> list[tuple[str, int, int | None]]:
    count = table(EqualityCount)
    wanted = sa.select(count.c.name, count.c.people, count.c.trained).where(
        count.c.tier == TIER, count.c.kind == "group"
    )
    with trust.world.db.read() as session:
        return [tuple(row) for row in session.execute(wanted.order_by(count.c.place))]


def test_hr_sees_what_would_be_kept_then_keeps_it_and_the_page_shows_it(trust: Trust) -> None:
    draft = trust.bring(trust.rows())
    page = document(draft)
    assert page.h1 == "What would be kept of 2025/26"
    assert "60 of 60 rows are of somebody in post on 31 March 2026. 61 people were in post; of 1" in page.text
    assert "SexSex3 groups, of which 2 are counted together" in page.text, "HR’s own row is missing"
    assert "No year is counted yet" in document(trust.client.get(SHOWN)).text
    kept = trust.keep(draft)
    assert kept.headers["location"] == "/equality?year=2025"
    shown = document(trust.client.get(SHOWN))
    assert shown.h1 == "Who completed Pocket QI, by protected characteristic"
    assert "About 20 of the 60 people in post on 31 March 2026 completed Pocket QI in 2025/26, 33%." in shown.text
    assert "Female: about 10 of 40" in shown.text
    assert "Smaller groups together: about 10 of 20" in shown.text
    assert "Male" not in shown.text
    assert stored(trust) == [("Female", 40, 10)]


def test_keeping_an_older_year_shows_that_year_and_each_year_links_to_its_own(trust: Trust) -> None:
    trust.keep(trust.bring(trust.rows()))
    kept = trust.keep(trust.bring(trust.rows(), year="2024"))
    page = document(trust.client.follow(kept))
    assert "The counts of 2024/25 are kept." in page.text
    assert "in 2024/25" in page.text
    assert "in 2025/26" not in page.text
    links = document(trust.client.get(FILES)).links
    assert links["2024/25"] == "/equality?year=2024"
    assert links["2025/26"] == "/equality?year=2025"


def test_the_qi_team_sees_the_counts_and_neither_a_lead_nor_a_board_member_does(trust: Trust) -> None:
    trust.keep(trust.bring(trust.rows()))
    world = trust.world
    assert world.client(world.with_role(Role.QI_ADMIN)).get(SHOWN).status_code == 200
    assert world.client(world.lead("Medicine")).get(SHOWN).status_code == 404
    assert world.client(world.with_role(Role.BOARD)).get(SHOWN).status_code == 403


def test_nobody_but_hr_brings_a_file_not_even_the_qi_team(trust: Trust) -> None:
    world = trust.world
    assert world.client(world.with_role(Role.QI_ADMIN)).get(FILES).status_code == 403


def test_the_qi_team_can_make_somebody_hr_without_being_hr(trust: Trust) -> None:
    from app.access.actor import ScopeKind
    from app.accounts.commands import GrantRole, grant_role

    world = trust.world
    admin = world.actor(world.with_role(Role.QI_ADMIN))
    command = GrantRole(
        person_id=trust.people[0].id, role=Role.HR, scope_kind=ScopeKind.TRUST, scope_id=None, starts_on=world.today
    )
    with world.db.write() as session:
        grant_role(session, admin, command, world.now)
    assert world.client(trust.people[0]).get(FILES).status_code == 200


def test_only_completions_of_the_year_count_and_only_those_in_post_at_its_end(trust: Trust) -> None:
    for at in range(12, 40):
        trust.train(trust.people[at], date(2026, 4, 1))
    for at in range(50, 60):
        trust.train(trust.people[at], date(2025, 3, 31))
    trust.keep(trust.bring(trust.rows()))
    assert stored(trust) == [("Female", 40, 10)]
    hired = trust.world.hire(employee_number="39999999", starts_on=date(2026, 4, 1))
    trust.train(hired, IN_YEAR)
    assert (
        "Nobody in post on that day has this number"
        in document(trust.bring([("39999999", "Female")], year="2024")).text
    )


def test_a_level_that_was_taken_back_was_not_completed(trust: Trust) -> None:
    from app.access.actor import SYSTEM
    from app.learning.commands import WithdrawAward, withdraw_award

    for person in trust.people[:4]:
        with trust.world.db.write() as session:
            command = WithdrawAward(person_id=person.id, tier=TIER, occurred_on=trust.world.today, reason="Another’s")
            withdraw_award(session, SYSTEM, command, trust.world.now)
    trust.keep(trust.bring(trust.rows()))
    assert stored(trust) == [("Female", 40, None)], "eight are too few to tell"


def test_a_year_that_is_kept_is_taken_back_whole_before_it_is_read_again(trust: Trust) -> None:
    trust.keep(trust.bring(trust.rows()))
    again = trust.bring(trust.rows()[:-1])
    assert again.status_code == 422
    assert "The counts of 2025/26 are kept already. Take them back first" in document(again).text
    client = trust.client
    back = client.submit(client.get(FILES), "/take-back")
    assert back.headers["location"] == FILES
    assert "The counts of 2025/26 are taken back: none are left." in document(client.follow(back)).text
    assert stored(trust) == []
    with trust.world.db.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(table(EqualityYear))) == 0
        event = table(AuditEvent)
        wanted = sa.select(event.c.action, event.c.rows).where(event.c.entity == "equality_year").order_by(event.c.id)
        assert [tuple(row) for row in session.execute(wanted)] == [
            ("read equality file", 60), ("keep equality counts", None), ("take back equality counts", None),
        ]  # fmt: skip
    assert trust.bring(trust.rows()).status_code == 200


def test_a_file_that_waits_gives_way_to_the_next_and_can_be_set_aside(trust: Trust) -> None:
    first = trust.bring(trust.rows()[:50])
    second = trust.bring(trust.rows())
    assert trust.client.submit(first, "/keep").status_code == 404
    gone = trust.client.submit(second, "/aside")
    assert "Nothing of it was kept" in document(trust.client.follow(gone)).text
    assert trust.client.submit(second, "/keep").status_code == 404


def test_what_is_kept_has_no_line_of_the_file(trust: Trust) -> None:
    trust.keep(trust.bring([*trust.rows(), ("12345", "Female")]))
    with trust.world.db.read() as session:
        said = session.scalars(sa.select(table(EqualityYear).c.said)).one()
    assert said == {"rows": 61, "known": 60, "people": 60, "in_post": 61}


def test_years_that_have_not_ended_are_not_offered(trust: Trust) -> None:
    page = trust.client.get(FILES)
    assert "2025/26, to 31 March 2026" in page.text
    assert "2026/27" not in page.text
    wrong = trust.bring(trust.rows(), year="2026")
    assert wrong.status_code == 422
    assert "Choose the year that the file is of" in document(wrong).text


@pytest.mark.parametrize("query", ["tier=nothing", "year=2024", "year=x", "year=-1", "tier=pocket-qi&year=2031"])
def test_what_no_link_says_is_missing(trust: Trust, query: str) -> None:
    trust.keep(trust.bring(trust.rows()))
    assert trust.client.get(f"/equality?{query}").status_code == 404


def test_the_address_narrows_nothing(trust: Trust) -> None:
    trust.client.follow(trust.keep(trust.bring(trust.rows())))
    plain, tried = (trust.client.get(f"{SHOWN}{more}") for more in ("", "&directorate=1&band=5&sex=Female"))
    assert document(plain).text == document(tried).text


def test_a_level_that_too_few_completed_is_said_once(trust: Trust) -> None:
    trust.keep(trust.bring(trust.rows()))
    page = document(trust.client.get("/equality?tier=qi-coach"))
    assert "Too few people completed QI coach in 2025/26 to show it in groups." in page.text
    assert "Sex" not in page.text
