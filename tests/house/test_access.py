"""The table of who may do what is kept by hand, and the program is held to it, in both directions.

A permission test generated from the permissions would agree with any mistake in them. A route without a row is
unknown and fails; a row without a route is stale and fails. Somebody who is refused changes nothing.
"""

import pytest

from app.access.gates import Anyone
from app.web.router import Entry
from tests.client import document
from tests.document import Document
from tests.house.conftest import Stage
from tests.house.registry import ANSWERS, Row, entries, rows
from tests.house.stage import MARK, VISITORS

# What a refused request may leave behind: a counted try, and a form that waits for its sender to sign in again.
TRACES = {"throttle", "held_deed"}

# Gates know nothing of the database; what is behind them runs on both elsewhere.
ON_ONE_DATABASE = pytest.mark.parametrize("database_kind", ["sqlite"])


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    known = {(row.route, row.method) for row in rows()}
    real = {(entry.name, entry.method) for entry in entries().values()}
    unknown = [f"{name},{method},-,,{','.join(['?'] * len(VISITORS))}" for name, method in sorted(real - known)]
    stale = [" ".join(pair) for pair in sorted(known - real)]
    assert not unknown, "routes without a row in tests/house/access.csv:\n" + "\n".join(unknown)
    assert not stale, f"rows in tests/house/access.csv for routes that are gone: {stale}"


def test_every_cell_says_what_happens() -> None:
    for row in rows():
        wrong = {v: a for v, a in row.answers.items() if a not in ANSWERS}
        assert not wrong, f"{row.name}: {wrong}"
        assert row.whose in {"staff", "partner", "-"}, row.name
    assert len({row.name for row in rows()}) == len(rows()), "an address with the same `whose` twice"


def test_an_address_with_somebodys_id_is_tried_with_an_id_that_is_not_the_visitors() -> None:
    """`whose` is - only where an address holds no person's things: course slugs and the like are everybody's."""
    for row in rows():
        if "person_id" in entries()[row.route].path:
            assert row.whose != "-", row.name


@pytest.mark.slow
@ON_ONE_DATABASE
@pytest.mark.parametrize("row", rows(), ids=lambda row: row.name)
def test_each_visitor_is_answered_as_the_table_says(row: Row, stage: Stage) -> None:
    entry = entries()[row.route]
    wrong = []
    for visitor, expected in row.answers.items():
        answer = _send(row, stage, visitor, row.path(entry, stage.cast))
        if answer != expected:
            wrong.append(f"{visitor}: {answer}, not {expected}")
        changed = stage.changed()
        if row.method == "GET" or _refused(entry, answer):
            assert not changed - TRACES, f"{row.name} by {visitor} was answered {answer} and changed {changed}"
        if changed:
            stage.restore()
    assert not wrong, f"{row.name}: " + "; ".join(wrong)


def _send(row: Row, stage: Stage, visitor: str, path: str) -> str:
    client = stage.client(visitor)
    answer = client.get(path) if row.method == "GET" else client.post(path, data=row.data(stage.cast))
    if answer.headers.get("content-type", "").startswith("text/html"):
        assert MARK not in answer.text, f"{row.name} shows what somebody typed without escaping it"
        assert not any(e.tag == "hostile" for e in document(answer).elements)
    if answer.status_code == 303 and answer.headers["location"].startswith("/sign-in"):
        return "sign-in"
    return str(answer.status_code)


def _refused(entry: Entry, answer: str) -> bool:
    return answer not in {"200", "303", "sign-in"} or (answer == "sign-in" and not isinstance(entry.access, Anyone))


@ON_ONE_DATABASE
def test_somebody_elses_thing_looks_like_a_thing_that_does_not_exist(stage: Stage) -> None:
    """Otherwise the answer itself would say who is here."""
    for row in rows():
        path = entries()[row.route].path
        hidden = [v for v, answer in row.answers.items() if answer == "404"]
        if row.method != "GET" or not hidden or "{" not in path:
            continue
        client = stage.client(hidden[0])
        real = client.get(row.path(entries()[row.route], stage.cast))
        none = client.get(_nobodys(path))
        assert real.status_code == none.status_code == 404, row.name
        assert _same(real.text) == _same(none.text), row.name


def _nobodys(path: str) -> str:
    return "/".join("999999" if part.startswith("{") else part for part in path.split("/"))


def _same(html: str) -> str:
    return Document.of(html).text
