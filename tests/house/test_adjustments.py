"""That somebody has more time says something about their health: no page and no file says it but the one made for it.

Every address is opened by everybody who may; the texts of an adjustment, as typed and as a page would show them, are
looked for in what comes back.
"""

import pytest

from tests.assessment.furnish import ADJUSTED
from tests.house.conftest import Stage
from tests.house.registry import Row, entries, rows

TELLS = "assessment:adjustments"
SHOWN = [row for row in rows() if "200" in row.answers.values() or row.method == "POST"]
ON_ONE_DATABASE = pytest.mark.parametrize("database_kind", ["sqlite"])


@pytest.mark.slow
@ON_ONE_DATABASE
@pytest.mark.parametrize("row", SHOWN, ids=lambda row: row.name)
def test_nothing_that_anybody_gets_says_that_somebody_was_granted_more(row: Row, stage: Stage) -> None:
    for visitor, expected in row.answers.items():
        if expected in {"200", "303", "422"} and row.route != TELLS:
            said = _everything(row, stage, visitor)
            assert ADJUSTED not in said, f"{row.name} by {visitor}"
            assert "25% more time" not in said, f"{row.name} by {visitor}"
        if stage.changed():
            stage.restore()


def _everything(row: Row, stage: Stage, visitor: str) -> str:
    """What is answered, and what that leads to: a page, or a file that was made."""
    client, path = stage.client(visitor), row.path(entries()[row.route], stage.cast)
    client.checks = False
    answer = client.get(path) if row.method == "GET" else client.post(path, data=row.data(stage.cast))
    said = answer.text + str(answer.headers)
    if answer.status_code == 303 and not _tells(answer.headers["location"]):
        said += client.get(answer.headers["location"]).text
    return said


def _tells(location: str) -> bool:
    return location.partition("?")[0].endswith("/adjustments")


@pytest.mark.slow
@ON_ONE_DATABASE
def test_the_word_itself_is_only_where_those_who_grant_them_look(stage: Stage) -> None:
    """The audit log is theirs as well: it says that one was granted, and nothing of what it says."""
    for row in rows():
        if row.method == "GET":
            for visitor in (v for v, answer in row.answers.items() if answer == "200" and v != "qi-admin"):
                client = stage.client(visitor)
                client.checks = False
                said = client.get(row.path(entries()[row.route], stage.cast)).text.lower()
                assert "adjustment" not in said, f"{row.name} by {visitor}"


def test_a_search_that_finds_nothing_can_find_something(stage: Stage) -> None:
    client = stage.client("qi-admin")
    assert ADJUSTED in client.get(f"/people/{stage.cast.sam}/adjustments").text
    assert f"/people/{stage.cast.sam}/adjustments" in client.get(f"/people/{stage.cast.sam}").text
