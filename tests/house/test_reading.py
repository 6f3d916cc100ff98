"""Looking changes nothing, costs the same for one row and for twelve, and never runs what somebody typed.

Links in mails are opened by scanners, pages are fetched ahead by browsers: a GET that writes does so unasked. (The one
exception, *last seen*, is written at most every five minutes; here the clock stands still.) Moodle had nine advisories
for stored scripts in the employee number alone, so every text that anybody typed is hostile on this stage.
"""

from collections.abc import Callable

import pytest

from tests.client import document
from tests.house.conftest import Stage
from tests.house.registry import Row, entries, lookers, rows
from tests.house.stage import HOSTILE, MARK

PAGES = [row for row in rows() if row.method == "GET" and lookers(row)]


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.name)
def test_looking_changes_no_row_and_runs_nothing_that_was_typed(row: Row, stage: Stage) -> None:
    for visitor in lookers(row):
        answer = stage.client(visitor).get(row.path(entries()[row.route], stage.cast))
        assert answer.status_code == 200
        assert MARK not in answer.text
        assert "49'" not in answer.text, "a template was rendered twice"
        if answer.headers["content-type"].startswith("text/html"):
            assert not any(e.tag == "hostile" for e in document(answer).elements)
    assert stage.changed() == set()


@pytest.mark.slow
@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.name)
def test_the_number_of_queries_does_not_grow_with_the_rows(row: Row, set_stage: Callable[[int], Stage]) -> None:
    counted: dict[str, list[list[str]]] = {}
    for crowd in (1, 12):
        stage = set_stage(crowd)
        path = row.path(entries()[row.route], stage.cast)
        for visitor in lookers(row):
            client = stage.client(visitor)
            client.get(path)
            client.checks = False
            statements = stage.statements(lambda client=client, path=path: client.get(path))  # type: ignore[misc]
            counted.setdefault(visitor, []).append(statements)
    for visitor, (few, many) in counted.items():
        more = "\n".join(s for s in set(many) if many.count(s) > few.count(s))
        assert len(few) == len(many), f"{row.name} by {visitor}: {len(few)} and {len(many)} queries\n{more}"


def test_the_hostile_texts_are_really_on_the_pages(stage: Stage) -> None:
    """A negative control: the people's names, as typed, are what readers see."""
    shown = 0
    for row in PAGES:
        answer = stage.client(lookers(row)[-1]).get(row.path(entries()[row.route], stage.cast))
        if answer.headers["content-type"].startswith("text/html"):
            shown += HOSTILE in document(answer).text
    assert shown >= len(PAGES) // 5, f"only {shown} of {len(PAGES)} pages show a text that somebody typed"
