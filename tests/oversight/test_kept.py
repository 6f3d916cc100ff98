"""The report of a month is kept once and for good, and shown beside what is known today."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.oversight.commands import KeepReport, keep_report
from app.oversight.models import KeptReport
from app.oversight.rules.differing import Difference, differences
from app.oversight.rules.figures import TRUST, Measure
from app.oversight.rules.keeping import plain, read
from app.worker import do_calendar, keep_last_month
from tests.client import document
from tests.oversight.conftest import Trust, lines, meanwhile
from tests.world import World


def kept(trust: Trust) -> dict[date, str]:
    """Each month with its content as it stands in the database."""
    with trust.world.db.read() as session:
        content = sa.cast(table(KeptReport).c.content, sa.Text).label("content")
        rows = session.execute(sa.select(table(KeptReport).c.month, content))
        return {row.month: row.content for row in rows}


def test_what_is_kept_is_read_back_as_it_was(trust: Trust) -> None:
    trust.reach(trust.scene.anna, date(2026, 9, 3))
    report = trust.report(date(2026, 10, 31))
    assert read(json.loads(json.dumps(plain(report)))) == report
    with pytest.raises(ValueError, match="version 99"):
        read({"version": 99})


def test_the_worker_keeps_last_months_report_once_from_the_first_night_on(trust: Trust) -> None:
    trust.at(date(2026, 12, 1))
    for _ in range(2):
        do_calendar(trust.world.db, trust.world.settings, trust.world.now)
    assert list(kept(trust)) == [date(2026, 11, 1)]
    trust.at(date(2026, 12, 31))
    do_calendar(trust.world.db, trust.world.settings, trust.world.now)
    assert list(kept(trust)) == [date(2026, 11, 1)]
    with trust.world.db.read() as session:
        events = session.scalars(
            sa.select(table(AuditEvent).c.entity_id).where(table(AuditEvent).c.entity == "kept_report")
        ).all()
    assert len(events) == 1


def test_where_nobody_works_yet_no_report_is_kept(world: World) -> None:
    keep_last_month(world.db, world.now)
    with world.db.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(KeptReport)) == 0


def test_what_is_kept_is_of_one_moment_whatever_is_entered_while_it_is_counted(trust: Trust) -> None:
    trust.at(date(2026, 12, 1))
    before = trust.report(date(2026, 11, 30))

    def enter() -> None:
        for person in trust.hire_many(3, trust.world.team("Larch", "Medicine")):
            trust.reach(person, date(2026, 11, 3))

    with meanwhile(trust.world.db, "FROM award_event", enter) as waits:
        trust.keep()
    assert not waits
    assert read(json.loads(kept(trust)[date(2026, 11, 1)])) == before
    assert trust.report(date(2026, 11, 30)) != before


def test_two_workers_keep_one(trust: Trust) -> None:
    report, together = trust.report(date(2026, 10, 31)), Barrier(2)

    def one(_: int) -> bool:
        together.wait()
        with trust.world.db.write() as session:
            command = KeepReport(month=date(2026, 10, 1), report=report)
            return keep_report(session, SYSTEM, command, trust.world.now)

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(one, range(2))) == [False, True]
    assert list(kept(trust)) == [date(2026, 10, 1)]


def test_a_late_entry_changes_what_is_known_and_nothing_that_was_reported(trust: Trust) -> None:
    trust.at(date(2027, 4, 1))
    trust.reach(trust.scene.anna, date(2027, 3, 3))
    trust.keep()
    before = kept(trust)
    client = trust.world.client(trust.board)
    address = "/oversight?month=2027-03"
    first = document(client.get(address)).text
    assert "As at 31 March 2027. As it was reported on 1 April 2027." in first
    assert "every figure is as it was reported" in first

    trust.at(date(2027, 5, 20))
    trust.reach(trust.scene.ben, date(2027, 3, 20))
    assert kept(trust) == before, "byte for byte"
    client = trust.world.client(trust.board)
    page = document(client.get(address))
    assert "1 person in the 12 months to March 2027" in page.text
    assert "3 figures are other than reported" in page.text
    assert "People trained: March 2027 1 2" in lines(page)
    assert "People trained: 12 months 1 2" in lines(page)
    known = document(client.get(page.links["Show it with what is known today"]))
    assert "2 people in the 12 months to March 2027" in known.text
    assert "With what is known today, and not as it was reported." in known.text
    again = document(client.get(known.links["Show it as it was reported on 1 April 2027"]))
    assert "1 person in the 12 months to March 2027" in again.text


def test_what_differs_is_told_figure_by_figure(trust: Trust) -> None:
    trust.reach(trust.scene.anna, date(2026, 9, 3))
    then = trust.report(date(2026, 9, 30))
    trust.reach(trust.scene.ben, date(2026, 9, 3))
    now = trust.report(date(2026, 9, 30))
    assert differences(then, then, TRUST) == []
    assert differences(then, now, TRUST) == [
        Difference(1, 2, level="pocket-qi"),
        Difference(1, 2, Measure.TRAINED),
        Difference(1, 2, Measure.TRAINED, date(2026, 9, 1)),
    ]
    assert differences(then, now, trust.world.directorate("Surgery").id) == []


def test_a_month_that_was_not_kept_is_shown_with_what_is_known_today(trust: Trust) -> None:
    page = document(trust.world.client(trust.board).get("/oversight?month=2025-06"))
    assert "As at 30 June 2025. With what is known today: no report of this month was kept." in page.text


def test_a_month_to_come_or_none_at_all_is_missing(trust: Trust) -> None:
    client = trust.world.client(trust.board)
    for month in ("2026-11", "2027-01", "1999-12", "2026-1", "2026-13", "x", "9999-12"):
        assert client.get(f"/oversight?month={month}").status_code == 404, month
