"""Nobody's characteristics are in any table, file or log: looked for, byte by byte, with a real server."""

from pathlib import Path
from typing import Any

import pytest

from tests.client import document
from tests.equality.conftest import FILES, TIER, Trust, written
from tests.intake.files import spreadsheet
from tests.intake.test_file_privacy import Browser, Watching, anywhere, server, temporary
from tests.serving import Server

__all__ = ["server", "temporary"]

HEADER = ("Employee Number", "Name", "Religion", "Disability", "Date of Birth", "Sex")
SECRETS = {
    "religion": "Zoroastrianish", "disability": "Yes, of hearing", "born": "1961-03-07", "name": "Marigoldowitz",
    "unknown": "Unheardofness", "number": "88000001", "refused": "07700 900461 x",
}  # fmt: skip
LONG = "A column of which nothing is read, so that the file is larger than what is usually held in memory."


def rows(trust: Trust) -> list[tuple[str, ...]]:
    """Everybody, one with what could tell of them; a number that is nobody's; and much else, above a megabyte."""
    said = (("None", "No", LONG, "Female"), ("Another", "No", LONG, "Male"))
    plain = [(number, "Ash", *said[at > 35]) for at, number in enumerate(trust.numbers)]
    hers = (trust.numbers[0], SECRETS["name"], SECRETS["religion"], SECRETS["disability"], SECRETS["born"], "Female")
    theirs = (trust.numbers[1], "Bo", "None", SECRETS["refused"], LONG, "Female")
    more = [(f"{at:07}", LONG, "None", "No", LONG, "Female") for at in range(6_000)]
    return [hers, theirs, *plain[2:], (SECRETS["number"], "Cy", SECRETS["unknown"], "No", LONG, "Male"), *more]


@pytest.mark.slow
def test_no_answer_of_anybody_is_left_anywhere(
    trust: Trust, server: Server, temporary: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def fill(_workbook: Any, sheet: Any) -> None:
        for at, row in enumerate([HEADER, *rows(trust)[:200]]):
            sheet.write_row(at, 0, row)

    files = {"a.csv": written(rows(trust), HEADER), "b.xlsx": spreadsheet(fill)}
    assert len(files["a.csv"]) > 1024 * 1024
    with Browser(server, trust.world) as browser, Watching(temporary, server.process.pid) as watching:
        for name, content in files.items():
            draft = browser.submit(browser.get(FILES), FILES, files={"file": (name, content)}, year="2025")
            assert document(draft).h1 == "What would be kept of 2025/26", draft.text
            assert anywhere(trust.world, [tmp_path], SECRETS) == []
            browser.submit(draft, "/keep")
            assert "Religion or belief" in browser.get(f"/equality?tier={TIER}").text
            assert anywhere(trust.world, [tmp_path], SECRETS) == []
            browser.submit(browser.get(FILES), "/take-back")
        headless = browser.submit(
            browser.get(FILES), FILES, files={"file": ("c.csv", files["a.csv"].partition(b"\n")[2])}, year="2025"
        )
        assert headless.status_code == 422
    assert anywhere(trust.world, [tmp_path], SECRETS) == []
    assert watching.seen == set(), "no part of a file may lie on a disk"
    server.stop()
    said = server.complaints + "".join(capfd.readouterr())
    assert not [secret for secret in SECRETS.values() if secret in said]
    assert anywhere(trust.world, [tmp_path], SECRETS) == [], "nor once the server has closed the database"
