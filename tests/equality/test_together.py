"""Two of HR at once: a year is kept once, and nobody keeps what they have not seen."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import sqlalchemy as sa

from app.equality.commands import ReadYear, draft_year, keep_year
from app.equality.models import EqualityYear
from app.equality.working import read_year
from app.kernel.db import table
from app.kernel.errors import NotFoundError, RuleBrokenError
from tests.equality.conftest import Trust, written


def read(trust: Trust) -> ReadYear:
    with trust.world.db.read() as session:
        return read_year(session, written(trust.rows(), ("Employee Number", "Sex")), "year.csv", 2025)


def test_two_who_read_a_file_at_once_leave_one_draft(trust: Trust) -> None:
    found, actor, start = read(trust), trust.world.actor(trust.hr), Barrier(2)

    def bring() -> None:
        start.wait()
        with trust.world.db.write() as session:
            draft_year(session, actor, found, trust.world.now)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(bring) for _ in range(2)]:
            done.result()
    with trust.world.db.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(table(EqualityYear))) == 1


def test_of_one_who_keeps_and_one_who_reads_anew_only_one_has_their_way(trust: Trust) -> None:
    found, actor, start = read(trust), trust.world.actor(trust.hr), Barrier(2)
    with trust.world.db.write() as session:
        draft = draft_year(session, actor, found, trust.world.now)

    def keep() -> str:
        start.wait()
        try:
            with trust.world.db.write() as session:
                keep_year(session, actor, draft, trust.world.now)
        except NotFoundError:
            return "gone"
        return "kept"

    def bring() -> str:
        start.wait()
        try:
            with trust.world.db.write() as session:
                draft_year(session, actor, found, trust.world.now)
        except RuleBrokenError:
            return "refused"
        return "read"

    with ThreadPoolExecutor(2) as pool:
        answers = [done.result() for done in [pool.submit(keep), pool.submit(bring)]]
    assert answers in (["kept", "refused"], ["gone", "read"])
